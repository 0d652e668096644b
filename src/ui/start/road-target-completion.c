/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-completion.h"

#include "engine/base/road-text-escape.h"
#include "store/road-target-history.h"

#include <glib/gi18n.h>

#define TEXT_DATA "road-target-text"

/* In pixels. The list scrolls beyond that. */
#define MAX_HEIGHT 280

struct _RoadTargetCompletion
{
  GObject parent_instance;

  GtkWidget *parent; /* of the entry and of the popover; owns this object */
  GtkEntry *entry;
  gboolean filling; /* while the text is set by the program */

  GtkPopover *popover;
  GtkWidget *scroller;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RoadTargetCompletion, road_target_completion, G_TYPE_OBJECT)

static const char *
get_typed (RoadTargetCompletion *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static gboolean
is_open (RoadTargetCompletion *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->popover));
}

static GtkWidget *
create_row (const char *text)
{
  g_autofree char *escaped = road_text_label (text);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (escaped);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, escaped, -1);
  g_object_set_data_full (G_OBJECT (row), TEXT_DATA, g_strdup (text), g_free);

  return row;
}

/* Returns: whether there is anything to offer */
static gboolean
fill (RoadTargetCompletion *self)
{
  g_auto (GStrv) history = road_target_history_list (road_recent_scans_get_default ());
  g_auto (GStrv) matches =
      road_target_history_match ((const char *const *) history, get_typed (self));
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; matches[i] != NULL && i < ROAD_TARGET_HISTORY_MAX; i++)
    gtk_list_box_append (self->list, create_row (matches[i]));

  return matches[0] != NULL;
}

static void
open_list (RoadTargetCompletion *self)
{
  gtk_widget_set_size_request (self->scroller, gtk_widget_get_width (GTK_WIDGET (self->entry)), -1);
  gtk_popover_popup (self->popover);
}

static gboolean
has_focus (RoadTargetCompletion *self)
{
  GtkRoot *root = gtk_widget_get_root (self->parent);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, self->parent);
}

static void
on_changed (RoadTargetCompletion *self)
{
  if (self->filling)
    return;

  if (*get_typed (self) != '\0' && has_focus (self) && fill (self))
    open_list (self);
  else
    road_target_completion_close (self);
}

static void
on_row_activated (RoadTargetCompletion *self, GtkListBoxRow *row)
{
  g_autofree char *text = g_strdup (g_object_get_data (G_OBJECT (row), TEXT_DATA));

  road_target_completion_set_text (self, text);
  gtk_entry_grab_focus_without_selecting (self->entry);
  road_target_completion_close (self);
}

/* Down leads into the list, which it opens. */
static gboolean
on_entry_key (RoadTargetCompletion *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      if (!is_open (self))
        {
          if (!fill (self))
            return GDK_EVENT_PROPAGATE;
          open_list (self);
        }
      gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
      return GDK_EVENT_STOP;

    case GDK_KEY_Escape:
      if (!is_open (self))
        return GDK_EVENT_PROPAGATE;
      road_target_completion_close (self);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
is_first_focused (RoadTargetCompletion *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  return first != NULL && gtk_widget_has_focus (GTK_WIDGET (first));
}

/* Up from the first row, and what does not move in the list, lead back to the entry. */
static gboolean
on_list_key (RoadTargetCompletion *self,
             guint keyval,
             guint keycode,
             GdkModifierType state,
             GtkEventController *controller)
{
  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      if (!is_first_focused (self))
        return GDK_EVENT_PROPAGATE;
      gtk_entry_grab_focus_without_selecting (self->entry);
      return GDK_EVENT_STOP;

    case GDK_KEY_Escape:
      gtk_entry_grab_focus_without_selecting (self->entry);
      road_target_completion_close (self);
      return GDK_EVENT_STOP;

    case GDK_KEY_BackSpace:
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      gtk_entry_grab_focus_without_selecting (self->entry);
      gtk_event_controller_key_forward (GTK_EVENT_CONTROLLER_KEY (controller),
                                        GTK_WIDGET (gtk_editable_get_delegate (
                                            GTK_EDITABLE (self->entry))));
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
add_key_controller (GtkWidget *widget, GCallback callback, RoadTargetCompletion *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", callback, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, keys);
}

static void
road_target_completion_dispose (GObject *object)
{
  RoadTargetCompletion *self = ROAD_TARGET_COMPLETION (object);

  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;

  G_OBJECT_CLASS (road_target_completion_parent_class)->dispose (object);
}

static void
road_target_completion_class_init (RoadTargetCompletionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = road_target_completion_dispose;
}

static void
road_target_completion_init (RoadTargetCompletion *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: the name of a list: what was scanned before */
                                  _ ("Earlier targets"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated), self,
                           G_CONNECT_SWAPPED);
  add_key_controller (GTK_WIDGET (self->list), G_CALLBACK (on_list_key), self);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->list));

  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_autohide (self->popover, FALSE);
  gtk_popover_set_has_arrow (self->popover, FALSE);
  gtk_popover_set_position (self->popover, GTK_POS_BOTTOM);
  gtk_popover_set_child (self->popover, self->scroller);
  gtk_widget_add_css_class (GTK_WIDGET (self->popover), "target-completion");
}

/* Completes what is typed in @entry. @parent: its parent, which has a layout manager, and owns the object and
 * disposes of it before its children. */
RoadTargetCompletion *
road_target_completion_new (GtkWidget *parent, GtkEntry *entry)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  RoadTargetCompletion *self;

  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);
  g_return_val_if_fail (GTK_IS_ENTRY (entry), NULL);

  self = g_object_new (ROAD_TYPE_TARGET_COMPLETION, NULL);
  self->parent = parent;
  self->entry = entry;
  gtk_widget_set_parent (GTK_WIDGET (self->popover), parent);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  add_key_controller (GTK_WIDGET (entry), G_CALLBACK (on_entry_key), self);
  g_signal_connect_object (focus, "leave", G_CALLBACK (road_target_completion_close), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (parent, focus);

  return self;
}

/* Sets the text of the entry without offering anything. */
void
road_target_completion_set_text (RoadTargetCompletion *self, const char *text)
{
  g_return_if_fail (ROAD_IS_TARGET_COMPLETION (self));
  g_return_if_fail (text != NULL);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->filling = FALSE;
}

void
road_target_completion_close (RoadTargetCompletion *self)
{
  g_return_if_fail (ROAD_IS_TARGET_COMPLETION (self));

  gtk_popover_popdown (self->popover);
}

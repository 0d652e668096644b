/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-entry.h"

#include "ui/start/road-target-completion.h"
#include "ui/widgets/road-entry-fault.h"

#include <glib/gi18n.h>

/* In a narrower window, in pixels, the entry has its own row. */
#define MIN_WIDTH_ONE_ROW 560

struct _RoadTargetEntry
{
  GtkWidget parent_instance;

  GtkBox *wide_box; /* NULL until it is known where the entry can be */
  GtkBox *narrow_box;
  GtkWidget *button; /* goes with the entry */
  GtkWidget *before_button;
  guint width_source;
  RoadTargetCompletion *completion;

  GtkEntry *entry;
  GtkPopover *popover;
  GtkLabel *explanation;
  GtkButton *port_button;
  char *portless; /* the target without the port that the button offers to scan */
  guint16 port;
};

enum
{
  ACTIVATE,
  CHANGED,
  PORT_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadTargetEntry, road_target_entry, GTK_TYPE_WIDGET)

static void
on_changed (RoadTargetEntry *self)
{
  gtk_popover_popdown (self->popover);
  road_entry_fault_clear (self->entry, self->explanation);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Offers what “host:80” is probably meant for. */
static void
offer_port (RoadTargetEntry *self, const char *text)
{
  g_autofree char *label = NULL;

  g_free (self->portless);
  self->portless = road_target_split_port (text, &self->port);
  gtk_widget_set_visible (GTK_WIDGET (self->port_button), self->portless != NULL);
  gtk_widget_set_can_focus (GTK_WIDGET (self->popover), self->portless != NULL);
  if (self->portless == NULL)
    return;

  /* Translators: a button; %u: a port */
  label = g_strdup_printf (_ ("Scan _Port %u Only"), self->port);
  gtk_button_set_label (self->port_button, label);
}

static void
on_port_clicked (RoadTargetEntry *self)
{
  g_autofree char *target = g_steal_pointer (&self->portless);

  gtk_popover_popdown (self->popover);
  if (target != NULL)
    g_signal_emit (self, signals[PORT_CHOSEN], 0, target, (guint) self->port);
}

/* From the entry down to the button. */
static gboolean
on_key_pressed (RoadTargetEntry *self, guint key, guint code, GdkModifierType modifiers)
{
  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down && key != GDK_KEY_Tab) ||
      (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0 ||
      !gtk_widget_get_mapped (GTK_WIDGET (self->port_button)))
    return GDK_EVENT_PROPAGATE;

  gtk_widget_grab_focus (GTK_WIDGET (self->port_button));

  return GDK_EVENT_STOP;
}

static void
on_activate (RoadTargetEntry *self)
{
  road_target_completion_close (self->completion);
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static gboolean
road_target_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ROAD_TARGET_ENTRY (widget)->entry));
}

/* A widget that can grab the focus would take it back as it leaves. */
static gboolean
road_target_entry_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (GTK_WIDGET (ROAD_TARGET_ENTRY (widget)->entry), direction);
}

static void
road_target_entry_dispose (GObject *object)
{
  RoadTargetEntry *self = ROAD_TARGET_ENTRY (object);

  g_clear_handle_id (&self->width_source, g_source_remove);
  g_clear_pointer (&self->portless, g_free);
  if (self->completion != NULL)
    g_object_run_dispose (G_OBJECT (self->completion));
  g_clear_object (&self->completion);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_TARGET_ENTRY);

  G_OBJECT_CLASS (road_target_entry_parent_class)->dispose (object);
}

static void
road_target_entry_class_init (RoadTargetEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_target_entry_dispose;
  widget_class->grab_focus = road_target_entry_grab_focus;
  widget_class->focus = road_target_entry_focus;

  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  /* Only one port (second argument) of a target (first argument) is to be scanned. */
  signals[PORT_CHOSEN] =
      g_signal_new ("port-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-target-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadTargetEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, RoadTargetEntry, popover);
  gtk_widget_class_bind_template_child (widget_class, RoadTargetEntry, explanation);
  gtk_widget_class_bind_template_child (widget_class, RoadTargetEntry, port_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_port_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
road_target_entry_init (RoadTargetEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->completion = road_target_completion_new (GTK_WIDGET (self), self->entry);
}

/* Returns: (transfer full) (nullable): the targets, or %NULL if they are invalid, which is then shown */
RoadTargetSpec *
road_target_entry_parse (RoadTargetEntry *self)
{
  g_autoptr (GError) error = NULL;
  RoadTargetSpec *targets;

  g_return_val_if_fail (ROAD_IS_TARGET_ENTRY (self), NULL);

  road_target_completion_close (self->completion);
  targets = road_target_spec_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &error);
  if (targets != NULL)
    return targets;

  offer_port (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  road_entry_fault_show (self->entry, self->explanation, error, " \t\n");
  gtk_popover_popup (self->popover);

  return NULL;
}

/* Returns: (transfer full) (nullable): the targets, or %NULL if they are invalid, of which nothing is
 * shown */
RoadTargetSpec *
road_target_entry_peek (RoadTargetEntry *self)
{
  g_return_val_if_fail (ROAD_IS_TARGET_ENTRY (self), NULL);

  return road_target_spec_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), NULL);
}

void
road_target_entry_set_text (RoadTargetEntry *self, const char *text)
{
  g_return_if_fail (ROAD_IS_TARGET_ENTRY (self));
  g_return_if_fail (text != NULL);

  road_target_completion_set_text (self->completion, text);
}

/* Focuses the entry without changing the cursor or the selection. */
void
road_target_entry_take_focus (RoadTargetEntry *self)
{
  g_return_if_fail (ROAD_IS_TARGET_ENTRY (self));

  gtk_entry_grab_focus_without_selecting (self->entry);
}

/* The entry starts in @wide_box, in the header bar, as @button, which scans. A narrow window has both in
 * @narrow_box, below: the words of some languages leave no room for them. */
void
road_target_entry_set_boxes (RoadTargetEntry *self,
                             GtkBox *wide_box,
                             GtkBox *narrow_box,
                             GtkWidget *button)
{
  g_return_if_fail (ROAD_IS_TARGET_ENTRY (self));
  g_return_if_fail (GTK_IS_BOX (wide_box));
  g_return_if_fail (GTK_IS_BOX (narrow_box));
  g_return_if_fail (GTK_IS_WIDGET (button));

  self->wide_box = wide_box;
  self->narrow_box = narrow_box;
  self->button = button;
  self->before_button = gtk_widget_get_prev_sibling (button);
}

static gboolean
is_narrow (RoadTargetEntry *self)
{
  return gtk_widget_get_parent (GTK_WIDGET (self)) == GTK_WIDGET (self->narrow_box);
}

static void
move_button (RoadTargetEntry *self, gboolean narrow)
{
  g_autoptr (GtkWidget) button = g_object_ref (self->button);
  const gboolean has_focus = gtk_widget_has_focus (button);

  gtk_box_remove (narrow ? self->wide_box : self->narrow_box, button);
  if (narrow)
    gtk_box_append (self->narrow_box, button);
  else
    gtk_box_insert_child_after (self->wide_box, button, self->before_button);
  if (has_focus)
    gtk_widget_grab_focus (button);
}

static gboolean
move_to_box (gpointer user_data)
{
  RoadTargetEntry *self = user_data;
  g_autoptr (GtkWidget) entry = g_object_ref (GTK_WIDGET (self));
  GtkRoot *root = gtk_widget_get_root (entry);
  GtkWidget *focus;
  gboolean has_focus, narrow;

  self->width_source = 0;
  if (root == NULL)
    return G_SOURCE_REMOVE; /* the window is being destroyed */

  narrow = gtk_widget_get_width (GTK_WIDGET (root)) < MIN_WIDTH_ONE_ROW;
  if (narrow == is_narrow (self))
    return G_SOURCE_REMOVE;

  focus = gtk_root_get_focus (root);
  has_focus = focus != NULL && gtk_widget_is_ancestor (focus, entry);
  gtk_box_remove (narrow ? self->wide_box : self->narrow_box, entry);
  gtk_box_prepend (narrow ? self->narrow_box : self->wide_box, entry);
  move_button (self, narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->narrow_box), narrow);
  if (has_focus)
    road_target_entry_take_focus (self);

  return G_SOURCE_REMOVE;
}

/* Moves the entry to the box for a window of this width, in pixels; not at once, as widgets must not be
 * moved during an allocation. */
void
road_target_entry_adapt (RoadTargetEntry *self, int window_width)
{
  g_return_if_fail (ROAD_IS_TARGET_ENTRY (self));

  if ((window_width < MIN_WIDTH_ONE_ROW) != is_narrow (self) && self->width_source == 0)
    self->width_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, move_to_box, self, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-filter-bar.h"

#include <glib/gi18n.h>

/* In narrower views, in pixels, the buttons are below the entry. */
#define MIN_WIDTH_ONE_LINE 640

/* In narrower views, in pixels, the buttons have no room for spare padding. */
#define MIN_WIDTH_PADDED 440

struct _RoadFilterBar
{
  GtkWidget parent_instance;

  RoadFilter *filter;
  GtkWidget *results;
  gboolean focus_when_mapped;

  GtkSearchBar *search_bar;
  GtkBox *box;
  GtkSearchEntry *entry;
  GtkToggleButton *open_button;
  GtkToggleButton *filtered_button;
  GtkToggleButton *closed_button;
  GtkLabel *open_label;
  GtkLabel *filtered_label;
  GtkLabel *closed_label;
  GtkLabel *explanation;
};

G_DEFINE_FINAL_TYPE (RoadFilterBar, road_filter_bar, GTK_TYPE_WIDGET)

static void
mark_fault (RoadFilterBar *self, const RoadFilterFault *fault)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (self->entry);
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *underline = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);

  underline->start_index = (guint) fault->start;
  underline->end_index = (guint) fault->end;
  pango_attr_list_insert (attributes, underline);
  gtk_text_set_attributes (GTK_TEXT (text), attributes);

  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, fault->message,
                                  -1);
}

static void
unmark_fault (RoadFilterBar *self)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (self->entry);
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));

  gtk_text_set_attributes (GTK_TEXT (text), NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_reset_state (accessible, GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
show_fault (RoadFilterBar *self)
{
  const RoadFilterFault *fault = road_filter_get_fault (self->filter);

  if (fault != NULL)
    mark_fault (self, fault);
  else
    unmark_fault (self);

  gtk_label_set_text (self->explanation, fault != NULL ? fault->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->explanation), fault != NULL);
}

static guint
get_states (RoadFilterBar *self)
{
  guint states = 0;

  if (gtk_toggle_button_get_active (self->open_button))
    states |= 1u << ROAD_PORT_OPEN;
  if (gtk_toggle_button_get_active (self->filtered_button))
    states |= 1u << ROAD_PORT_FILTERED;
  if (gtk_toggle_button_get_active (self->closed_button))
    states |= 1u << ROAD_PORT_CLOSED;

  return states;
}

static void
update_filter (RoadFilterBar *self)
{
  road_filter_set (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                   get_states (self));
  show_fault (self);
}

static void
set_count (GtkToggleButton *button, GtkLabel *label, const char *format, guint64 n_ports)
{
  g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_ports);
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "%s", number, 1);
  if (g_str_equal (gtk_label_get_text (label), text->str))
    return;

  gtk_label_set_text (label, text->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
}

static void
uncheck_all (RoadFilterBar *self)
{
  gtk_toggle_button_set_active (self->open_button, FALSE);
  gtk_toggle_button_set_active (self->filtered_button, FALSE);
  gtk_toggle_button_set_active (self->closed_button, FALSE);
}

static void
on_search_mode_changed (RoadFilterBar *self)
{
  if (road_filter_bar_get_open (self))
    return;

  self->focus_when_mapped = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  uncheck_all (self);
  update_filter (self);
  if (self->results != NULL)
    gtk_widget_grab_focus (self->results);
}

static gboolean
results_have_focus (RoadFilterBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && self->results != NULL &&
         (focus == self->results || gtk_widget_is_ancestor (focus, self->results));
}

static void
continue_typing (RoadFilterBar *self)
{
  self->focus_when_mapped = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/* What is typed in the results goes to the entry, which gets the focus once it is visible: until then it
 * would lose what is typed next. */
static void
on_text_changed (RoadFilterBar *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0' || !results_have_focus (self))
    return;

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  if (gtk_widget_get_mapped (GTK_WIDGET (self->entry)))
    continue_typing (self);
  else
    self->focus_when_mapped = TRUE;
}

static void
on_map (RoadFilterBar *self)
{
  if (self->focus_when_mapped)
    continue_typing (self);
}

static void
focus_results (RoadFilterBar *self)
{
  update_filter (self);
  if (self->results != NULL)
    gtk_widget_child_focus (self->results, GTK_DIR_TAB_FORWARD);
}

static gboolean
on_key_pressed (RoadFilterBar *self, guint key, guint code, GdkModifierType modifiers)
{
  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) ||
      (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  focus_results (self);

  return GDK_EVENT_STOP;
}

static void
road_filter_bar_dispose (GObject *object)
{
  RoadFilterBar *self = ROAD_FILTER_BAR (object);

  if (self->entry != NULL)
    gtk_search_entry_set_key_capture_widget (self->entry, NULL);
  g_clear_weak_pointer (&self->results);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROAD_TYPE_FILTER_BAR);

  G_OBJECT_CLASS (road_filter_bar_parent_class)->dispose (object);
}

static void
road_filter_bar_finalize (GObject *object)
{
  g_clear_object (&ROAD_FILTER_BAR (object)->filter);

  G_OBJECT_CLASS (road_filter_bar_parent_class)->finalize (object);
}

static void
road_filter_bar_class_init (RoadFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = road_filter_bar_dispose;
  object_class->finalize = road_filter_bar_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "filterbar");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/roadstead/Roadstead/road-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadFilterBar, search_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadFilterBar, box);
  gtk_widget_class_bind_template_child (widget_class, RoadFilterBar, entry);
  gtk_widget_class_bind_template_child (widget_class, RoadFilterBar, open_button);
  gtk_widget_class_bind_template_child (widget_class, RoadFilterBar, filtered_button);
  gtk_widget_class_bind_template_child (widget_class, RoadFilterBar, closed_button);
  gtk_widget_class_bind_template_child (widget_class, RoadFilterBar, open_label);
  gtk_widget_class_bind_template_child (widget_class, RoadFilterBar, filtered_label);
  gtk_widget_class_bind_template_child (widget_class, RoadFilterBar, closed_label);
  gtk_widget_class_bind_template_child (widget_class, RoadFilterBar, explanation);
  gtk_widget_class_bind_template_callback (widget_class, update_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_search_mode_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_map);
  gtk_widget_class_bind_template_callback (widget_class, road_filter_bar_close);
  gtk_widget_class_bind_template_callback (widget_class, focus_results);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
road_filter_bar_init (RoadFilterBar *self)
{
  const guint64 none[ROAD_N_PORT_STATES] = { 0 };

  self->filter = road_filter_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  road_filter_bar_set_counts (self, none);
}

/* Returns: (transfer none) */
RoadFilter *
road_filter_bar_get_filter (RoadFilterBar *self)
{
  g_return_val_if_fail (ROAD_IS_FILTER_BAR (self), NULL);

  return self->filter;
}

/* @results: gets the focus from the entry; typing there opens the bar */
void
road_filter_bar_set_results (RoadFilterBar *self, GtkWidget *results)
{
  g_return_if_fail (ROAD_IS_FILTER_BAR (self));
  g_return_if_fail (GTK_IS_WIDGET (results));

  g_set_weak_pointer (&self->results, results);
  gtk_search_entry_set_key_capture_widget (self->entry, results);
}

/* @n_ports: how many ports match the text, by state */
void
road_filter_bar_set_counts (RoadFilterBar *self, const guint64 n_ports[ROAD_N_PORT_STATES])
{
  g_return_if_fail (ROAD_IS_FILTER_BAR (self));

  /* Translators: a button that shows only open ports; %s is their number */
  set_count (self->open_button, self->open_label, _ ("Open %s"), n_ports[ROAD_PORT_OPEN]);
  /* Translators: a button that shows only filtered ports (those behind a firewall); %s is their number */
  set_count (self->filtered_button, self->filtered_label, _ ("Filtered %s"),
             n_ports[ROAD_PORT_FILTERED]);
  /* Translators: a button that shows only closed ports; %s is their number */
  set_count (self->closed_button, self->closed_label, _ ("Closed %s"), n_ports[ROAD_PORT_CLOSED]);
}

/* Arranges the bar for a view of @width pixels; not during an allocation. */
void
road_filter_bar_adapt (RoadFilterBar *self, int width)
{
  g_return_if_fail (ROAD_IS_FILTER_BAR (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), width < MIN_WIDTH_ONE_LINE
                                                                  ? GTK_ORIENTATION_VERTICAL
                                                                  : GTK_ORIENTATION_HORIZONTAL);
  if (width < MIN_WIDTH_PADDED)
    gtk_widget_add_css_class (GTK_WIDGET (self->box), "tight");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->box), "tight");
}

/* Returns: whether the arrangement for a view of @width pixels is another one */
gboolean
road_filter_bar_needs_adapting (RoadFilterBar *self, int width)
{
  g_return_val_if_fail (ROAD_IS_FILTER_BAR (self), FALSE);

  return gtk_orientable_get_orientation (GTK_ORIENTABLE (self->box)) !=
             (width < MIN_WIDTH_ONE_LINE ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL) ||
         gtk_widget_has_css_class (GTK_WIDGET (self->box), "tight") != (width < MIN_WIDTH_PADDED);
}

gboolean
road_filter_bar_get_open (RoadFilterBar *self)
{
  g_return_val_if_fail (ROAD_IS_FILTER_BAR (self), FALSE);

  return gtk_search_bar_get_search_mode (self->search_bar);
}

/* Shows the bar and focuses its entry. */
void
road_filter_bar_open (RoadFilterBar *self)
{
  g_return_if_fail (ROAD_IS_FILTER_BAR (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* Hides the bar and clears the filter. */
void
road_filter_bar_close (RoadFilterBar *self)
{
  g_return_if_fail (ROAD_IS_FILTER_BAR (self));

  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}

/* Clears the filter without hiding the bar. */
void
road_filter_bar_clear (RoadFilterBar *self)
{
  g_return_if_fail (ROAD_IS_FILTER_BAR (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  uncheck_all (self);
  update_filter (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-message-bar.h"

/* In a narrower bar, in pixels, the buttons are below the text if they do not fit beside it. */
#define BESIDE_WIDTH 480

struct _RoadMessageBar
{
  GtkWidget parent_instance;

  guint width_source;

  GtkRevealer *revealer;
  GtkWidget *box;
  GtkImage *icon;
  GtkBox *content; /* of text and buttons */
  GtkLabel *label;
  GtkExpander *expander;
  GtkLabel *details;
  GtkBox *buttons;
  GtkWidget *close_button;
};

G_DEFINE_FINAL_TYPE (RoadMessageBar, road_message_bar, GTK_TYPE_WIDGET)

static const struct
{
  const char *icon_name;
  const char *css_class;
} looks[] = {
  [ROAD_MESSAGE_INFO] = { "dialog-information-symbolic", "info" },
  [ROAD_MESSAGE_WARNING] = { "dialog-warning-symbolic", "warning" },
  [ROAD_MESSAGE_ERROR] = { "dialog-error-symbolic", "error" },
};

/* Screen readers must not find a hidden message. */
static void
on_revealed (RoadMessageBar *self)
{
  if (!gtk_revealer_get_reveal_child (self->revealer))
    gtk_widget_hide (GTK_WIDGET (self));
}

static int
get_natural_width (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static GtkOrientation
choose_orientation (RoadMessageBar *self, int width)
{
  const int other = get_natural_width (self->box) - get_natural_width (GTK_WIDGET (self->content));
  const int needed = other + get_natural_width (GTK_WIDGET (self->label)) +
                     gtk_box_get_spacing (self->content) +
                     get_natural_width (GTK_WIDGET (self->buttons));

  return width < BESIDE_WIDTH && width < needed ? GTK_ORIENTATION_VERTICAL
                                                : GTK_ORIENTATION_HORIZONTAL;
}

static gboolean
adapt_to_width (gpointer user_data)
{
  RoadMessageBar *self = user_data;

  self->width_source = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->content),
                                  choose_orientation (self,
                                                      gtk_widget_get_width (GTK_WIDGET (self))));

  return G_SOURCE_REMOVE;
}

static GtkSizeRequestMode
road_message_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
road_message_bar_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (ROAD_MESSAGE_BAR (widget)->revealer), orientation, for_size,
                      minimum, natural, NULL, NULL);
}

/* Not done by a layout manager, as that would not tell us the width. */
static void
road_message_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RoadMessageBar *self = ROAD_MESSAGE_BAR (widget);

  gtk_widget_allocate (GTK_WIDGET (self->revealer), width, height, baseline, NULL);

  /* Nothing may be turned during an allocation. */
  if (self->width_source == 0 &&
      choose_orientation (self, width) !=
          gtk_orientable_get_orientation (GTK_ORIENTABLE (self->content)))
    self->width_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, adapt_to_width, self, NULL);
}

static void
road_message_bar_dispose (GObject *object)
{
  g_clear_handle_id (&ROAD_MESSAGE_BAR (object)->width_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_MESSAGE_BAR);

  G_OBJECT_CLASS (road_message_bar_parent_class)->dispose (object);
}

static void
road_message_bar_class_init (RoadMessageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_message_bar_dispose;
  widget_class->get_request_mode = road_message_bar_get_request_mode;
  widget_class->measure = road_message_bar_measure;
  widget_class->size_allocate = road_message_bar_size_allocate;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-message-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadMessageBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, RoadMessageBar, box);
  gtk_widget_class_bind_template_child (widget_class, RoadMessageBar, icon);
  gtk_widget_class_bind_template_child (widget_class, RoadMessageBar, content);
  gtk_widget_class_bind_template_child (widget_class, RoadMessageBar, label);
  gtk_widget_class_bind_template_child (widget_class, RoadMessageBar, expander);
  gtk_widget_class_bind_template_child (widget_class, RoadMessageBar, details);
  gtk_widget_class_bind_template_child (widget_class, RoadMessageBar, buttons);
  gtk_widget_class_bind_template_child (widget_class, RoadMessageBar, close_button);
  gtk_widget_class_bind_template_callback (widget_class, on_revealed);
  gtk_widget_class_bind_template_callback (widget_class, road_message_bar_hide);
}

static void
road_message_bar_init (RoadMessageBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Adds a button. A bar with buttons has none to dismiss it, unless its message is only information. */
void
road_message_bar_add_button (RoadMessageBar *self, const char *label, const char *action_name)
{
  GtkWidget *button;

  g_return_if_fail (ROAD_IS_MESSAGE_BAR (self));
  g_return_if_fail (label != NULL && action_name != NULL);

  button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_box_append (self->buttons, button);
}

void
road_message_bar_show (RoadMessageBar *self,
                       RoadMessageKind kind,
                       const char *text,
                       const char *details)
{
  const char *classes[] = { "message-bar", NULL, NULL };

  g_return_if_fail (ROAD_IS_MESSAGE_BAR (self));
  g_return_if_fail (kind < G_N_ELEMENTS (looks));
  g_return_if_fail (text != NULL);

  classes[1] = looks[kind].css_class;
  gtk_widget_set_css_classes (self->box, classes);
  gtk_image_set_from_icon_name (self->icon, looks[kind].icon_name);
  gtk_widget_set_visible (self->close_button,
                          kind == ROAD_MESSAGE_INFO ||
                              gtk_widget_get_first_child (GTK_WIDGET (self->buttons)) == NULL);
  gtk_label_set_text (self->label, text);
  gtk_label_set_text (self->details, details != NULL ? details : "");
  gtk_widget_set_visible (GTK_WIDGET (self->expander), details != NULL);
  gtk_expander_set_expanded (self->expander, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_show (GTK_WIDGET (self));
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
road_message_bar_hide (RoadMessageBar *self)
{
  g_return_if_fail (ROAD_IS_MESSAGE_BAR (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-message-bar.h"

struct _RoadMessageBar
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkWidget *box;
  GtkImage *icon;
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

static void
road_message_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_MESSAGE_BAR);

  G_OBJECT_CLASS (road_message_bar_parent_class)->dispose (object);
}

static void
road_message_bar_class_init (RoadMessageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_message_bar_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-message-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadMessageBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, RoadMessageBar, box);
  gtk_widget_class_bind_template_child (widget_class, RoadMessageBar, icon);
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

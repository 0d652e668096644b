/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-field-row.h"

struct _RoadFieldRow
{
  GtkWidget parent_instance;

  GtkBox *head;
  GtkLabel *title;
  GtkLabel *explanation;
  GtkLabel *fault;
  GtkWidget *control;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_EXPLANATION,
  PROP_CONTROL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RoadFieldRow, road_field_row, GTK_TYPE_WIDGET)

/* Entries need the full width; switches and drop-down lists go beside the title. */
static void
set_control (RoadFieldRow *self, GtkWidget *control)
{
  self->control = control;
  if (control == NULL)
    return;

  if (GTK_IS_ENTRY (control))
    {
      gtk_widget_insert_before (control, GTK_WIDGET (self), GTK_WIDGET (self->fault));
      return;
    }

  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_box_append (self->head, control);
}

static void
name_drop_down (GtkDropDown *list, GParamSpec *pspec, const char *title)
{
  GObject *item = gtk_drop_down_get_selected_item (list);
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (list));
  const char *value =
      GTK_IS_STRING_OBJECT (item) ? gtk_string_object_get_string (GTK_STRING_OBJECT (item)) : "";
  g_autofree char *name = g_strdup_printf ("%s: %s", title, value);

  /* In newer GTK the button has the name of the list, and that would be the label with its mnemonic. Only the change
   * of the button is told, so it comes last. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * road_field_row_name_drop_down:
 * @list: a drop-down list of strings
 * @title: what is chosen in it
 *
 * Tells screen readers what it is and what is chosen: its button, which has the focus, does not do that by itself.
 */
void
road_field_row_name_drop_down (GtkDropDown *list, const char *title)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (list));
  g_return_if_fail (title != NULL);

  g_signal_connect_data (list, "notify::selected", G_CALLBACK (name_drop_down), g_strdup (title),
                         (GClosureNotify) (GCallback) g_free, 0);
  name_drop_down (list, NULL, title);
}

/* Screen readers read the labels with the control. */
static void
update_accessible (RoadFieldRow *self)
{
  const char *fault = gtk_label_get_text (self->fault);

  if (self->control == NULL)
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (self->title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  *fault != '\0' ? fault : gtk_label_get_text (self->explanation),
                                  -1);
}

static void
road_field_row_constructed (GObject *object)
{
  RoadFieldRow *self = ROAD_FIELD_ROW (object);

  G_OBJECT_CLASS (road_field_row_parent_class)->constructed (object);

  update_accessible (self);
  if (GTK_IS_DROP_DOWN (self->control))
    road_field_row_name_drop_down (GTK_DROP_DOWN (self->control), gtk_label_get_text (self->title));
}

static void
road_field_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RoadFieldRow *self = ROAD_FIELD_ROW (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      gtk_label_set_text (self->title, g_value_get_string (value));
      break;
    case PROP_EXPLANATION:
      gtk_label_set_text (self->explanation, g_value_get_string (value));
      gtk_widget_set_visible (GTK_WIDGET (self->explanation), TRUE);
      break;
    case PROP_CONTROL:
      set_control (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  update_accessible (self);
}

static void
road_field_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_FIELD_ROW);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL;)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (road_field_row_parent_class)->dispose (object);
}

static void
road_field_row_class_init (RoadFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->constructed = road_field_row_constructed;
  object_class->set_property = road_field_row_set_property;
  object_class->dispose = road_field_row_dispose;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);

  properties[PROP_EXPLANATION] = g_param_spec_string ("explanation", NULL, NULL, NULL, flags);

  properties[PROP_CONTROL] = g_param_spec_object ("control", NULL, NULL, GTK_TYPE_WIDGET, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/roadstead/Roadstead/road-field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadFieldRow, head);
  gtk_widget_class_bind_template_child (widget_class, RoadFieldRow, title);
  gtk_widget_class_bind_template_child (widget_class, RoadFieldRow, explanation);
  gtk_widget_class_bind_template_child (widget_class, RoadFieldRow, fault);
}

static void
road_field_row_init (RoadFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows what is wrong with the value, also to assistive technologies; nothing if @message is %NULL. */
void
road_field_row_set_fault (RoadFieldRow *self, const char *message)
{
  g_return_if_fail (ROAD_IS_FIELD_ROW (self));

  gtk_label_set_text (self->fault, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), message != NULL);
  if (message != NULL)
    {
      gtk_widget_add_css_class (self->control, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
    }
  else
    {
      gtk_widget_remove_css_class (self->control, "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_STATE_INVALID);
    }
  update_accessible (self);
}

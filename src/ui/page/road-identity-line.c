/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-identity-line.h"

struct _RoadIdentityLine
{
  GtkWidget parent_instance;

  RoadReport *report;

  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (RoadIdentityLine, road_identity_line, GTK_TYPE_WIDGET)

static void
road_identity_line_dispose (GObject *object)
{
  g_clear_object (&ROAD_IDENTITY_LINE (object)->report);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_IDENTITY_LINE);

  G_OBJECT_CLASS (road_identity_line_parent_class)->dispose (object);
}

static void
road_identity_line_class_init (RoadIdentityLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_identity_line_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-identity-line.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadIdentityLine, label);
}

static void
road_identity_line_init (RoadIdentityLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
road_identity_line_set_report (RoadIdentityLine *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_IDENTITY_LINE (self));
  g_return_if_fail (report == NULL || ROAD_IS_REPORT (report));

  g_set_object (&self->report, report);
  if (report != NULL)
    gtk_label_set_text (GTK_LABEL (self->label), road_report_get_targets (report));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-opening-page.h"

#include <glib/gi18n.h>

struct _RoadOpeningPage
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *label;
  GtkProgressBar *progress_bar;
};

G_DEFINE_FINAL_TYPE (RoadOpeningPage, road_opening_page, GTK_TYPE_WIDGET)

static void
road_opening_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_OPENING_PAGE);

  G_OBJECT_CLASS (road_opening_page_parent_class)->dispose (object);
}

static void
road_opening_page_class_init (RoadOpeningPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_opening_page_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-opening-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadOpeningPage, box);
  gtk_widget_class_bind_template_child (widget_class, RoadOpeningPage, label);
  gtk_widget_class_bind_template_child (widget_class, RoadOpeningPage, progress_bar);
}

static void
road_opening_page_init (RoadOpeningPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
road_opening_page_set_file (RoadOpeningPage *self, GFile *file)
{
  g_autofree char *base_name = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (ROAD_IS_OPENING_PAGE (self));
  g_return_if_fail (G_IS_FILE (file));

  base_name = g_file_get_basename (file);
  name = g_filename_display_name (base_name);
  /* Translators: the name of a file */
  text = g_strdup_printf (_ ("Opening “%s”…"), name);
  gtk_label_set_text (self->label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
}

/* @fraction: the part of the file that has been read, from 0 to 1; -1 if unknown */
void
road_opening_page_set_fraction (RoadOpeningPage *self, double fraction)
{
  g_return_if_fail (ROAD_IS_OPENING_PAGE (self));

  if (fraction < 0)
    gtk_progress_bar_pulse (self->progress_bar);
  else
    gtk_progress_bar_set_fraction (self->progress_bar, fraction);
}

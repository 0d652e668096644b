/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-service-view.h"

#include <glib/gi18n.h>

#include "engine/base/road-text-escape.h"
#include "formats/road-report-words.h"
#include "road-service-facts.h"

#define SPACING 6
#define COLUMN_SPACING 12

/* So that the list also fits in a narrow window, in characters. */
#define MAX_TITLE 12
#define MAX_TEXT 20

struct _RoadServiceView
{
  GtkWidget parent_instance;

  GString *shown; /* all texts: labels are only replaced, and selections lost, if they change */
  GtkWidget *remarks;
  GtkWidget *grid;
};

G_DEFINE_FINAL_TYPE (RoadServiceView, road_service_view, GTK_TYPE_WIDGET)

static GtkWidget *
new_label (const char *text, int max_chars)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), max_chars);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);

  return label;
}

static void
add_remark (RoadServiceView *self, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  GtkWidget *icon =
      g_object_new (GTK_TYPE_IMAGE, "icon-name", "dialog-warning-symbolic", "accessible-role",
                    GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_START, NULL);
  g_autofree char *escaped = road_text_label (text);
  GtkWidget *label = new_label (escaped, MAX_TITLE + MAX_TEXT);

  gtk_widget_add_css_class (box, "service-remark");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (self->remarks), box);
}

static void
add_fact (RoadServiceView *self, int row, const RoadServiceFact *fact)
{
  GtkWidget *title = new_label (fact->title, MAX_TITLE);
  GtkWidget *text = new_label (fact->text, MAX_TEXT);

  gtk_widget_add_css_class (title, "soft");
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  title, NULL, -1);
  gtk_grid_attach (GTK_GRID (self->grid), title, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), text, 1, row, 1, 1);
}

static void
clear (RoadServiceView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->remarks)) != NULL)
    gtk_box_remove (GTK_BOX (self->remarks), child);
  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
}

static void
road_service_view_dispose (GObject *object)
{
  RoadServiceView *self = ROAD_SERVICE_VIEW (object);

  g_clear_pointer (&self->remarks, gtk_widget_unparent);
  g_clear_pointer (&self->grid, gtk_widget_unparent);

  G_OBJECT_CLASS (road_service_view_parent_class)->dispose (object);
}

static void
road_service_view_finalize (GObject *object)
{
  g_string_free (ROAD_SERVICE_VIEW (object)->shown, TRUE);

  G_OBJECT_CLASS (road_service_view_parent_class)->finalize (object);
}

static void
road_service_view_class_init (RoadServiceViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = road_service_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = road_service_view_finalize;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
road_service_view_init (RoadServiceView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->shown = g_string_new (NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);

  self->remarks = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_widget_set_parent (self->remarks, GTK_WIDGET (self));
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), COLUMN_SPACING);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), SPACING / 2);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

/* @report: (nullable): where the host is; @host: (nullable): %NULL to show nothing */
void
road_service_view_set_port (RoadServiceView *self, RoadReport *report, RoadHost *host, guint16 port)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) facts = NULL;
  g_auto (GStrv) remarks = NULL;

  g_return_if_fail (ROAD_IS_SERVICE_VIEW (self));

  if (report != NULL && host != NULL)
    {
      remarks = road_words_list_remarks (report, host, port);
      facts = road_service_facts_list (host, port, road_words_get_time (report));
    }

  for (guint i = 0; remarks != NULL && remarks[i] != NULL; i++)
    g_string_append_printf (text, "%s\n", remarks[i]);
  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      const RoadServiceFact *fact = g_ptr_array_index (facts, i);

      g_string_append_printf (text, "%s\t%s\n", fact->title, fact->text);
    }
  if (g_string_equal (text, self->shown))
    return;

  g_string_assign (self->shown, text->str);
  clear (self);
  for (guint i = 0; remarks != NULL && remarks[i] != NULL; i++)
    add_remark (self, remarks[i]);
  for (guint i = 0; facts != NULL && i < facts->len; i++)
    add_fact (self, (int) i, g_ptr_array_index (facts, i));
  gtk_widget_set_visible (self->remarks, remarks != NULL && remarks[0] != NULL);
  gtk_widget_set_visible (self->grid, facts != NULL && facts->len > 0);
}

gboolean
road_service_view_is_empty (RoadServiceView *self)
{
  g_return_val_if_fail (ROAD_IS_SERVICE_VIEW (self), TRUE);

  return self->shown->len == 0;
}

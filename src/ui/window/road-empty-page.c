/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-empty-page.h"

#include "road-local-network.h"
#include "ui/recent/road-recent-list.h"

#include <glib/gi18n.h>

/* Limits, to keep the page simple. */
#define MAX_NETWORKS 3

#define MAX_RECENT 4

struct _RoadEmptyPage
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkImage *image;
  GtkBox *buttons;
  RoadRecentList *recent_list;
  GtkWidget *all_button;
};

G_DEFINE_FINAL_TYPE (RoadEmptyPage, road_empty_page, GTK_TYPE_WIDGET)

static void
add_network (RoadEmptyPage *self, const char *network)
{
  /* Translators: a button; the network is an address such as 192.168.1.0/24 */
  g_autofree char *label = g_strdup_printf (_ ("My _Network (%s)"), network);
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.scan-target");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", network);
  gtk_box_append (self->buttons, button);
}

static void
on_open (GtkWidget *widget, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_widget_activate_action (widget, "win.open-file", "s", uri);
}

/* Recent scans get more room than the image. */
static void
update_recent (RoadEmptyPage *self)
{
  guint n_scans = g_list_model_get_n_items (G_LIST_MODEL (road_recent_scans_get_default ()));

  gtk_image_set_pixel_size (self->image, n_scans > 0 ? 64 : 96);
  gtk_widget_set_visible (self->all_button, n_scans > MAX_RECENT);
}

static void
road_empty_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_EMPTY_PAGE);

  G_OBJECT_CLASS (road_empty_page_parent_class)->dispose (object);
}

static void
road_empty_page_class_init (RoadEmptyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_empty_page_dispose;

  g_type_ensure (ROAD_TYPE_RECENT_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/roadstead/Roadstead/road-empty-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, image);
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, recent_list);
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, all_button);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
}

static void
road_empty_page_init (RoadEmptyPage *self)
{
  g_auto (GStrv) networks = road_local_network_list ();
  RoadRecentScans *recent = road_recent_scans_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; networks[i] != NULL && i < MAX_NETWORKS; i++)
    add_network (self, networks[i]);

  road_recent_list_set_up (self->recent_list, recent, MAX_RECENT, FALSE);
  g_signal_connect_object (recent, "items-changed", G_CALLBACK (update_recent), self,
                           G_CONNECT_SWAPPED);
  update_recent (self);
}

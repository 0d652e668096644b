/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-empty-page.h"

#include "road-local-network.h"

#include <glib/gi18n.h>

/* More networks than this are not offered: the page is for beginning, not for choosing. */
#define MAX_NETWORKS 3

struct _RoadEmptyPage
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkBox *buttons;
};

G_DEFINE_FINAL_TYPE (RoadEmptyPage, road_empty_page, GTK_TYPE_WIDGET)

static void
add_network (RoadEmptyPage *self, const char *network)
{
  /* Translators: a button; the network is an address as 192.168.1.0/24 */
  g_autofree char *label = g_strdup_printf (_ ("My _Network (%s)"), network);
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.scan-target");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", network);
  gtk_box_append (self->buttons, button);
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

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/roadstead/Roadstead/road-empty-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, buttons);
}

static void
road_empty_page_init (RoadEmptyPage *self)
{
  g_auto (GStrv) networks = road_local_network_list ();

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; networks[i] != NULL && i < MAX_NETWORKS; i++)
    add_network (self, networks[i]);
}

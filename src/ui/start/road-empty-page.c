/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-empty-page.h"

#include "road-interrupted-offer.h"
#include "road-local-network.h"
#include "engine/base/road-text-escape.h"
#include "ui/recent/road-recent-list.h"
#include "ui/widgets/road-time-text.h"

#include <glib/gi18n.h>

/* Limits, to keep the page simple. */
#define MAX_NETWORKS 3

#define MAX_ADDRESSES 2
#define MAX_RECENT 4

struct _RoadEmptyPage
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkImage *image;
  GtkBox *buttons;
  GtkWidget *last_box;
  GtkLabel *last_label;
  GtkWidget *last_button;
  RoadRecentList *recent_list;
  GtkWidget *all_button;
};

enum
{
  CONTINUE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadEmptyPage, road_empty_page, GTK_TYPE_WIDGET)

/* @format: a label with a mnemonic and %s for the target */
static void
add_target (RoadEmptyPage *self, const char *format, const char *target, const char *tooltip)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *text = g_strjoinv (target, parts);
  GtkWidget *label = gtk_label_new_with_mnemonic (text);
  GtkWidget *button = gtk_button_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (label)), -1);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.scan-target");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_box_append (self->buttons, button);
}

static void
add_targets (RoadEmptyPage *self)
{
  g_auto (GStrv) addresses = road_local_network_list_own ();
  g_auto (GStrv) networks = road_local_network_list ();

  for (guint i = 0; addresses[i] != NULL && i < MAX_ADDRESSES; i++)
    /* Translators: a button: scans this computer by the address that others in the network use */
    add_target (self, _ ("This Computer _on the Network (%s)"), addresses[i],
                _ ("What this computer offers to others, not only to itself"));
  for (guint i = 0; networks[i] != NULL && i < MAX_NETWORKS; i++)
    /* Translators: a button; the network is an address such as 192.168.1.0/24 */
    add_target (self, _ ("My _Network (%s)"), networks[i], NULL);
}

static void
on_open (GtkWidget *widget, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_widget_activate_action (widget, "win.open-file", "s", uri);
}

static void
on_continue (RoadEmptyPage *self, RoadInterruptedScan *scan)
{
  g_signal_emit (self, signals[CONTINUE], 0, scan);
}

/* Returns: (transfer full) (nullable): the latest scan that was finished */
static RoadRecentScan *
find_last (void)
{
  GListModel *scans = G_LIST_MODEL (road_recent_scans_get_default ());

  for (guint i = 0; i < g_list_model_get_n_items (scans); i++)
    {
      g_autoptr (RoadRecentScan) scan = g_list_model_get_item (scans, i);
      const RoadDigest *digest = road_recent_scan_get_digest (scan);

      if (digest != NULL && digest->status == ROAD_REPORT_FINISHED)
        return g_steal_pointer (&scan);
    }

  return NULL;
}

/* Offers to scan again what was scanned last. */
static void
update_last (RoadEmptyPage *self)
{
  g_autoptr (RoadRecentScan) scan = find_last ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *targets = NULL;
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;
  g_autofree char *uri = NULL;

  gtk_widget_set_visible (self->last_box, scan != NULL);
  if (scan == NULL)
    return;

  targets = road_text_label (road_recent_scan_get_digest (scan)->targets);
  time = road_time_text (road_recent_scan_get_time (scan), now);
  /* Translators: what was scanned last, and when: "Last scan of 192.168.1.0/24: yesterday 19:28" */
  text = g_strdup_printf (_ ("Last scan of %s: %s"), targets, time);
  uri = g_file_get_uri (road_recent_scan_get_file (scan));
  gtk_label_set_text (self->last_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->last_label), text);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->last_button), "s", uri);
}

/* Recent scans get more room than the image. */
static void
update_recent (RoadEmptyPage *self)
{
  guint n_scans = g_list_model_get_n_items (G_LIST_MODEL (road_recent_scans_get_default ()));

  gtk_image_set_pixel_size (self->image, n_scans > 0 ? 48 : 96);
  gtk_widget_set_visible (self->all_button, n_scans > MAX_RECENT);
  update_last (self);
}

/* "today" may have become outdated. */
static void
road_empty_page_map (GtkWidget *widget)
{
  update_last (ROAD_EMPTY_PAGE (widget));
  GTK_WIDGET_CLASS (road_empty_page_parent_class)->map (widget);
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
  widget_class->map = road_empty_page_map;

  signals[CONTINUE] = g_signal_new ("continue", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, ROAD_TYPE_INTERRUPTED_SCAN);

  g_type_ensure (ROAD_TYPE_INTERRUPTED_OFFER);
  g_type_ensure (ROAD_TYPE_RECENT_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/roadstead/Roadstead/road-empty-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, image);
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, last_box);
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, last_label);
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, last_button);
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, recent_list);
  gtk_widget_class_bind_template_child (widget_class, RoadEmptyPage, all_button);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_continue);
}

static void
road_empty_page_init (RoadEmptyPage *self)
{
  RoadRecentScans *recent = road_recent_scans_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));

  add_targets (self);
  road_recent_list_set_up (self->recent_list, recent, MAX_RECENT, FALSE);
  g_signal_connect_object (recent, "items-changed", G_CALLBACK (update_recent), self,
                           G_CONNECT_SWAPPED);
  update_recent (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-interrupted-offer.h"

#include "engine/base/road-text-escape.h"
#include "ui/widgets/road-time-text.h"

#include <glib/gi18n.h>

struct _RoadInterruptedOffer
{
  GtkWidget parent_instance;

  GtkLabel *label;
  GtkWidget *buttons;
  RoadInterruptedScan *scan; /* NULL if there is none */
  GCancellable *cancellable; /* of the search for one */
};

enum
{
  CONTINUE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadInterruptedOffer, road_interrupted_offer, GTK_TYPE_WIDGET)

static void
set_scan (RoadInterruptedOffer *self, RoadInterruptedScan *scan)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *targets = NULL;
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;

  g_set_object (&self->scan, scan);
  gtk_widget_set_visible (GTK_WIDGET (self), scan != NULL);
  if (scan == NULL)
    return;

  targets = road_text_label (road_interrupted_scan_get_begin (scan)->targets);
  time = road_time_text (road_interrupted_scan_get_begin (scan)->started, now);
  /* Translators: what was scanned, and when that began: "The scan of 192.168.1.0/24 (yesterday 19:28) was
   * interrupted." */
  text = g_strdup_printf (_ ("The scan of %s (%s) was interrupted."), targets, time);
  gtk_label_set_text (self->label, text);
}

static void
find_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *folder = road_interrupted_scan_get_folder ();

  g_task_return_pointer (task, road_interrupted_scan_find_last (folder, ROAD_JOURNAL_OWNER_WINDOW),
                         g_object_unref);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadInterruptedScan) scan = g_task_propagate_pointer (G_TASK (result), &error);

  /* The window may have been closed meanwhile. */
  if (error == NULL)
    set_scan (ROAD_INTERRUPTED_OFFER (source), scan);
}

/* One that was interrupted before may come after the one that is decided. */
static void
find (RoadInterruptedOffer *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_found, NULL);

  g_task_run_in_thread (task, find_in_thread);
}

static void
on_continue (RoadInterruptedOffer *self)
{
  g_autoptr (RoadInterruptedScan) scan = g_steal_pointer (&self->scan);

  set_scan (self, NULL);
  g_signal_emit (self, signals[CONTINUE], 0, scan);
}

static void
on_discard (RoadInterruptedOffer *self)
{
  road_interrupted_scan_delete (self->scan);
  set_scan (self, NULL);
  find (self);
}

static void
road_interrupted_offer_dispose (GObject *object)
{
  RoadInterruptedOffer *self = ROAD_INTERRUPTED_OFFER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->scan);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROAD_TYPE_INTERRUPTED_OFFER);

  G_OBJECT_CLASS (road_interrupted_offer_parent_class)->dispose (object);
}

static void
road_interrupted_offer_class_init (RoadInterruptedOfferClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_interrupted_offer_dispose;

  signals[CONTINUE] = g_signal_new ("continue", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, ROAD_TYPE_INTERRUPTED_SCAN);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-interrupted-offer.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadInterruptedOffer, label);
  gtk_widget_class_bind_template_child (widget_class, RoadInterruptedOffer, buttons);
  gtk_widget_class_bind_template_callback (widget_class, on_continue);
  gtk_widget_class_bind_template_callback (widget_class, on_discard);
}

static void
road_interrupted_offer_init (RoadInterruptedOffer *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  find (self);
}

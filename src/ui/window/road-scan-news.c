/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-news.h"

#include "formats/road-format.h"

struct _RoadScanNews
{
  GObject parent_instance;

  RoadScanSession *session;
  RoadScanStarter *starter;
  RoadComparer *comparer;
  RoadNotices *notices; /* NULL when the window is destroyed */

  GCancellable *cancellable; /* of opening the earlier scan */
  RoadReport *earlier;       /* NULL if nothing is to be compared */
  RoadScan *later;           /* NULL until its names are resolved */
};

G_DEFINE_FINAL_TYPE (RoadScanNews, road_scan_news, G_TYPE_OBJECT)

static void
forget (RoadScanNews *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->earlier);
  g_clear_object (&self->later);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadScanNews) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadReport) report = road_format_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->notices == NULL)
    return;

  g_clear_object (&self->cancellable);
  if (report == NULL)
    {
      road_notices_show_error (self->notices, error->message);
      return;
    }

  g_set_object (&self->earlier, report);
  road_scan_starter_repeat (self->starter, report);
}

static void
on_scan_news (RoadScanNews *self, GVariant *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (uri, NULL));

  forget (self);
  self->cancellable = g_cancellable_new ();
  road_format_open_async (file, self->cancellable, NULL, NULL, on_opened, g_object_ref (self));
}

/* The first scan after the earlier one was opened is the one that was asked for. */
static void
on_begun (RoadScanNews *self, RoadScan *scan)
{
  if (self->earlier == NULL)
    return;

  if (self->later == NULL && g_str_equal (road_report_get_targets (self->earlier),
                                          road_report_get_targets (road_scan_get_report (scan))))
    self->later = g_object_ref (scan);
  else
    forget (self);
}

static void
on_changed (RoadScanNews *self)
{
  g_autoptr (RoadReport) earlier = NULL;
  g_autoptr (RoadScan) later = NULL;

  if (self->later == NULL)
    return;

  /* Something else is shown by now. */
  if (road_scan_session_get_scan (self->session) != self->later)
    {
      forget (self);
      return;
    }

  if (road_scan_get_state (self->later) != ROAD_SCAN_FINISHED)
    return;

  earlier = g_steal_pointer (&self->earlier);
  later = g_steal_pointer (&self->later);
  road_comparer_compare_reports (self->comparer, road_scan_get_report (later), earlier);
}

/* Called by the window. */
static void
road_scan_news_dispose (GObject *object)
{
  RoadScanNews *self = ROAD_SCAN_NEWS (object);

  forget (self);
  self->notices = NULL;
  g_clear_object (&self->session);
  g_clear_object (&self->starter);
  g_clear_object (&self->comparer);

  G_OBJECT_CLASS (road_scan_news_parent_class)->dispose (object);
}

static void
road_scan_news_class_init (RoadScanNewsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = road_scan_news_dispose;
}

static void
road_scan_news_init (RoadScanNews *self)
{
}

/* The window owns the object and disposes of it. */
RoadScanNews *
road_scan_news_new (RoadScanSession *session,
                    RoadScanStarter *starter,
                    RoadComparer *comparer,
                    RoadNotices *notices)
{
  RoadScanNews *self;

  g_return_val_if_fail (ROAD_IS_SCAN_SESSION (session), NULL);
  g_return_val_if_fail (ROAD_IS_SCAN_STARTER (starter), NULL);
  g_return_val_if_fail (ROAD_IS_COMPARER (comparer), NULL);
  g_return_val_if_fail (ROAD_IS_NOTICES (notices), NULL);

  self = g_object_new (ROAD_TYPE_SCAN_NEWS, NULL);
  self->session = g_object_ref (session);
  self->starter = g_object_ref (starter);
  self->comparer = g_object_ref (comparer);
  self->notices = notices;
  g_signal_connect_object (session, "begun", G_CALLBACK (on_begun), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/* Adds the action scan-news (the URI of the earlier scan). */
void
road_scan_news_add_actions (RoadScanNews *self, GActionMap *map)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new ("scan-news", G_VARIANT_TYPE_STRING);

  g_return_if_fail (ROAD_IS_SCAN_NEWS (self));
  g_return_if_fail (G_IS_ACTION_MAP (map));

  g_signal_connect_object (action, "activate", G_CALLBACK (on_scan_news), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (map, G_ACTION (action));
}

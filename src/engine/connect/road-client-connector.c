/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-client-connector.h"

#include "road-client-connect.h"
#include "road-lookout.h"

/*
 *   start() ──> waiting ──> idle source ──> RoadClientConnect ──> GSocketClient
 *                               ^                  │
 *                               └──── has room <───┘ ended
 *
 * Connects are never started from a connect's callback: on a main loop that draws a window,
 * callbacks that start connects starve the drawing. The source that starts them runs below GTK's
 * redraw, so that each round waits for the frame. And a main context walks through all its sources in
 * each iteration, so only a few connects may be in flight.
 */

/* The number of connects that one dispatch starts: about 0.3 ms. */
#define STARTS_PER_DISPATCH 8

/* A main context checks its sources in the order of their priorities, until one is ready. */
#define LOOK_PRIORITY (10 * G_PRIORITY_HIGH)

/* If the main context has waited this long, in µs, nothing was ready when it began to wait. */
#define MIN_WAIT 200

typedef struct
{
  GList link; /* in waiting or in_flight */
  RoadClientConnector *connector;
  RoadProbe probe;
  RoadClientConnect *connect; /* NULL while it waits */
  gint64 started;
  gint64 deadline;
} Entry;

struct _RoadClientConnector
{
  RoadConnector parent_instance;

  GSocketClient *client;
  GSource *work_source;
  GSource *report_source;
  GSource *look_source;
  gint64 prepared_at;  /* when the main context last began to wait */
  GHashTable *entries; /* of Entry, by tag */
  GQueue waiting;
  GQueue in_flight;
  RoadLookout lookout;
};

G_DEFINE_FINAL_TYPE (RoadClientConnector, road_client_connector, ROAD_TYPE_CONNECTOR)

/* Sets when there is something to do: to start a connect, to give one up or to look whether time passes. */
static void
schedule (RoadClientConnector *self)
{
  gint64 ready_time = G_MAXINT64;

  if (self->waiting.length > 0 && self->in_flight.length < ROAD_CLIENT_CONNECTOR_SIZE)
    ready_time = 0;
  else if (self->in_flight.length > 0)
    ready_time = self->lookout.looked_at + ROAD_LOOKOUT_INTERVAL_MS * 1000;

  for (GList *link = self->in_flight.head; link != NULL && ready_time > 0; link = link->next)
    ready_time = MIN (ready_time, ((Entry *) link->data)->deadline);

  g_source_set_ready_time (self->work_source, ready_time == G_MAXINT64 ? -1 : ready_time);
}

static void
end_entry (Entry *entry, const RoadOutcome *outcome)
{
  RoadClientConnector *self = entry->connector;

  g_queue_unlink (entry->connect != NULL ? &self->in_flight : &self->waiting, &entry->link);
  g_hash_table_remove (self->entries, entry->probe.tag);
  if (road_connector_report (ROAD_CONNECTOR (self), &entry->probe, outcome, 1))
    g_source_set_ready_time (self->report_source, 0);
  g_clear_object (&entry->connect);
  g_free (entry);
}

static void
on_ended (RoadClientConnect *connect, RoadOutcome *outcome, gpointer user_data)
{
  Entry *entry = user_data;
  RoadClientConnector *self = entry->connector;

  outcome->seen_late = road_lookout_missed (&self->lookout, entry->started);
  outcome->delayed = road_lookout_delayed (&self->lookout, entry->started);
  end_entry (entry, outcome);
  if (self->waiting.length > 0)
    g_source_set_ready_time (self->work_source, 0);
}

static void
give_up (Entry *entry)
{
  const RoadOutcome outcome = { .kind = ROAD_OUTCOME_NO_ANSWER };

  entry->deadline = G_MAXINT64;
  if (entry->connect != NULL)
    road_client_connect_give_up (entry->connect);
  else
    end_entry (entry, &outcome);
}

static void
start_next (RoadClientConnector *self)
{
  Entry *entry = self->waiting.head->data;

  if (self->in_flight.length == 0)
    road_lookout_begin (&self->lookout, g_get_monotonic_time ());
  g_queue_unlink (&self->waiting, &entry->link);
  g_queue_push_tail_link (&self->in_flight, &entry->link);
  entry->connect = road_client_connect_new (&entry->probe.address, entry->probe.port);
  road_client_connect_start (entry->connect, self->client, on_ended, entry);

  entry->started = road_client_connect_get_started (entry->connect);
  entry->deadline =
      entry->started == 0 ? G_MAXINT64 : entry->started + entry->probe.timeout_ms * (gint64) 1000;
}

static gboolean
dispatch_work (gpointer user_data)
{
  RoadClientConnector *self = user_data;
  gint64 now = g_get_monotonic_time ();

  for (GList *link = self->in_flight.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      if (entry->deadline <= now)
        give_up (entry);
    }

  for (guint i = 0; i < STARTS_PER_DISPATCH && self->waiting.length > 0 &&
                    self->in_flight.length < ROAD_CLIENT_CONNECTOR_SIZE;
       i++)
    start_next (self);

  schedule (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_report (gpointer user_data)
{
  RoadClientConnector *self = user_data;

  g_source_set_ready_time (self->report_source, -1);
  road_connector_dispatch (ROAD_CONNECTOR (self));

  return G_SOURCE_CONTINUE;
}

/* The main context looks at its sockets once in each iteration. A socket that was ready before it could wait may
 * have been ready since the iteration before. */

typedef struct
{
  GSource source;
  RoadClientConnector *connector;
} LookSource;

static gboolean
prepare_look (GSource *source, int *timeout)
{
  ((LookSource *) source)->connector->prepared_at = g_get_monotonic_time ();
  *timeout = -1;

  return FALSE;
}

static gboolean
check_look (GSource *source)
{
  RoadClientConnector *self = ((LookSource *) source)->connector;
  gint64 now = g_get_monotonic_time ();

  road_lookout_look (&self->lookout, now, now - self->prepared_at > MIN_WAIT);

  return FALSE;
}

static GSource *
add_look_source (RoadClientConnector *self, GMainContext *context)
{
  static GSourceFuncs funcs = { .prepare = prepare_look, .check = check_look };
  GSource *source = g_source_new (&funcs, sizeof (LookSource));

  ((LookSource *) source)->connector = self;
  g_source_set_priority (source, LOOK_PRIORITY);
  g_source_set_static_name (source, "RoadClientConnector look");
  g_source_attach (source, context);

  return source;
}

static void
road_client_connector_start (RoadConnector *connector, const RoadProbe *probes, guint n_probes)
{
  RoadClientConnector *self = ROAD_CLIENT_CONNECTOR (connector);

  for (guint i = 0; i < n_probes; i++)
    {
      Entry *entry = g_new0 (Entry, 1);

      entry->link.data = entry;
      entry->connector = self;
      entry->probe = probes[i];
      g_queue_push_tail_link (&self->waiting, &entry->link);
      g_hash_table_insert (self->entries, probes[i].tag, entry);
    }

  schedule (self);
}

static void
road_client_connector_give_up (RoadConnector *connector, gpointer tag)
{
  RoadClientConnector *self = ROAD_CLIENT_CONNECTOR (connector);
  Entry *entry = g_hash_table_lookup (self->entries, tag);

  if (entry != NULL)
    give_up (entry);
}

static void
road_client_connector_give_up_all (RoadConnector *connector)
{
  RoadClientConnector *self = ROAD_CLIENT_CONNECTOR (connector);

  while (self->waiting.length > 0)
    give_up (self->waiting.head->data);
  for (GList *link = self->in_flight.head; link != NULL; link = link->next)
    give_up (link->data);
}

static void
road_client_connector_finalize (GObject *object)
{
  RoadClientConnector *self = ROAD_CLIENT_CONNECTOR (object);

  g_assert (self->waiting.length == 0 && self->in_flight.length == 0);

  road_connector_remove_source (&self->work_source);
  road_connector_remove_source (&self->report_source);
  road_connector_remove_source (&self->look_source);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (road_client_connector_parent_class)->finalize (object);
}

static void
road_client_connector_class_init (RoadClientConnectorClass *klass)
{
  RoadConnectorClass *connector_class = ROAD_CONNECTOR_CLASS (klass);

  connector_class->start = road_client_connector_start;
  connector_class->give_up = road_client_connector_give_up;
  connector_class->give_up_all = road_client_connector_give_up_all;

  G_OBJECT_CLASS (klass)->finalize = road_client_connector_finalize;
}

static void
road_client_connector_init (RoadClientConnector *self)
{
  self->client = road_client_connect_make_client ();
  self->entries = g_hash_table_new (NULL, NULL);
}

RoadConnector *
road_client_connector_new (RoadConnectorFunc func, gpointer user_data)
{
  RoadConnector *connector = road_connector_new (ROAD_TYPE_CLIENT_CONNECTOR, func, user_data);
  RoadClientConnector *self = ROAD_CLIENT_CONNECTOR (connector);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  self->work_source = road_connector_add_source (context, -1, dispatch_work, self);
  self->report_source = road_connector_add_source (context, -1, dispatch_report, self);
  self->look_source = add_look_source (self, context);

  return connector;
}

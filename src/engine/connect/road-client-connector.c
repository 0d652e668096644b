/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-client-connector.h"

#include "road-attempt.h"

/*
 *   start() ──> waiting ──> idle source ──> RoadAttempt ──> GSocketClient
 *                               ^               │
 *                               └─── has room <─┘ ended
 *
 * Connects are never started from a connect's callback: on a main loop that draws a window,
 * callbacks that start connects starve the drawing. The source that starts them runs below GTK's
 * redraw, so that each round waits for the frame. And a main context walks through everything in it
 * in each iteration, so that few may be under way.
 */

/* How many connects one dispatch starts: some 0.3 ms. */
#define STARTS_PER_DISPATCH 8

typedef struct
{
  GList link; /* in waiting or under_way */
  RoadClientConnector *connector;
  RoadProbe probe;
  RoadAttempt *attempt; /* NULL while it waits */
  gint64 deadline;
} Connect;

struct _RoadClientConnector
{
  RoadConnector parent_instance;

  GSocketClient *client;
  GSource *work_source;
  GSource *report_source;
  GHashTable *connects; /* of Connect, by tag */
  GQueue waiting;
  GQueue under_way;
};

G_DEFINE_FINAL_TYPE (RoadClientConnector, road_client_connector, ROAD_TYPE_CONNECTOR)

/* Sets when there is something to do: to start a connect or to give one up. */
static void
schedule (RoadClientConnector *self)
{
  gint64 ready_time = G_MAXINT64;

  if (self->waiting.length > 0 && self->under_way.length < ROAD_CLIENT_CONNECTOR_SIZE)
    ready_time = 0;

  for (GList *link = self->under_way.head; link != NULL && ready_time > 0; link = link->next)
    ready_time = MIN (ready_time, ((Connect *) link->data)->deadline);

  g_source_set_ready_time (self->work_source, ready_time == G_MAXINT64 ? -1 : ready_time);
}

static void
end_connect (Connect *connect, const RoadOutcome *outcome)
{
  RoadClientConnector *self = connect->connector;

  g_queue_unlink (connect->attempt != NULL ? &self->under_way : &self->waiting, &connect->link);
  g_hash_table_remove (self->connects, connect->probe.tag);
  if (road_connector_report (ROAD_CONNECTOR (self), &connect->probe, outcome, 1))
    g_source_set_ready_time (self->report_source, 0);
  g_clear_object (&connect->attempt);
  g_free (connect);
}

static void
on_ended (RoadAttempt *attempt, RoadOutcome *outcome, gpointer user_data)
{
  Connect *connect = user_data;
  RoadClientConnector *self = connect->connector;

  end_connect (connect, outcome);
  if (self->waiting.length > 0)
    g_source_set_ready_time (self->work_source, 0);
}

static void
give_up (Connect *connect)
{
  const RoadOutcome outcome = { .kind = ROAD_OUTCOME_NO_ANSWER };

  connect->deadline = G_MAXINT64;
  if (connect->attempt != NULL)
    road_attempt_give_up (connect->attempt);
  else
    end_connect (connect, &outcome);
}

static void
start_next (RoadClientConnector *self)
{
  Connect *connect = self->waiting.head->data;
  gint64 started;

  g_queue_unlink (&self->waiting, &connect->link);
  g_queue_push_tail_link (&self->under_way, &connect->link);
  connect->attempt = road_attempt_new (&connect->probe.address, connect->probe.port);
  road_attempt_start (connect->attempt, self->client, on_ended, connect);

  started = road_attempt_get_started (connect->attempt);
  connect->deadline =
      started == 0 ? G_MAXINT64 : started + connect->probe.timeout_ms * (gint64) 1000;
}

static gboolean
dispatch_work (gpointer user_data)
{
  RoadClientConnector *self = user_data;
  gint64 now = g_get_monotonic_time ();

  for (GList *link = self->under_way.head; link != NULL; link = link->next)
    {
      Connect *connect = link->data;

      if (connect->deadline <= now)
        give_up (connect);
    }

  for (guint i = 0; i < STARTS_PER_DISPATCH && self->waiting.length > 0 &&
                    self->under_way.length < ROAD_CLIENT_CONNECTOR_SIZE;
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

static void
road_client_connector_start (RoadConnector *connector, const RoadProbe *probes, guint n_probes)
{
  RoadClientConnector *self = ROAD_CLIENT_CONNECTOR (connector);

  for (guint i = 0; i < n_probes; i++)
    {
      Connect *connect = g_new0 (Connect, 1);

      connect->link.data = connect;
      connect->connector = self;
      connect->probe = probes[i];
      g_queue_push_tail_link (&self->waiting, &connect->link);
      g_hash_table_insert (self->connects, probes[i].tag, connect);
    }

  schedule (self);
}

static void
road_client_connector_give_up (RoadConnector *connector, gpointer tag)
{
  RoadClientConnector *self = ROAD_CLIENT_CONNECTOR (connector);
  Connect *connect = g_hash_table_lookup (self->connects, tag);

  if (connect != NULL)
    give_up (connect);
}

static void
road_client_connector_give_up_all (RoadConnector *connector)
{
  RoadClientConnector *self = ROAD_CLIENT_CONNECTOR (connector);

  while (self->waiting.length > 0)
    give_up (self->waiting.head->data);
  for (GList *link = self->under_way.head; link != NULL; link = link->next)
    give_up (link->data);
}

static void
road_client_connector_finalize (GObject *object)
{
  RoadClientConnector *self = ROAD_CLIENT_CONNECTOR (object);

  g_assert (self->waiting.length == 0 && self->under_way.length == 0);

  road_connector_remove_source (&self->work_source);
  road_connector_remove_source (&self->report_source);
  g_clear_pointer (&self->connects, g_hash_table_unref);
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
  self->client = road_attempt_client_new ();
  self->connects = g_hash_table_new (NULL, NULL);
}

/**
 * road_client_connector_new:
 * @func: called with what ended, in the thread-default main context of the caller
 * @user_data: for @func
 *
 * Returns: (transfer full): a connector, to be freed when nothing is pending
 */
RoadConnector *
road_client_connector_new (RoadConnectorFunc func, gpointer user_data)
{
  RoadConnector *connector = road_connector_new (ROAD_TYPE_CLIENT_CONNECTOR, func, user_data);
  RoadClientConnector *self = ROAD_CLIENT_CONNECTOR (connector);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  self->work_source = road_connector_add_source (context, -1, dispatch_work, self);
  self->report_source = road_connector_add_source (context, -1, dispatch_report, self);

  return connector;
}

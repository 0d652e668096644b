/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-check.h"

#include "road-client-connect.h"

/* So often, in ms, the kernel is asked whether it has retransmitted the SYN: it does not tell by itself. So
 * exact are the times of these SYNs. */
#define POLL_INTERVAL 10

/* A port that reaches only ourselves is tried from this many local ports. Then nothing listens there. */
#define MAX_SELF_CONNECTS 8

struct _RoadPortCheck
{
  GObject parent_instance;

  RoadAddress address;
  guint16 port;

  RoadClientConnect *connect; /* NULL unless it is connecting */
  gint64 started;
  gint64 deadline;
  guint poll_source;
  guint n_self_connects;
  RoadConnectTrace trace;
  char *message;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadPortCheck, road_port_check, G_TYPE_OBJECT)

static void start_connect (RoadPortCheck *self);

/* Adds the SYNs that were sent since the last time. */
static void
note_syns (RoadPortCheck *self, guint n_syns, gint64 now)
{
  while (self->trace.n_syns < n_syns)
    {
      if (self->trace.n_syns < ROAD_CONNECT_TRACE_MAX_SYNS)
        self->trace.syn_us[self->trace.n_syns] = (guint32) MAX (now - self->started, 0);
      self->trace.n_syns++;
    }
}

static gboolean
poll_connect (gpointer user_data)
{
  RoadPortCheck *self = user_data;
  const gint64 now = g_get_monotonic_time ();
  const guint n_syns = 1 + road_client_connect_get_n_retransmits (self->connect);

  if (now >= self->deadline)
    road_client_connect_give_up (self->connect);

  if (n_syns > self->trace.n_syns)
    {
      note_syns (self, n_syns, now);
      g_signal_emit (self, signals[CHANGED], 0);
    }

  return G_SOURCE_CONTINUE;
}

static void
set_outcome (RoadPortCheck *self, RoadOutcome *outcome)
{
  RoadConnectTrace *trace = &self->trace;

  if (outcome->kind != ROAD_OUTCOME_LOCAL_ERROR)
    note_syns (self, outcome->n_retransmits + 1, self->started + outcome->elapsed_us);
  trace->ended = TRUE;
  trace->kind = outcome->kind;
  trace->state = outcome->state;
  trace->reason = outcome->reason;
  trace->reason_from = outcome->reason_from;
  trace->rtt_us = outcome->rtt_us;
  trace->ended_us = outcome->elapsed_us;

  if (outcome->kind == ROAD_OUTCOME_NO_ANSWER || outcome->kind == ROAD_OUTCOME_HOST_DOWN)
    {
      trace->state = ROAD_PORT_FILTERED;
      trace->reason = ROAD_REASON_NO_RESPONSE;
    }
  else if (outcome->kind == ROAD_OUTCOME_SELF_CONNECT)
    {
      trace->kind = ROAD_OUTCOME_STATE;
      trace->state = ROAD_PORT_CLOSED;
      trace->reason = ROAD_REASON_CONN_REFUSED;
    }
  else if (outcome->kind == ROAD_OUTCOME_LOCAL_ERROR)
    {
      trace->state = ROAD_PORT_UNKNOWN;
      trace->reason = ROAD_REASON_NONE;
      if (outcome->error != NULL)
        self->message = g_strdup (outcome->error->message);
    }
}

static void
on_ended (RoadClientConnect *connect, RoadOutcome *outcome, gpointer user_data)
{
  g_autoptr (RoadPortCheck) self = user_data;

  g_clear_handle_id (&self->poll_source, g_source_remove);
  g_clear_object (&self->connect);

  if (outcome->kind == ROAD_OUTCOME_SELF_CONNECT && ++self->n_self_connects < MAX_SELF_CONNECTS)
    start_connect (self);
  else
    set_outcome (self, outcome);

  road_outcome_clear (outcome);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
start_connect (RoadPortCheck *self)
{
  g_autoptr (GSocketClient) client = road_client_connect_make_client ();

  self->connect = road_client_connect_new (&self->address, self->port);
  self->trace = (RoadConnectTrace){ .n_syns = 0 };
  road_client_connect_start (self->connect, client, on_ended, g_object_ref (self));

  self->started = road_client_connect_get_started (self->connect);
  self->trace.local_port = road_client_connect_get_local_port (self->connect);
  if (self->started != 0)
    note_syns (self, 1, self->started);
  self->poll_source = g_timeout_add (POLL_INTERVAL, poll_connect, self);
}

static void
road_port_check_finalize (GObject *object)
{
  g_clear_pointer (&ROAD_PORT_CHECK (object)->message, g_free);

  G_OBJECT_CLASS (road_port_check_parent_class)->finalize (object);
}

static void
road_port_check_class_init (RoadPortCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_port_check_finalize;

  /* Something was added to the trace. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_port_check_init (RoadPortCheck *self)
{
}

RoadPortCheck *
road_port_check_new (const RoadAddress *address, guint16 port)
{
  RoadPortCheck *self;

  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (ROAD_TYPE_PORT_CHECK, NULL);
  self->address = *address;
  self->port = port;

  return self;
}

/* Connects, in the thread-default main context of the caller, and gives up after @timeout_ms. May be called
 * once. The object lives at least until the end. */
void
road_port_check_start (RoadPortCheck *self, guint timeout_ms)
{
  g_return_if_fail (ROAD_IS_PORT_CHECK (self));
  g_return_if_fail (self->deadline == 0);

  self->deadline = g_get_monotonic_time () + timeout_ms * (gint64) 1000;
  start_connect (self);
}

/* Returns: what was recorded so far */
const RoadConnectTrace *
road_port_check_get_trace (RoadPortCheck *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_CHECK (self), NULL);

  return &self->trace;
}

/* Returns: for how long it has been connecting, or how long it took, in µs */
gint64
road_port_check_get_elapsed (RoadPortCheck *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_CHECK (self), 0);

  if (self->trace.ended)
    return self->trace.ended_us;

  return self->started == 0 ? 0 : g_get_monotonic_time () - self->started;
}

/* Returns: (nullable): what our own machine says, for %ROAD_OUTCOME_LOCAL_ERROR; translated */
const char *
road_port_check_get_message (RoadPortCheck *self)
{
  g_return_val_if_fail (ROAD_IS_PORT_CHECK (self), NULL);

  return self->message;
}

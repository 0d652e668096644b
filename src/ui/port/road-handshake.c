/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-handshake.h"

/* The length of a picture without any times, in µs for each way of a packet. */
#define SCHEMATIC_WAY 1000

/* A connection that is closed later than so many round-trip times after its start would squeeze its handshake. */
#define MAX_TIMES_TO_CLOSE 3

/* What the packets are made of. */
typedef struct
{
  RoadReason reason; /* %ROAD_REASON_NONE while there is no reply */
  RoadAddress from;
  gint64 reply_us; /* when the reply came here, after the last SYN; -1 if it is not known */
  gboolean reply_measured;
  gint64 way_us;    /* how long a packet takes to the host, as a guess */
  gint64 closed_us; /* when we closed the connection, after the first SYN */
  gboolean closed_measured;
  gboolean half_open;
} Reply;

static RoadHandshake *
handshake_new (guint16 port)
{
  RoadHandshake *self = g_new0 (RoadHandshake, 1);

  self->packets = g_array_new (FALSE, FALSE, sizeof (RoadPacket));
  self->port = port;
  self->duration_us = 1;
  self->scale_us = G_MAXINT64;

  return self;
}

static void
add (RoadHandshake *self, RoadPacket packet)
{
  g_array_append_val (self->packets, packet);
  self->duration_us = MAX (self->duration_us, MAX (packet.sent_us, packet.arrived_us));
}

static void
add_syn (RoadHandshake *self, gint64 at, gint64 way, gboolean lost, gboolean measured)
{
  add (self, (RoadPacket){ .kind = ROAD_PACKET_SYN,
                           .lost = lost,
                           .measured = measured,
                           .sent_us = at,
                           .arrived_us = at + way });
}

/* Whether the reason is an ICMP error. */
static gboolean
is_icmp (RoadReason reason)
{
  return reason >= ROAD_REASON_NET_UNREACH && reason <= ROAD_REASON_TIME_EXCEEDED;
}

static gboolean
is_answer (RoadReason reason)
{
  return reason == ROAD_REASON_SYN_ACK || reason == ROAD_REASON_CONN_REFUSED ||
         reason == ROAD_REASON_RESET || is_icmp (reason);
}

/* After an answered SYN-ACK: a connect ends with ACK, and we close it with RST, as we have nothing to say. A
 * half-open scan sends the RST at once. */
static void
add_end (RoadHandshake *self, gint64 at, const Reply *reply)
{
  const gint64 closed = MAX (reply->closed_us, at);

  if (!reply->half_open)
    add (self,
         (RoadPacket){ .kind = ROAD_PACKET_ACK, .sent_us = at, .arrived_us = at + reply->way_us });
  add (self, (RoadPacket){ .kind = ROAD_PACKET_RST,
                           .measured = reply->closed_measured,
                           .sent_us = closed,
                           .arrived_us = closed + reply->way_us });
}

/* Adds the reply to a SYN that was sent at @syn_us. */
static void
add_reply (RoadHandshake *self, gint64 syn_us, const Reply *reply)
{
  RoadPacket packet = {
    .kind = ROAD_PACKET_RST,
    .incoming = TRUE,
    .measured = reply->reply_measured,
    .sent_us = syn_us + reply->way_us,
    .arrived_us = syn_us + reply->reply_us,
  };

  if (reply->reason == ROAD_REASON_SYN_ACK)
    packet.kind = ROAD_PACKET_SYN_ACK;
  else if (is_icmp (reply->reason))
    packet.kind = ROAD_PACKET_ICMP;
  add (self, packet);

  if (packet.kind == ROAD_PACKET_SYN_ACK)
    add_end (self, packet.arrived_us, reply);
}

static void
set_sender (RoadHandshake *self, const Reply *reply, const RoadAddress *target)
{
  RoadAddress target_without_zone = *target;

  target_without_zone.scope_id = 0;
  if (!is_icmp (reply->reason) || road_address_equal (&reply->from, target) ||
      road_address_equal (&reply->from, &target_without_zone))
    return;

  self->has_router = TRUE;
  self->router = reply->from;
}

/* How long a packet takes to whoever replied. */
static gint64
get_way (const Reply *reply, guint host_latency_us)
{
  return reply->reply_us >= 0 ? reply->reply_us / 2 : host_latency_us / 2;
}

/* Completes what is known of the reply: if its time is not, another reply of the host took about as long. */
static void
guess_reply (RoadHandshake *self, Reply *reply, guint host_latency_us)
{
  if (reply->reply_us >= 0)
    return;

  if (host_latency_us > 0 && !is_icmp (reply->reason))
    {
      reply->reply_us = host_latency_us;
      self->inferred |= ROAD_INFERRED_REPLY;
    }
  else
    {
      reply->reply_us = 2 * SCHEMATIC_WAY;
      self->inferred |= ROAD_INFERRED_NO_TIME;
    }
}

static void
add_silence (RoadHandshake *self, const RoadPortResult *result, guint host_latency_us)
{
  const gint64 total = result->silent_ms * (gint64) 1000;
  const guint n = MAX (result->n_silent, 1);

  self->gave_up_us = total;
  self->inferred |= result->n_silent == 0 ? ROAD_INFERRED_COUNT : 0;
  if (total == 0)
    {
      self->inferred |= ROAD_INFERRED_NO_TIME;
      add_syn (self, 0, SCHEMATIC_WAY, TRUE, FALSE);
      self->duration_us = 2 * SCHEMATIC_WAY;
      return;
    }

  self->inferred |= n > 1 ? ROAD_INFERRED_TIMES : 0;
  for (guint i = 0; i < n; i++)
    add_syn (self, total * i / n, host_latency_us / 2, TRUE, i == 0);
  self->duration_us = MAX (self->duration_us, total);
}

/**
 * road_handshake_new_from_result:
 * @result: a result of a scan, of which few times are recorded
 * @target: the host's address
 * @host_latency_us: the host's latency in µs; 0 if it is not known
 * @half_open: whether the scanner sent SYNs without connecting
 *
 * Returns: (transfer full) (nullable): what must have happened; %NULL if the reason is none that a packet tells
 */
RoadHandshake *
road_handshake_new_from_result (const RoadPortResult *result,
                                const RoadAddress *target,
                                guint host_latency_us,
                                gboolean half_open)
{
  RoadHandshake *self;
  Reply reply = { .reply_us = -1, .half_open = half_open };

  g_return_val_if_fail (result != NULL && target != NULL, NULL);

  reply.reason = result->reason;
  reply.from = result->reason_from;
  if (!is_answer (reply.reason) && reply.reason != ROAD_REASON_NO_RESPONSE)
    return NULL;

  self = handshake_new (result->port);
  self->ended = TRUE;
  if (reply.reason == ROAD_REASON_NO_RESPONSE)
    {
      add_silence (self, result, host_latency_us);
      return self;
    }

  if (result->latency_us > 0)
    {
      reply.reply_us = result->latency_us;
      reply.reply_measured = TRUE;
    }
  guess_reply (self, &reply, host_latency_us);
  reply.way_us = get_way (&reply, host_latency_us);
  set_sender (self, &reply, target);
  add_syn (self, 0, reply.way_us, FALSE, TRUE);
  add_reply (self, 0, &reply);

  return self;
}

/* The time of the reply after the last SYN. The kernel measures the round-trip time only if it did not repeat
 * the SYN; else all that is known is when we saw the reply. */
static gint64
get_reply_time (const RoadConnectTrace *trace, gint64 last_syn_us)
{
  if (trace->n_syns <= 1 && trace->rtt_us > 0)
    return trace->rtt_us;

  return MAX (trace->ended_us - last_syn_us, 0);
}

static void
add_traced_end (RoadHandshake *self,
                const RoadConnectTrace *trace,
                const RoadAddress *target,
                gint64 last_syn_us,
                gint64 way_us)
{
  Reply reply = {
    .reason = trace->reason,
    .from = trace->reason_from,
    .reply_us = get_reply_time (trace, last_syn_us),
    .reply_measured = TRUE,
    .way_us = way_us,
    .closed_us = trace->ended_us,
    .closed_measured = TRUE,
  };

  self->ended = TRUE;
  self->duration_us = MAX (self->duration_us, trace->ended_us);
  if (trace->kind != ROAD_OUTCOME_STATE)
    {
      self->gave_up_us = trace->ended_us;
      return;
    }

  set_sender (self, &reply, target);
  add_reply (self, last_syn_us, &reply);

  /* When we close is no property of the port. */
  if (reply.closed_us - last_syn_us > MAX_TIMES_TO_CLOSE * reply.reply_us)
    self->scale_us = last_syn_us + reply.reply_us + MAX (reply.way_us, 1);
}

/**
 * road_handshake_new_from_trace:
 * @trace: a connect as it was measured, perhaps so far
 * @target: the host's address
 * @port: the port
 * @host_latency_us: the host's latency in µs; 0 if it is not known
 * @now_us: how long the connect has taken so far, in µs
 *
 * Returns: (transfer full): what happened
 */
RoadHandshake *
road_handshake_new_from_trace (const RoadConnectTrace *trace,
                               const RoadAddress *target,
                               guint16 port,
                               guint host_latency_us,
                               gint64 now_us)
{
  RoadHandshake *self;
  const gboolean answered = trace->ended && trace->kind == ROAD_OUTCOME_STATE;
  guint n;
  gint64 last_syn_us;
  gint64 way_us = host_latency_us / 2;

  g_return_val_if_fail (trace != NULL && target != NULL, NULL);

  self = handshake_new (port);
  self->local_port = trace->local_port;
  if (trace->ended &&
      (trace->kind == ROAD_OUTCOME_LOCAL_ERROR || trace->kind == ROAD_OUTCOME_HOST_DOWN))
    {
      self->ended = TRUE;
      self->failed_here = TRUE;
      return self;
    }

  n = MIN (trace->n_syns, ROAD_CONNECT_TRACE_MAX_SYNS);
  last_syn_us = n > 0 ? trace->syn_us[n - 1] : 0;
  if (answered)
    way_us = get_reply_time (trace, last_syn_us) / 2;
  for (guint i = 0; i < n; i++)
    add_syn (self, trace->syn_us[i], way_us, !answered || i + 1 < n, TRUE);

  if (trace->ended)
    add_traced_end (self, trace, target, last_syn_us, way_us);
  else
    self->duration_us = MAX (self->duration_us, now_us);

  return self;
}

/**
 * road_handshake_new_example:
 * @state: %ROAD_PORT_OPEN, %ROAD_PORT_CLOSED or %ROAD_PORT_FILTERED
 *
 * Returns: (transfer full): a handshake as in a textbook, for comparison
 */
RoadHandshake *
road_handshake_new_example (RoadPortState state)
{
  const RoadAddress target = ROAD_ADDRESS_NONE;
  RoadConnectTrace trace = { .n_syns = 1, .ended = TRUE, .kind = ROAD_OUTCOME_STATE };

  trace.rtt_us = trace.ended_us = 20 * 1000;
  trace.state = state;
  switch (state)
    {
    case ROAD_PORT_OPEN:
      trace.reason = ROAD_REASON_SYN_ACK;
      break;
    case ROAD_PORT_CLOSED:
      trace.reason = ROAD_REASON_CONN_REFUSED;
      break;
    case ROAD_PORT_FILTERED:
      trace.kind = ROAD_OUTCOME_NO_ANSWER;
      trace.n_syns = 3;
      trace.syn_us[1] = 1 * G_USEC_PER_SEC;
      trace.syn_us[2] = 3 * G_USEC_PER_SEC;
      trace.ended_us = 4 * G_USEC_PER_SEC;
      break;
    case ROAD_PORT_UNKNOWN:
    default:
      g_return_val_if_reached (NULL);
    }

  return road_handshake_new_from_trace (&trace, &target, 0, 0, trace.ended_us);
}

static gboolean
packet_equal (const RoadPacket *a, const RoadPacket *b)
{
  return a->kind == b->kind && a->incoming == b->incoming && a->lost == b->lost &&
         a->measured == b->measured && a->sent_us == b->sent_us && a->arrived_us == b->arrived_us;
}

/* Returns: whether their pictures are the same */
gboolean
road_handshake_equal (const RoadHandshake *a, const RoadHandshake *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->packets->len != b->packets->len)
    return FALSE;

  for (guint i = 0; i < a->packets->len; i++)
    {
      if (!packet_equal (&g_array_index (a->packets, RoadPacket, i),
                         &g_array_index (b->packets, RoadPacket, i)))
        return FALSE;
    }

  return a->local_port == b->local_port && a->port == b->port &&
         road_address_equal (&a->router, &b->router) && a->has_router == b->has_router &&
         a->ended == b->ended && a->failed_here == b->failed_here &&
         a->gave_up_us == b->gave_up_us && a->duration_us == b->duration_us &&
         a->scale_us == b->scale_us && a->inferred == b->inferred;
}

/* Returns: the time that the length of the picture stands for, in µs, at least 1 */
gint64
road_handshake_get_scale (const RoadHandshake *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return CLAMP (self->scale_us, 1, self->duration_us);
}

void
road_handshake_free (RoadHandshake *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->packets);
  g_free (self);
}

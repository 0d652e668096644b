/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-host.h"

/* After our own machine failed or nobody had the address, the host is left alone for so long, in ms;
 * twice as long with each failure in a row, up to the greatest. */
#define HOLD_MS 50
#define MAX_HOLD_MS 1000

/* Our own machine needs 3 s to find out that nobody has an address on its link (ARP and RFC 4861 section
 * 10: three questions, a second apart). So long, in ms, the quick round trips of other hosts do not
 * shorten the deadlines of one that is silent: it would seem filtered when it is not there. */
#define RESOLUTION_MS 4000

/* A port that reaches only ourselves is tried from so many local ports. Nothing listens there then:
 * the kernel gives nobody a local port that a listener has. */
#define MAX_SELF_CONNECTS 8

typedef struct
{
  RoadProbe probe;
  gint64 not_before;
} Retry;

struct _RoadScanHost
{
  RoadHost *host;
  RoadAddress address;
  GInetAddress *inet;
  RoadRtt rtt;

  const guint16 *ports; /* of the scan, in the order in which they are tried */
  guint n_ports;
  guint next_port;
  guint n_left; /* ports without a result */
  guint n_in_flight;

  GArray *retries; /* of Retry, a heap by not_before */
  GArray *results; /* of RoadPortResult, since the last flush */

  gint64 first_probe_at;
  gint64 hold_until;
  guint n_failures; /* in a row */

  gboolean suspect; /* nobody seemed to have the address */
  gboolean down;
  gboolean answered;

  gint64 exact_latency_us; /* smoothed, from the kernel's own measurement */
  gint64 least_elapsed_us;
};

/**
 * road_scan_host_new:
 * @target: what to scan
 * @ports: (array length=n_ports): the ports in the order in which they are tried; owned by the
 *   scan, which outlives the host
 * @n_ports: how many
 *
 * Returns: (transfer full): free it with road_scan_host_free()
 */
RoadScanHost *
road_scan_host_new (const RoadTarget *target, const guint16 *ports, guint n_ports)
{
  RoadScanHost *self;

  g_return_val_if_fail (target != NULL, NULL);

  self = g_new0 (RoadScanHost, 1);
  self->host = road_host_new (&target->address, target->name, target->other_addresses);
  self->address = target->address;
  self->inet = road_address_to_inet (&target->address);
  self->ports = ports;
  self->n_ports = n_ports;
  self->n_left = n_ports;
  self->retries = g_array_new (FALSE, FALSE, sizeof (Retry));
  self->results = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  self->least_elapsed_us = G_MAXINT64;

  return self;
}

/**
 * road_scan_host_free:
 * @self: (transfer full): a host with nothing in flight
 */
void
road_scan_host_free (RoadScanHost *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->n_in_flight == 0);

  g_clear_object (&self->host);
  g_clear_object (&self->inet);
  g_clear_pointer (&self->retries, g_array_unref);
  g_clear_pointer (&self->results, g_array_unref);
  g_free (self);
}

/**
 * road_scan_host_get_host:
 * @self: a host
 *
 * Returns: (transfer none): what is found out about it
 */
RoadHost *
road_scan_host_get_host (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

static Retry *
get_retry (RoadScanHost *self, guint index)
{
  return &g_array_index (self->retries, Retry, index);
}

static void
swap_retries (RoadScanHost *self, guint a, guint b)
{
  Retry retry = *get_retry (self, a);

  *get_retry (self, a) = *get_retry (self, b);
  *get_retry (self, b) = retry;
}

static void
push_retry (RoadScanHost *self, const RoadProbe *probe, gint64 not_before)
{
  Retry retry = { *probe, not_before };
  guint i = self->retries->len;

  g_array_append_val (self->retries, retry);

  while (i > 0 && get_retry (self, (i - 1) / 2)->not_before > get_retry (self, i)->not_before)
    {
      swap_retries (self, i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
}

static void
pop_retry (RoadScanHost *self, RoadProbe *probe)
{
  guint i = 0;
  guint n = self->retries->len - 1;

  *probe = get_retry (self, 0)->probe;
  swap_retries (self, 0, n);
  g_array_set_size (self->retries, n);

  while (TRUE)
    {
      guint least = i;

      for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < n; child++)
        {
          if (get_retry (self, child)->not_before < get_retry (self, least)->not_before)
            least = child;
        }

      if (least == i)
        return;

      swap_retries (self, i, least);
      i = least;
    }
}

/**
 * road_scan_host_take_probe:
 * @self: a host
 * @pacer: the scan's pacer
 * @now: the time in µs
 * @probe: (out): what to connect to next
 * @next: (inout): lowered to when to ask again if there is nothing now, in µs
 *
 * Returns: %FALSE if there is nothing to connect to now
 */
gboolean
road_scan_host_take_probe (
    RoadScanHost *self, RoadPacer *pacer, gint64 now, RoadProbe *probe, gint64 *next)
{
  gboolean is_unknown;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (probe != NULL && next != NULL, FALSE);

  if (self->hold_until > now)
    {
      *next = MIN (*next, self->hold_until);
      return FALSE;
    }

  if (self->retries->len > 0 && get_retry (self, 0)->not_before <= now)
    {
      pop_retry (self, probe);
    }
  else if (self->next_port < self->n_ports && !self->suspect)
    {
      *probe = (RoadProbe){
        .address = self->address,
        .inet = self->inet,
        .port = self->ports[self->next_port++],
        .tag = self,
      };
    }
  else
    {
      if (self->retries->len > 0)
        *next = MIN (*next, get_retry (self, 0)->not_before);
      return FALSE;
    }

  if (self->first_probe_at == 0)
    self->first_probe_at = now;
  is_unknown = self->rtt.srtt_us == 0 && now - self->first_probe_at < RESOLUTION_MS * (gint64) 1000;
  probe->timeout_ms =
      road_pacer_get_timeout (pacer, is_unknown ? NULL : &self->rtt, probe->attempt);
  self->n_in_flight++;

  return TRUE;
}

static void
add_result (RoadScanHost *self,
            const RoadProbe *probe,
            RoadPortState state,
            RoadReason reason,
            const RoadOutcome *outcome)
{
  const RoadPortResult result = {
    .port = probe->port,
    .state = (guint8) state,
    .reason = (guint8) reason,
    .latency_us = outcome->rtt_us,
    .reason_from = outcome->reason_from,
  };

  g_array_append_val (self->results, result);
  self->n_left--;
}

static void
hold (RoadScanHost *self, gint64 now)
{
  gint64 hold_ms = MIN (HOLD_MS << MIN (self->n_failures, 10), MAX_HOLD_MS);

  self->n_failures++;
  self->hold_until = now + hold_ms * 1000;
}

/* Something came back. */
static void
note_answer (RoadScanHost *self, RoadPacer *pacer, const RoadOutcome *outcome)
{
  gboolean sure = outcome->n_retransmits == 0;

  /* A router's rejection does not say that the host is there. */
  if (outcome->state != ROAD_PORT_FILTERED ||
      road_address_equal (&outcome->reason_from, &self->address))
    {
      if (!self->answered)
        road_host_set_state (self->host, ROAD_HOST_UP, outcome->reason);
      self->answered = TRUE;

      if (sure)
        self->least_elapsed_us = MIN (self->least_elapsed_us, outcome->elapsed_us);
      if (sure && outcome->rtt_us != 0)
        self->exact_latency_us = self->exact_latency_us == 0
                                     ? outcome->rtt_us
                                     : (self->exact_latency_us * 7 + outcome->rtt_us) / 8;
    }

  self->suspect = FALSE;
  self->n_failures = 0;
  road_pacer_answered (pacer, &self->rtt, sure ? outcome->elapsed_us : 0);
}

static RoadScanHostChange
handle_no_answer (RoadScanHost *self,
                  RoadPacer *pacer,
                  gint64 now,
                  const RoadProbe *probe,
                  const RoadOutcome *outcome)
{
  RoadProbe again = *probe;
  guint delay_ms;

  if (!road_pacer_get_retry (pacer, probe->attempt, &delay_ms))
    {
      add_result (self, probe, ROAD_PORT_FILTERED, ROAD_REASON_NO_RESPONSE, outcome);
      return ROAD_SCAN_HOST_RESULT;
    }

  again.attempt = (guint8) MIN (again.attempt + 1, G_MAXUINT8);
  push_retry (self, &again, now + delay_ms * (gint64) 1000);
  return ROAD_SCAN_HOST_WAITS;
}

/* Nobody seems to have the address. One more look, alone, then it is down. */
static RoadScanHostChange
handle_host_down (RoadScanHost *self,
                  RoadPacer *pacer,
                  gint64 now,
                  const RoadProbe *probe,
                  const RoadOutcome *outcome)
{
  RoadProbe again = *probe;

  if (self->answered)
    return handle_no_answer (self, pacer, now, probe, outcome);

  if (probe->attempt > 0)
    {
      self->down = TRUE;
      road_host_set_state (self->host, ROAD_HOST_DOWN, ROAD_REASON_NO_RESPONSE);
      road_scan_host_drop (self);
      return ROAD_SCAN_HOST_IGNORED;
    }

  self->suspect = TRUE;
  again.attempt = 1;
  hold (self, now);
  push_retry (self, &again, self->hold_until);
  return ROAD_SCAN_HOST_WAITS;
}

static RoadScanHostChange
handle_self_connect (RoadScanHost *self,
                     gint64 now,
                     const RoadProbe *probe,
                     const RoadOutcome *outcome)
{
  RoadProbe again = *probe;

  if (++again.n_self_connects >= MAX_SELF_CONNECTS)
    {
      add_result (self, probe, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, outcome);
      return ROAD_SCAN_HOST_RESULT;
    }

  push_retry (self, &again, now);
  return ROAD_SCAN_HOST_WAITS;
}

/**
 * road_scan_host_handle:
 * @self: a host
 * @pacer: the scan's pacer
 * @now: the time in µs
 * @probe: a probe that road_scan_host_take_probe() gave
 * @outcome: how it ended
 *
 * Draws the conclusions from an outcome: a result, another try, or the host is down.
 *
 * Returns: what the outcome meant
 */
RoadScanHostChange
road_scan_host_handle (RoadScanHost *self,
                       RoadPacer *pacer,
                       gint64 now,
                       const RoadProbe *probe,
                       const RoadOutcome *outcome)
{
  g_return_val_if_fail (self != NULL, ROAD_SCAN_HOST_IGNORED);
  g_return_val_if_fail (self->n_in_flight > 0, ROAD_SCAN_HOST_IGNORED);

  self->n_in_flight--;

  if (self->n_left == 0)
    return ROAD_SCAN_HOST_IGNORED;

  switch (outcome->kind)
    {
    case ROAD_OUTCOME_STATE:
      note_answer (self, pacer, outcome);
      add_result (self, probe, outcome->state, outcome->reason, outcome);
      return ROAD_SCAN_HOST_RESULT;

    case ROAD_OUTCOME_NO_ANSWER:
      self->suspect = FALSE;
      self->n_failures = 0;
      return handle_no_answer (self, pacer, now, probe, outcome);

    case ROAD_OUTCOME_HOST_DOWN:
      return handle_host_down (self, pacer, now, probe, outcome);

    case ROAD_OUTCOME_SELF_CONNECT:
      return handle_self_connect (self, now, probe, outcome);

    case ROAD_OUTCOME_LOCAL_ERROR:
      road_pacer_local_failure (pacer);
      if (self->hold_until <= now)
        hold (self, now);
      push_retry (self, probe, self->hold_until);
      return ROAD_SCAN_HOST_LOCAL_ERROR;

    default:
      g_assert_not_reached ();
    }
}

/**
 * road_scan_host_drop:
 * @self: a host
 *
 * Leaves out the ports that have no result yet.
 */
void
road_scan_host_drop (RoadScanHost *self)
{
  g_return_if_fail (self != NULL);

  self->n_left = 0;
  self->next_port = self->n_ports;
  g_array_set_size (self->retries, 0);
}

/**
 * road_scan_host_flush:
 * @self: a host
 *
 * Gives what was found out since the last time to the #RoadHost.
 *
 * Returns: how many results that were
 */
guint
road_scan_host_flush (RoadScanHost *self)
{
  guint n_results;

  g_return_val_if_fail (self != NULL, 0);

  if (self->exact_latency_us != 0)
    road_host_set_latency (self->host, (guint) self->exact_latency_us);
  else if (self->least_elapsed_us != G_MAXINT64)
    road_host_set_latency (self->host, (guint) MAX (self->least_elapsed_us, 1));

  n_results = self->results->len;
  road_host_add_results (self->host, (const RoadPortResult *) (gpointer) self->results->data,
                         n_results);
  g_array_set_size (self->results, 0);

  return n_results;
}

/**
 * road_scan_host_get_answered:
 * @self: a host
 *
 * Returns: whether the host itself answered
 */
gboolean
road_scan_host_get_answered (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->answered;
}

/**
 * road_scan_host_get_down:
 * @self: a host
 *
 * Returns: whether nobody has the address
 */
gboolean
road_scan_host_get_down (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->down;
}

/**
 * road_scan_host_is_done:
 * @self: a host
 *
 * Returns: whether nothing is left to do and nothing is in flight
 */
gboolean
road_scan_host_is_done (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->n_left == 0 && self->n_in_flight == 0;
}

/**
 * road_scan_host_get_n_left:
 * @self: a host
 *
 * Returns: how many ports have no result yet
 */
guint
road_scan_host_get_n_left (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_left;
}

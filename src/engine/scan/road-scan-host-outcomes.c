/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-host-private.h"

/* How long the host is left alone, in ms, after our own machine failed or if nobody has the address; twice as
 * long with each failure in a row, up to the maximum. */
#define HOLD_MS 50
#define MAX_HOLD_MS 1000

/* Before it reports a neighbour as missing, the kernel asks for its address three times, a second apart
 * (ucast_solicit, mcast_solicit and retrans_time_ms of its neighbour table). A probe that failed sooner, in
 * µs, had less than that. */
#define NEIGHBOUR_PATIENCE 2500000

/* A port that reaches only ourselves is probed from this many local ports. Then nothing listens there: the
 * kernel never assigns a local port that is being listened on. */
#define MAX_SELF_CONNECTS 8

static void
hold (RoadScanHost *self, gint64 now)
{
  gint64 hold_ms = MIN (HOLD_MS << MIN (self->n_failures, 10), MAX_HOLD_MS);

  self->n_failures++;
  self->hold_until = now + hold_ms * 1000;
}

/* Something on the probe's path answered: a port of the host, or a check. */
static void
note_path_answer (RoadScanHost *self,
                  gint64 now,
                  const RoadHostProbe *probe,
                  const RoadOutcome *outcome)
{
  RoadScanPath *path = probe->path;
  gint64 sent_at = probe->retries.sent_at;
  gint64 rtt_us = outcome->seen_late || outcome->delayed ? 0 : outcome->elapsed_us;

  if (road_pacer_answered (self->plan->pacer, &path->pace, now, &probe->retries, rtt_us,
                           outcome->n_retransmits))
    {
      road_path_check_answered_late (&path->check, now, sent_at);
      road_path_check_answered_late (&self->plan->path.check, now, sent_at);
      return;
    }

  road_path_check_answered (&path->check, &probe->address, probe->port, sent_at);
  road_path_check_answered (&self->plan->path.check, &probe->address, probe->port, sent_at);
}

static void
set_answered (RoadScanHost *self, RoadReason reason)
{
  self->answered = TRUE;
  road_host_set_state (self->results.host, ROAD_HOST_UP, reason);
  road_progress_answer_host (&self->plan->progress);
}

/* The host itself answered. */
static void
note_answer (RoadScanHost *self, gint64 now, RoadHostProbe *probe, const RoadOutcome *outcome)
{
  if (!self->answered)
    {
      set_answered (self, outcome->reason);
      road_pacer_host_found (self->plan->pacer, self->discovery.first_sent_at,
                             probe->retries.sent_at);
      self->probes.review_at = 0;
    }
  self->suspect = FALSE;
  self->n_failures = 0;

  road_host_results_add_latency (&self->results, outcome);
  note_path_answer (self, now, probe, outcome);
}

static void
handle_check (RoadScanHost *self, gint64 now, RoadHostProbe *probe, const RoadOutcome *outcome)
{
  if (outcome->kind == ROAD_OUTCOME_STATE && outcome->state != ROAD_PORT_FILTERED)
    note_path_answer (self, now, probe, outcome);

  g_free (probe);
}

static void
handle_state (RoadScanHost *self, gint64 now, RoadHostProbe *probe, const RoadOutcome *outcome)
{
  /* A router's rejection does not say that the host is there, and routers limit how many they send: a
   * missing one is no loss. */
  if (outcome->state != ROAD_PORT_FILTERED)
    note_answer (self, now, probe, outcome);
  else if (road_address_equal (&outcome->reason_from, &self->address) && !self->answered)
    set_answered (self, outcome->reason);

  if (probe->purpose == ROAD_PROBE_RESULT)
    road_scan_host_add_result (self, probe->port, outcome->state, outcome->reason, outcome);

  g_free (probe);
}

/* The kernel repeats a SYN every second, at first (tcp_syn_linear_timeouts; RFC 6298 2.1): a repeat that
 * was waited for as long as a SYN of ours counts as a probe, too. */
static void
note_silent_host (RoadScanHost *self, const RoadRetries *retries, guint n_repeats, gint64 until)
{
  road_discovery_silent (&self->discovery, retries->sent_at, until);
  for (guint i = 1; i <= n_repeats; i++)
    {
      gint64 sent_at = retries->sent_at + i * G_USEC_PER_SEC;

      if (sent_at + road_scan_host_get_timeout_us (self) <= until)
        road_discovery_silent (&self->discovery, sent_at, until);
    }
}

static void
handle_silence (RoadScanHost *self, gint64 now, RoadHostProbe *probe, guint n_repeats)
{
  RoadRetries *retries = &probe->retries;
  gint64 until = retries->sent_at + retries->timeout_ms * (gint64) 1000;
  gint64 again_at = now;

  if (road_scan_host_is_discovering (self))
    note_silent_host (self, retries, n_repeats, until);

  if (road_pacer_judge (self->plan->pacer, &self->path.pace, now, retries, &again_at))
    g_queue_push_tail (&self->unjudged, probe);
  else
    road_host_probes_retry (&self->probes, probe, again_at);
}

/* Nobody seems to have the address. If the kernel gave up too soon to have asked for it properly, look once
 * more, with a single probe. */
static void
handle_host_down (RoadScanHost *self, gint64 now, RoadHostProbe *probe, const RoadOutcome *outcome)
{
  if (self->answered)
    {
      handle_silence (self, now, probe, 0);
      return;
    }

  if (outcome->elapsed_us >= NEIGHBOUR_PATIENCE || (self->suspect && probe->retries.n_retries > 0))
    {
      g_free (probe);
      road_scan_host_mark_down (self, now);
      return;
    }

  self->suspect = TRUE;
  probe->retries.n_retries++;
  hold (self, now);
  road_host_probes_retry (&self->probes, probe, self->hold_until);
}

static void
handle_self_connect (RoadScanHost *self,
                     gint64 now,
                     RoadHostProbe *probe,
                     const RoadOutcome *outcome)
{
  if (++probe->n_self_connects < MAX_SELF_CONNECTS)
    {
      road_host_probes_retry (&self->probes, probe, now);
      return;
    }

  if (probe->purpose == ROAD_PROBE_RESULT)
    road_scan_host_add_result (self, probe->port, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED,
                               outcome);
  g_free (probe);
}

static void
handle_local_error (RoadScanHost *self, gint64 now, RoadHostProbe *probe)
{
  road_pacer_local_failure (self->plan->pacer);
  if (self->failing_since == 0)
    self->failing_since = now;
  if (self->hold_until <= now)
    hold (self, now);
  road_host_probes_retry (&self->probes, probe, self->hold_until);
}

static void
handle_port (RoadScanHost *self, gint64 now, RoadHostProbe *probe, const RoadOutcome *outcome)
{
  if (outcome->kind != ROAD_OUTCOME_LOCAL_ERROR)
    {
      self->failing_since = 0;
      self->reached = TRUE;
    }

  switch (outcome->kind)
    {
    case ROAD_OUTCOME_STATE:
      handle_state (self, now, probe, outcome);
      break;
    case ROAD_OUTCOME_NO_ANSWER:
      self->suspect = FALSE;
      self->n_failures = 0;
      handle_silence (self, now, probe, outcome->n_retransmits);
      break;
    case ROAD_OUTCOME_HOST_DOWN:
      handle_host_down (self, now, probe, outcome);
      break;
    case ROAD_OUTCOME_SELF_CONNECT:
      handle_self_connect (self, now, probe, outcome);
      break;
    case ROAD_OUTCOME_LOCAL_ERROR:
      handle_local_error (self, now, probe);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * road_scan_host_handle:
 * @probe: a probe that road_scan_host_take_probe() gave
 * @outcome: how it ended
 *
 * Draws the conclusions from an outcome: a result, a retry, or the host is down.
 */
void
road_scan_host_handle (RoadScanHost *self,
                       gint64 now,
                       const RoadProbe *probe,
                       const RoadOutcome *outcome)
{
  RoadHostProbe *host_probe = probe->tag;

  g_return_if_fail (self != NULL);

  road_host_probes_end (&self->probes, host_probe);

  if (host_probe->purpose == ROAD_PROBE_CHECK)
    handle_check (self, now, host_probe, outcome);
  else if (road_scan_host_is_busy (self))
    handle_port (self, now, host_probe, outcome);
  else
    g_free (host_probe);

  if (road_scan_host_is_busy (self))
    road_scan_host_judge (self, now);
}

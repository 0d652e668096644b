/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "road-pacer-private.h"

/* What a timing means. The first timeout is used until a round-trip time is known; the minimum timeout
 * leaves room for a busy machine, for ARP and for a variance that the estimate has not seen yet. (RFC 6298
 * says 1 s for both, for transfers that a needless retransmission would slow down; here a probe that was
 * given up too early is only sent again.) For a host that has not answered, where so many round trips of
 * others are known that their longest is no accident, it is as low as nmap's (MIN_RTT_TIMEOUT, 100 ms).
 * Home routers keep a table of some thousand connections; normal leaves most of it to others in the house.
 * Its initial host window, 128 SYNs of 60 bytes, is half of what a TCP connection may start with (RFC 6928:
 * 14,600 bytes). */
static const RoadPacerTiming timings[] = {
  [ROAD_TIMING_POLITE] = { 64, 16, 8, 1000, 500, 500 },
  [ROAD_TIMING_NORMAL] = { 2000, 256, 128, 500, 200, 100 },
  [ROAD_TIMING_FAST] = { 4000, 1024, 256, 300, 100, 100 },
};

/* How long an answer is assumed to take, in µs: before a round-trip time is known, and at least. */
#define FIRST_AGE 100000
#define MIN_AGE 20000

/* A silent port is filtered when the expected number of wrong verdicts in the whole scan is below this. */
#define ACCEPTED_ERRORS 0.01

/* At least this many ports are assumed to answer, when few have so far. */
#define MIN_ANSWERABLE 10

/* A host must have answered so many SYNs before more answers are expected of it. */
#define MIN_RELIABLE 5

/* Unless the user limits retries, a single silent probe never decides. */
#define MIN_PROBES 2

/* The spacing of retries, in µs, which grows with each, so that a burst of loss is over by then. Up to as
 * much again is added at random: a device that enforces a rate limit drops SYNs at even intervals, and probes
 * in step with it would be lost each time. */
#define RETRY_SPACING 50000

/**
 * road_pacer_new:
 * @limits: what the user wants
 *
 * Returns: (transfer full): a pacer; free it with road_pacer_free()
 */
RoadPacer *
road_pacer_new (const RoadPacerLimits *limits)
{
  RoadPacer *self;

  g_return_val_if_fail (limits != NULL, NULL);
  g_return_val_if_fail (limits->timing < G_N_ELEMENTS (timings), NULL);

  self = g_new0 (RoadPacer, 1);
  self->timing = &timings[limits->timing];
  self->max_in_flight =
      limits->max_in_flight != 0 ? limits->max_in_flight : self->timing->max_in_flight;
  self->max_files = limits->max_files;
  if (limits->max_files != 0)
    self->max_in_flight = MIN (self->max_in_flight, limits->max_files);
  self->local_window = self->max_in_flight;
  self->timeout_ms = limits->timeout_ms;
  self->max_retries = limits->max_retries;

  road_congestion_init (&self->path, self->timing->window, self->max_in_flight,
                        limits->max_rate != 0 ? limits->max_rate
                                              : road_timing_get_max_rate (limits->timing));

  return self;
}

void
road_pacer_set_n_targets (RoadPacer *self, guint64 n_targets)
{
  g_return_if_fail (self != NULL);

  self->n_targets = n_targets;
}

void
road_pacer_free (RoadPacer *self)
{
  g_free (self);
}

/* How long an answer may take, in µs. */
static gint64
get_age (const RoadRtt *rtt)
{
  gint64 spread = road_rtt_get_spread (rtt, 2);

  return spread == 0 ? FIRST_AGE : MAX (spread, MIN_AGE);
}

/**
 * road_pacer_get_allowance:
 * @n_in_flight: how many probes are in flight
 * @next: (inout): lowered to when to call again if none may be sent now
 *
 * Returns: how many probes may be sent now, to all hosts together
 */
guint
road_pacer_get_allowance (RoadPacer *self, gint64 now, guint n_in_flight, gint64 *next)
{
  guint allowance;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (next != NULL, 0);

  if (n_in_flight > self->max_in_flight / 2)
    self->crowded_at = now;
  if (n_in_flight >= self->local_window)
    return 0;

  allowance = road_congestion_get_allowance (&self->path, now, get_age (&self->rtt), next);

  return MIN (allowance, self->local_window - n_in_flight);
}

/* Notes that our own machine could not connect. It may have run out of something, so fewer probes are in
 * flight until answers come again. */
void
road_pacer_local_failure (RoadPacer *self)
{
  g_return_if_fail (self != NULL);

  self->local_window = MAX (1, self->local_window / 2);
}

/**
 * road_pacer_get_status:
 * @status: (out caller-allocates): what is known, for people to read
 */
void
road_pacer_get_status (RoadPacer *self, gint64 now, RoadPacerStatus *status)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (status != NULL);

  *status = (RoadPacerStatus){
    .max_rate = self->path.max_rate,
    .max_in_flight = self->local_window,
    .max_files = self->max_files,
  };
  road_congestion_get_status (&self->path, now, &status->path);
}

/**
 * road_pacer_init_host:
 * @pace: (out caller-allocates): the pace of a host of which nothing is known yet
 */
void
road_pacer_init_host (RoadPacer *self, RoadPace *pace)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (pace != NULL);

  *pace = (RoadPace){ .n_answered = 0 };
  road_congestion_init (&pace->path, self->timing->host_window, self->max_in_flight, 0);
}

/**
 * road_pacer_may_send:
 * @next: (inout): lowered to when to call again if not now
 *
 * Returns: whether one more probe may be sent to that host now
 */
gboolean
road_pacer_may_send (RoadPacer *self, RoadPace *pace, gint64 now, gint64 *next)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (pace != NULL && next != NULL, FALSE);

  return road_congestion_get_allowance (&pace->path, now, get_age (road_pacer_get_rtt (self, pace)),
                                        next) > 0;
}

gboolean
road_pacer_has_answers (RoadPacer *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_hosts > 0;
}

/* Whether most ports of the host answer, as far as its first answers tell. */
static gboolean
is_reliable (const RoadPace *pace)
{
  return pace->n_answered >= MIN_RELIABLE && 2 * pace->n_answered >= pace->n_ports;
}

/**
 * road_pacer_sent:
 * @retries: (inout): the history of the probe
 *
 * Notes that a probe is sent.
 */
void
road_pacer_sent (RoadPacer *self, RoadPace *pace, gint64 now, RoadRetries *retries)
{
  gboolean is_retry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (pace != NULL && retries != NULL);

  is_retry = retries->n_retries > 0;
  retries->sent_at = now;
  if (retries->first_sent_at == 0)
    retries->first_sent_at = now;
  retries->expected = pace->n_answered > 0;
  pace->n_ports += is_retry ? 0 : 1;
  road_outage_sent (&self->outage, now, !is_retry && is_reliable (pace));
  road_congestion_sent (&pace->path, now, TRUE, is_retry, &self->path);
  road_congestion_sent (&self->path, now, retries->expected, is_retry, NULL);
}

static guint
get_n_silent (const RoadRetries *retries)
{
  return MIN (retries->n_retries, ROAD_MAX_PROBES);
}

static gint64
get_silent_at (const RoadRetries *retries, guint i)
{
  return retries->first_sent_at + retries->silent_ms[i] * (gint64) 1000;
}

static void
note_lost (RoadPacer *self, RoadPace *pace, gint64 now, gint64 sent_at)
{
  road_congestion_lost (&self->path, now, sent_at, NULL);
  road_congestion_lost (&pace->path, now, sent_at, &self->path);
}

/**
 * road_pacer_answered:
 * @retries: the history of a probe that the host itself has answered
 * @rtt_us: the time from the probe's first SYN to the answer, in µs; 0 if it is not known
 * @n_repeats: how often the kernel has retransmitted the SYN, as TCP_INFO counts it
 *
 * Learns from an answer: the round-trip time, what the path carries, and that the probes before it were lost.
 *
 * Returns: whether the answer took longer than expected, although the kernel had retransmitted the SYN: the
 *   path was interrupted, or has become slower
 */
gboolean
road_pacer_answered (RoadPacer *self,
                     RoadPace *pace,
                     gint64 now,
                     const RoadRetries *retries,
                     gint64 rtt_us,
                     guint n_repeats)
{
  void (*add) (RoadRtt *, gint64, gint64) =
      n_repeats == 0 ? road_rtt_add_sample : road_rtt_add_uncertain;
  const RoadRtt *rtt;
  gboolean is_retry, late;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (pace != NULL && retries != NULL, FALSE);

  rtt = road_pacer_get_rtt (self, pace);
  is_retry = retries->n_retries > 0;
  late = n_repeats > 0 && rtt->srtt_us != 0 && rtt_us > road_rtt_get_timeout (rtt);

  /* An answer that is seen after the timeout came while this program could not look: it was suspended,
   * or the machine slept. */
  if (rtt_us > 0 && rtt_us <= retries->timeout_ms * (gint64) 1000)
    {
      add (&pace->rtt, now, rtt_us);
      if (n_repeats == 0 || self->rtt.srtt_us == 0)
        add (&self->rtt, now, rtt_us);
    }

  self->n_answered++;
  if (pace->n_answered++ == 0)
    self->n_hosts++;
  /* Otherwise it may be the kernel's repeat that got through, later. */
  if (n_repeats == 0)
    road_outage_answered (&self->outage, retries->sent_at);
  for (guint i = 0; i < get_n_silent (retries); i++)
    {
      if (!road_outage_has (&self->outage, get_silent_at (retries, i)))
        note_lost (self, pace, now, get_silent_at (retries, i));
    }
  road_congestion_answered (&self->path, now, retries->sent_at, retries->expected, is_retry, NULL);
  road_congestion_answered (&pace->path, now, retries->sent_at, TRUE, is_retry, &self->path);

  if (self->local_window < self->max_in_flight)
    self->local_window++;

  return late;
}

static double
get_loss (RoadPacer *self, RoadPace *pace, gint64 sent_at)
{
  return road_congestion_get_loss (&pace->path, sent_at,
                                   road_congestion_get_loss (&self->path, sent_at, 0));
}

/**
 * road_pacer_judge:
 * @retries: (inout): the history of a probe that was not answered; made ready for the next retry
 * @again_at: (out): when to retry
 *
 * Judges a silent port. Each silent probe was either filtered or lost: at a loss rate of p, all of k were
 * lost with the probability p^k. That is small enough when, of all the ports of the scan that can answer, the
 * expected number that are called filtered is below a hundredth. What was lost is known only later, when a
 * retry is answered: so all probes are judged again each time.
 *
 * Returns: %TRUE if the port is filtered; %FALSE to retry
 */
gboolean
road_pacer_judge (
    RoadPacer *self, RoadPace *pace, gint64 now, RoadRetries *retries, gint64 *again_at)
{
  g_return_val_if_fail (self != NULL, TRUE);
  g_return_val_if_fail (pace != NULL && retries != NULL && again_at != NULL, TRUE);

  if (retries->n_retries < ROAD_MAX_PROBES)
    retries->silent_ms[retries->n_retries] =
        (guint32) ((retries->sent_at - retries->first_sent_at) / 1000);
  retries->least_timeout_ms = retries->n_retries == 0
                                  ? retries->timeout_ms
                                  : MIN (retries->least_timeout_ms, retries->timeout_ms);
  retries->n_retries++;
  *again_at = now + MIN (retries->n_retries - 1, 2) * (gint64) RETRY_SPACING +
              g_random_int_range (0, RETRY_SPACING);

  return road_pacer_is_enough (self, pace, retries);
}

/**
 * road_pacer_is_enough:
 * @retries: the history of a silent probe, as road_pacer_judge() has left it
 *
 * Returns: %TRUE if the port is filtered, by what is known of the loss now; %FALSE to retry
 */
gboolean
road_pacer_is_enough (RoadPacer *self, RoadPace *pace, const RoadRetries *retries)
{
  double certainty = 0;

  g_return_val_if_fail (self != NULL, TRUE);
  g_return_val_if_fail (pace != NULL && retries != NULL, TRUE);

  if (self->max_retries >= 0)
    return retries->n_retries > (guint) self->max_retries;

  if (retries->n_retries < MIN_PROBES || retries->n_retries >= ROAD_MAX_PROBES)
    return retries->n_retries >= ROAD_MAX_PROBES;

  for (guint i = 0; i < get_n_silent (retries); i++)
    certainty -= log (get_loss (self, pace, get_silent_at (retries, i)));

  return certainty >= log (MAX (self->n_answered, MIN_ANSWERABLE) / ACCEPTED_ERRORS);
}

/**
 * road_pacer_host_found:
 * @first_sent_at: when the first probe was sent to a host, or 0 without discovery
 * @sent_at: when the probe was sent that it answered first
 *
 * Notes that a host was found to be up.
 */
void
road_pacer_host_found (RoadPacer *self, gint64 first_sent_at, gint64 sent_at)
{
  g_return_if_fail (self != NULL);

  if (first_sent_at != 0)
    road_congestion_found (&self->path, first_sent_at, sent_at > first_sent_at);
}

/**
 * road_pacer_is_convinced:
 * @sent_at: (array length=n_probes): when probes were sent to a host that answered none of them
 * @n_probes: how many
 *
 * Judges a silent host by the same measure as a silent port: of all hosts that are up, the expected number
 * that are called down is below a hundredth.
 *
 * Returns: whether the host does not answer, rather than that all probes were lost
 */
gboolean
road_pacer_is_convinced (RoadPacer *self, const gint64 *sent_at, guint n_probes)
{
  double certainty = 0, most_certain = 0;

  g_return_val_if_fail (self != NULL, TRUE);

  for (guint i = 0; i < n_probes; i++)
    {
      double probe_certainty;

      if (road_outage_has (&self->outage, sent_at[i]))
        continue;

      probe_certainty = -log (road_congestion_get_discovery_loss (&self->path, sent_at[i]));
      certainty += probe_certainty;
      most_certain = MAX (most_certain, probe_certainty);
    }

  /* Behind a limit, often the few probes decide that were sent when little was lost. One of them may have
   * gone to a port that is filtered. */
  if (road_congestion_get_congested (&self->path))
    certainty -= most_certain;

  return certainty >= log (MAX (self->n_hosts, MIN_ANSWERABLE) / ACCEPTED_ERRORS);
}

/**
 * road_pacer_was_interrupted:
 * @retries: the history of a silent probe, as road_pacer_judge() has left it
 *
 * Returns: whether one of its probes was sent when nothing was answered although much should have been
 */
gboolean
road_pacer_was_interrupted (RoadPacer *self, const RoadRetries *retries)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (retries != NULL, FALSE);

  for (guint i = 0; i < get_n_silent (retries); i++)
    {
      if (road_outage_has (&self->outage, get_silent_at (retries, i)))
        return TRUE;
    }

  return FALSE;
}

/**
 * road_pacer_excuse:
 * @retries: (inout): the history of a probe that was silent while the whole path was, or whose timeout was
 *   too short
 *
 * Forgets the history, as if the port had never been probed.
 */
void
road_pacer_excuse (RoadPacer *self, RoadRetries *retries)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (retries != NULL);

  *retries = (RoadRetries){ .n_retries = 0 };
}

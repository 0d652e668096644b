/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-pacer.h"

#include <math.h>

/* What a timing means. Deadlines are in ms: the first stands until a round trip was seen, the least
 * leaves room for a busy machine, for ARP and for a spread that the estimate has not seen yet. (RFC
 * 6298 says 1 s for both, for transfers that a needless repeat would slow down; here a SYN that is
 * given up too early is only sent again.) Home routers keep a table of some thousand connections;
 * normal leaves most of it to the others in the house. Its 128 SYNs of 60 bytes to begin with are
 * half of what a TCP connection may begin with (RFC 6928: 14,600 bytes). */
typedef struct
{
  guint max_in_flight;
  guint window;      /* of the scan, to begin with */
  guint host_window; /* of each host, to begin with */
  guint first_timeout_ms;
  guint min_timeout_ms;
} Timing;

static const Timing timings[] = {
  [ROAD_TIMING_POLITE] = { 64, 16, 8, 1000, 500 },
  [ROAD_TIMING_NORMAL] = { 2000, 256, 128, 500, 200 },
  [ROAD_TIMING_FAST] = { 4000, 1024, 256, 300, 100 },
};

#define MAX_TIMEOUT_MS 10000

/* One SYN to each host waits at least so long, in ms, for an answer: what RFC 6298 (2.1) says of the
 * first deadline, and a little, since the kernel asks for a neighbour's address again after 1 s (ARP's
 * and neighbour discovery's retrans_time_ms). The others may be given up sooner, by what is known of
 * other hosts. While no host has answered, nothing is known: then it waits as long as two satellites
 * and a congested line may take, and in a small scan, where that costs little, half as long. */
#define SCOUT_TIMEOUT_MS 1200
#define SCOUT_TIMEOUT_FEW_MS 3500
#define SCOUT_TIMEOUT_ALONE_MS 6000
#define FEW_HOSTS 4

/* How long an answer is taken to be on the way, in µs, while no round trip was seen, and at least. */
#define FIRST_AGE 100000
#define MIN_AGE 20000

/* A silent port is called filtered when fewer than so many ports of the scan are likely to be wrong. */
#define ACCEPTED_ERRORS 0.01

/* Where little has answered, the ports that might are taken to be so many. */
#define MIN_ANSWERABLE 10

/* Where the user sets no bound of the tries, one silence alone never decides. */
#define MIN_TRIES 2

/* Tries are spaced, in µs, more with each: a burst of loss should be over by then. Up to as much again is
 * added at random: a device that enforces a limit drops SYNs at even intervals, and what keeps step with it
 * is lost each time. */
#define RETRY_SPACING 50000

struct _RoadPacer
{
  const Timing *timing;
  guint max_in_flight;
  guint timeout_ms;
  int max_retries;
  guint64 n_targets;

  guint n_in_flight;   /* when it was last asked how many may be begun */
  guint local_window;  /* max_in_flight, less while our own machine fails */
  RoadCongestion path; /* all paths together: our own line */
  RoadRtt rtt;         /* of whoever answered last */
  guint n_hosts;       /* that have answered */
  guint n_answered;    /* ports that have answered, of all hosts */
};

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

/**
 * road_pacer_set_n_targets:
 * @self: a pacer
 * @n_targets: how many hosts are scanned at most
 */
void
road_pacer_set_n_targets (RoadPacer *self, guint64 n_targets)
{
  g_return_if_fail (self != NULL);

  self->n_targets = n_targets;
}

/**
 * road_pacer_free:
 * @self: (transfer full): a pacer
 */
void
road_pacer_free (RoadPacer *self)
{
  g_free (self);
}

/**
 * road_pacer_get_max_in_flight:
 * @self: a pacer
 *
 * Returns: how many connects may be under way at once at the most
 */
guint
road_pacer_get_max_in_flight (RoadPacer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->max_in_flight;
}

/* How long an answer may be on the way. */
static gint64
get_age (const RoadRtt *rtt)
{
  gint64 spread = road_rtt_get_spread (rtt, 2);

  return spread == 0 ? FIRST_AGE : MAX (spread, MIN_AGE);
}

/**
 * road_pacer_get_allowance:
 * @self: a pacer
 * @now: the time
 * @n_in_flight: how many connects are under way
 * @next: (inout): lowered to when to ask again if there is none now
 *
 * Returns: how many connects may be begun now, to all hosts together
 */
guint
road_pacer_get_allowance (RoadPacer *self, gint64 now, guint n_in_flight, gint64 *next)
{
  guint allowance;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (next != NULL, 0);

  self->n_in_flight = n_in_flight;
  if (n_in_flight >= self->local_window)
    return 0;

  allowance = road_congestion_get_allowance (&self->path, now, get_age (&self->rtt), next);

  return MIN (allowance, self->local_window - n_in_flight);
}

/**
 * road_pacer_local_failure:
 * @self: a pacer
 *
 * Says that our own machine could not connect: it may have run out of something, so fewer connects
 * are under way until answers come again.
 */
void
road_pacer_local_failure (RoadPacer *self)
{
  g_return_if_fail (self != NULL);

  self->local_window = MAX (1, self->local_window / 2);
}

/**
 * road_pacer_init_host:
 * @self: a pacer
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

static const RoadRtt *
get_rtt (RoadPacer *self, const RoadPace *pace)
{
  return pace->rtt.srtt_us != 0 ? &pace->rtt : &self->rtt;
}

/**
 * road_pacer_may_send:
 * @self: a pacer
 * @pace: a host's pace
 * @now: the time
 * @next: (inout): lowered to when to ask again if not now
 *
 * Returns: whether one more SYN may be sent to that host now
 */
gboolean
road_pacer_may_send (RoadPacer *self, RoadPace *pace, gint64 now, gint64 *next)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (pace != NULL && next != NULL, FALSE);

  return road_congestion_get_allowance (&pace->path, now, get_age (get_rtt (self, pace)), next) > 0;
}

/**
 * road_pacer_get_timeout:
 * @self: a pacer
 * @pace: a host's pace
 * @n_before: how often the port was tried before
 *
 * Returns: how long to wait for an answer, in ms: what the user said, or as RFC 6298 (2.3) has it
 *   from the host's round trips, or from the others' until it has answered; until then longer with each
 *   try (5.5)
 */
guint
road_pacer_get_timeout (RoadPacer *self, const RoadPace *pace, guint n_before)
{
  const RoadRtt *rtt;
  gint64 timeout_ms;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (pace != NULL, 0);

  if (self->timeout_ms != 0)
    return self->timeout_ms;

  rtt = get_rtt (self, pace);
  /* Rounded up: the deadline of a host that is always as far away must not come before its answer. */
  if (rtt->srtt_us != 0)
    timeout_ms = MAX ((road_rtt_get_timeout (rtt) + 999) / 1000, self->timing->min_timeout_ms);
  else
    timeout_ms = (gint64) self->timing->first_timeout_ms << MIN (n_before, 6);
  if (rtt != &pace->rtt && rtt->srtt_us != 0)
    timeout_ms = timeout_ms * (2 + MIN (n_before, 6)) / 2;

  return (guint) MIN (timeout_ms, MAX_TIMEOUT_MS);
}

/**
 * road_pacer_get_scout_timeout:
 * @self: a pacer
 * @pace: a host's pace
 *
 * The first SYNs to a host find out how far away it is, and wait longer for that than the others need
 * to: a host that is much farther away than the rest of them would else never be seen to answer. As more
 * becomes known, the answer may change.
 *
 * Returns: how long the first SYNs to the host wait for an answer, in ms
 */
guint
road_pacer_get_scout_timeout (RoadPacer *self, const RoadPace *pace)
{
  guint timeout_ms, least;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (pace != NULL, 0);

  timeout_ms = road_pacer_get_timeout (self, pace, 0);
  if (self->timeout_ms != 0 || pace->n_answered > 0)
    return timeout_ms;

  if (self->n_hosts == 0)
    least = SCOUT_TIMEOUT_ALONE_MS;
  else
    least = self->n_targets <= FEW_HOSTS ? SCOUT_TIMEOUT_FEW_MS : SCOUT_TIMEOUT_MS;

  return MAX (timeout_ms, least);
}

/**
 * road_pacer_has_answers:
 * @self: a pacer
 *
 * Returns: whether any host has answered
 */
gboolean
road_pacer_has_answers (RoadPacer *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_hosts > 0;
}

/**
 * road_pacer_is_crowded:
 * @self: a pacer
 *
 * Returns: whether more than half of the connects that may be under way are: then one that waits longer
 *   than it has to keeps others from being begun
 */
gboolean
road_pacer_is_crowded (RoadPacer *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_in_flight > self->max_in_flight / 2;
}

/**
 * road_pacer_sent:
 * @self: a pacer
 * @pace: a host's pace
 * @now: the time
 * @attempt: the try that begins
 *
 * Says that a SYN is sent.
 */
void
road_pacer_sent (RoadPacer *self, RoadPace *pace, gint64 now, RoadTry *attempt)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (pace != NULL && attempt != NULL);

  attempt->sent_at = now;
  if (attempt->first_sent_at == 0)
    attempt->first_sent_at = now;
  attempt->expected = pace->n_answered > 0;
  road_congestion_sent (&pace->path, now, TRUE, &self->path);
  road_congestion_sent (&self->path, now, attempt->expected, NULL);
}

static guint
get_n_silent (const RoadTry *attempt)
{
  return MIN (attempt->n_before, ROAD_MAX_TRIES);
}

static gint64
get_silent_at (const RoadTry *attempt, guint i)
{
  return attempt->first_sent_at + attempt->silent_ms[i] * (gint64) 1000;
}

static void
note_lost (RoadPacer *self, RoadPace *pace, gint64 now, gint64 sent_at)
{
  road_congestion_lost (&self->path, now, sent_at, NULL);
  road_congestion_lost (&pace->path, now, sent_at, &self->path);
}

/**
 * road_pacer_answered:
 * @self: a pacer
 * @pace: a host's pace
 * @now: the time
 * @attempt: the try that was answered by the host itself
 * @rtt_us: how long its answer took since the first SYN, in µs
 * @n_repeats: how often the kernel had to send the SYN again, as TCP_INFO counts it
 *
 * Draws the conclusions from an answer: the round-trip time, what the path carries, and that the tries
 * before it were lost.
 *
 * Returns: whether the answer took longer than was to be expected, although the kernel had repeated the
 *   SYN: the path was interrupted, or has become slower
 */
gboolean
road_pacer_answered (RoadPacer *self,
                     RoadPace *pace,
                     gint64 now,
                     const RoadTry *attempt,
                     gint64 rtt_us,
                     guint n_repeats)
{
  void (*add) (RoadRtt *, gint64, gint64) =
      n_repeats == 0 ? road_rtt_add_sample : road_rtt_add_uncertain;
  const RoadRtt *rtt;
  gboolean late;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (pace != NULL && attempt != NULL, FALSE);

  rtt = get_rtt (self, pace);
  late = n_repeats > 0 && rtt->srtt_us != 0 && rtt_us > road_rtt_get_timeout (rtt);

  /* An answer that is seen after its deadline came while this program could not look: it was
   * suspended, or the machine slept. */
  if (rtt_us <= attempt->timeout_ms * (gint64) 1000)
    {
      add (&pace->rtt, now, rtt_us);
      if (n_repeats == 0 || self->rtt.srtt_us == 0)
        add (&self->rtt, now, rtt_us);
    }

  self->n_answered++;
  if (pace->n_answered++ == 0)
    self->n_hosts++;
  for (guint i = 0; i < get_n_silent (attempt); i++)
    note_lost (self, pace, now, get_silent_at (attempt, i));
  road_congestion_answered (&self->path, now, attempt->sent_at, attempt->expected, NULL);
  road_congestion_answered (&pace->path, now, attempt->sent_at, TRUE, &self->path);

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
 * @self: a pacer
 * @pace: a host's pace
 * @now: the time
 * @attempt: (inout): a try that was not answered although the path was working; made ready for the
 *   next try
 * @again_at: (out): when to try again
 *
 * Judges a silent port. Each silence is either a filter or a loss: with a loss of p, k silences are
 * losses with the likelihood p^k. It is enough when, of all the ports of the scan that can answer,
 * less than a hundredth of one is likely to be called filtered. How much was lost is known only some
 * time later, when the lost are answered on another try: so all tries are weighed anew each time.
 *
 * Returns: %TRUE if the port is filtered; %FALSE if it should be tried again
 */
gboolean
road_pacer_judge (RoadPacer *self, RoadPace *pace, gint64 now, RoadTry *attempt, gint64 *again_at)
{
  g_return_val_if_fail (self != NULL, TRUE);
  g_return_val_if_fail (pace != NULL && attempt != NULL && again_at != NULL, TRUE);

  if (attempt->n_before < ROAD_MAX_TRIES)
    attempt->silent_ms[attempt->n_before] =
        (guint32) ((attempt->sent_at - attempt->first_sent_at) / 1000);
  attempt->least_timeout_ms = attempt->n_before == 0
                                  ? attempt->timeout_ms
                                  : MIN (attempt->least_timeout_ms, attempt->timeout_ms);
  attempt->n_before++;
  *again_at = now + MIN (attempt->n_before - 1, 2) * (gint64) RETRY_SPACING +
              g_random_int_range (0, RETRY_SPACING);

  return road_pacer_is_enough (self, pace, attempt);
}

/**
 * road_pacer_is_enough:
 * @self: a pacer
 * @pace: a host's pace
 * @attempt: tries that were not answered, as road_pacer_judge() has left them
 *
 * Returns: whether, by what is known now of the loss, the port is filtered; %FALSE if it should be
 *   tried again
 */
gboolean
road_pacer_is_enough (RoadPacer *self, RoadPace *pace, const RoadTry *attempt)
{
  double certainty = 0;

  g_return_val_if_fail (self != NULL, TRUE);
  g_return_val_if_fail (pace != NULL && attempt != NULL, TRUE);

  if (self->max_retries >= 0)
    return attempt->n_before > (guint) self->max_retries;

  if (attempt->n_before < MIN_TRIES || attempt->n_before >= ROAD_MAX_TRIES)
    return attempt->n_before >= ROAD_MAX_TRIES;

  for (guint i = 0; i < get_n_silent (attempt); i++)
    certainty -= log (get_loss (self, pace, get_silent_at (attempt, i)));

  return certainty >= log (MAX (self->n_answered, MIN_ANSWERABLE) / ACCEPTED_ERRORS);
}

/**
 * road_pacer_host_found:
 * @self: a pacer
 * @first_sent_at: when the first SYN was sent to a host, or 0 if it was not looked for
 * @sent_at: when the SYN was sent that it has answered first of all
 *
 * Says that a host was found to be up.
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
 * @self: a pacer
 * @sent_at: (array length=n_tries): when SYNs were sent to a host that answered none of them
 * @n_tries: how many
 *
 * Judges a silent host, by the same measure as a silent port: of all hosts that answer, less than a
 * hundredth of one is likely to be called down.
 *
 * Returns: whether it is convincing that the host does not answer, not just that all SYNs were lost
 */
gboolean
road_pacer_is_convinced (RoadPacer *self, const gint64 *sent_at, guint n_tries)
{
  double certainty = 0;

  g_return_val_if_fail (self != NULL, TRUE);

  for (guint i = 0; i < n_tries; i++)
    certainty -= log (road_congestion_get_discovery_loss (&self->path, sent_at[i]));

  return certainty >= log (MAX (self->n_hosts, MIN_ANSWERABLE) / ACCEPTED_ERRORS);
}

/**
 * road_pacer_is_too_short:
 * @self: a pacer
 * @pace: a host's pace
 * @attempt: tries that were not answered, as road_pacer_judge() has left them
 *
 * Returns: whether, as is known by now, the answer to one of them could not have come that soon; but
 *   longer than the longest deadline nobody waits
 */
gboolean
road_pacer_is_too_short (RoadPacer *self, const RoadPace *pace, const RoadTry *attempt)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (pace != NULL && attempt != NULL, FALSE);

  return self->timeout_ms == 0 && attempt->least_timeout_ms < MAX_TIMEOUT_MS &&
         attempt->least_timeout_ms * (gint64) 1000 < road_rtt_get_peak (get_rtt (self, pace));
}

/**
 * road_pacer_excuse:
 * @self: a pacer
 * @attempt: (inout): tries that were not answered while the path was silent altogether, or that were
 *   too short
 *
 * Makes them ready for another, as if they had not been.
 */
void
road_pacer_excuse (RoadPacer *self, RoadTry *attempt)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (attempt != NULL);

  *attempt = (RoadTry){ .n_before = 0 };
}

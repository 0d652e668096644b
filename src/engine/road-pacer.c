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
  const char *name;
  guint max_in_flight;
  guint window;      /* of the scan, to begin with */
  guint host_window; /* of each host, to begin with */
  guint max_rate;
  guint first_timeout_ms;
  guint min_timeout_ms;
} Timing;

static const Timing timings[] = {
  [ROAD_TIMING_POLITE] = { "polite", 64, 16, 8, 100, 1000, 500 },
  [ROAD_TIMING_NORMAL] = { "normal", 2000, 256, 128, 0, 500, 200 },
  [ROAD_TIMING_FAST] = { "fast", 4000, 1024, 256, 0, 300, 100 },
};

#define MAX_TIMEOUT_MS 10000

/* One SYN to each host waits at least so long, in ms, for an answer: what RFC 6298 (2.1) says of the
 * first deadline, and a little, since the kernel asks for a neighbour's address again after 1 s (ARP's
 * and neighbour discovery's retrans_time_ms). The others may be given up sooner, by what is known of
 * other hosts. */
#define SCOUT_TIMEOUT_MS 1200

/* How long an answer is taken to be on the way, in µs, while no round trip was seen, and at least. */
#define FIRST_AGE 100000
#define MIN_AGE 20000

/* A silent port is called filtered when fewer than so many ports of the host are likely to be wrong. */
#define ACCEPTED_ERRORS 0.01

/* Where little has answered, the ports that might are taken to be so many. */
#define MIN_ANSWERABLE 10

/* Bounds of the tries, where the user sets none. One silence alone never decides. */
#define MIN_TRIES 2
#define MAX_TRIES 16

/* Tries are spaced, in µs, more with each: a burst of loss should be over by then. */
#define RETRY_SPACING 50000

/* With so many answers, a host's own loss is known well enough. */
#define ENOUGH_ANSWERS 20

struct _RoadPacer
{
  const Timing *timing;
  guint max_in_flight;
  guint timeout_ms;
  int max_retries;

  guint local_window;  /* max_in_flight, less while our own machine fails */
  RoadCongestion path; /* all paths together: our own line */
  RoadRtt rtt;         /* of whoever answered last */
};

/**
 * road_timing_to_string:
 * @timing: a timing
 *
 * Returns: its name in files and on the command line; not translated
 */
const char *
road_timing_to_string (RoadTiming timing)
{
  g_return_val_if_fail (timing < G_N_ELEMENTS (timings), NULL);

  return timings[timing].name;
}

/**
 * road_timing_from_string:
 * @string: (nullable): a name that road_timing_to_string() gives
 * @timing: (out): the timing
 *
 * Returns: %FALSE if @string names no timing
 */
gboolean
road_timing_from_string (const char *string, RoadTiming *timing)
{
  for (guint i = 0; i < G_N_ELEMENTS (timings); i++)
    {
      if (g_strcmp0 (timings[i].name, string) == 0)
        {
          *timing = (RoadTiming) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * road_timing_get_max_rate:
 * @timing: a timing
 *
 * Returns: how many connects it begins a second at the most; 0 is no limit
 */
guint
road_timing_get_max_rate (RoadTiming timing)
{
  g_return_val_if_fail (timing < G_N_ELEMENTS (timings), 0);

  return timings[timing].max_rate;
}

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
                        limits->max_rate != 0 ? limits->max_rate : self->timing->max_rate);

  return self;
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
 *   from the host's round trips, or from the others' until it has answered; longer
 *   with each try
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
  /* Rounded up, as the deadline of a host that is always as far away must not come before its answer. */
  if (rtt->srtt_us != 0)
    timeout_ms = MAX ((road_rtt_get_timeout (rtt) + 999) / 1000, self->timing->min_timeout_ms);
  else
    timeout_ms = self->timing->first_timeout_ms;

  return (guint) MIN (timeout_ms * (2 + MIN (n_before, 6)) / 2, MAX_TIMEOUT_MS);
}

/**
 * road_pacer_get_scout_timeout:
 * @self: a pacer
 * @pace: a host's pace
 *
 * The first SYN to a host finds out how far away it is, and waits longer for that than the others need
 * to: a host that is much farther away than the rest of them would else never be seen to answer.
 *
 * Returns: how long the first SYN to the host waits for an answer, in ms
 */
guint
road_pacer_get_scout_timeout (RoadPacer *self, const RoadPace *pace)
{
  guint timeout_ms;

  g_return_val_if_fail (self != NULL, 0);

  timeout_ms = road_pacer_get_timeout (self, pace, 0);

  return self->timeout_ms != 0 ? timeout_ms : MAX (timeout_ms, SCOUT_TIMEOUT_MS);
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
  road_congestion_sent (&pace->path, now);
  road_congestion_sent (&self->path, now);
}

/**
 * road_pacer_answered:
 * @self: a pacer
 * @pace: a host's pace
 * @now: the time
 * @attempt: the try that was answered by the host itself
 * @rtt_us: how long its answer took, in µs
 * @n_repeats: how often the kernel had to send the SYN again, as TCP_INFO counts it
 *
 * Draws the conclusions from an answer: the round-trip time, what the path carries, and that the tries
 * before it were lost.
 */
void
road_pacer_answered (RoadPacer *self,
                     RoadPace *pace,
                     gint64 now,
                     const RoadTry *attempt,
                     gint64 rtt_us,
                     guint n_repeats)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (pace != NULL && attempt != NULL);

  /* After a repeat, nobody knows which SYN was answered (Karn's rule). An answer that is seen after its
   * deadline came while this program could not look: it was suspended, or the machine slept. */
  if (n_repeats == 0 && rtt_us <= attempt->timeout_ms * (gint64) 1000)
    {
      road_rtt_add_sample (&pace->rtt, rtt_us);
      road_rtt_add_sample (&self->rtt, rtt_us);
    }

  pace->n_answered++;
  for (guint i = 0; i < n_repeats; i++)
    {
      road_congestion_lost (&pace->path, now, attempt->sent_at);
      road_congestion_lost (&self->path, now, attempt->sent_at);
    }
  if (attempt->sent_before != 0)
    {
      road_congestion_lost (&pace->path, now, attempt->sent_before);
      road_congestion_lost (&self->path, now, attempt->sent_before);
    }
  road_congestion_answered (&pace->path, now, attempt->sent_at);
  road_congestion_answered (&self->path, now, attempt->sent_at);

  if (self->local_window < self->max_in_flight)
    self->local_window++;
}

static double
get_loss (RoadPacer *self, RoadPace *pace, gint64 sent_at)
{
  double loss = road_congestion_get_loss (&pace->path, sent_at);

  if (pace->n_answered < ENOUGH_ANSWERS)
    loss = MAX (loss, road_congestion_get_loss (&self->path, sent_at));

  return loss;
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
 * losses with the likelihood p^k. It is enough when, of all the ports of the host that can answer,
 * less than a hundredth of one is likely to be called filtered. How much was lost is known only some
 * time later, when the lost are answered on another try: so each try is weighed again when the next
 * one has ended.
 *
 * Returns: %TRUE if the port is filtered; %FALSE if it should be tried again
 */
gboolean
road_pacer_judge (RoadPacer *self, RoadPace *pace, gint64 now, RoadTry *attempt, gint64 *again_at)
{
  double loss, needed;

  g_return_val_if_fail (self != NULL, TRUE);
  g_return_val_if_fail (pace != NULL && attempt != NULL && again_at != NULL, TRUE);

  /* As is known by now, no answer could have come that soon; but longer than the longest nobody
   * waits. */
  if (self->timeout_ms == 0 && attempt->timeout_ms < MAX_TIMEOUT_MS &&
      attempt->timeout_ms * (gint64) 1000 < road_rtt_get_spread (&pace->rtt, 1))
    {
      road_pacer_excuse (self, attempt);
      *again_at = now;
      return FALSE;
    }

  loss = get_loss (self, pace, attempt->sent_at);
  if (attempt->sent_before != 0)
    attempt->certainty -=
        log (MAX (attempt->loss_before, get_loss (self, pace, attempt->sent_before)));

  attempt->n_before++;
  attempt->sent_before = attempt->sent_at;
  attempt->loss_before = loss;
  *again_at = now + MIN (attempt->n_before, 4) * (gint64) RETRY_SPACING;

  if (self->max_retries >= 0)
    return attempt->n_before > (guint) self->max_retries;

  needed = log (MAX (pace->n_answered, MIN_ANSWERABLE) / ACCEPTED_ERRORS);

  return (attempt->n_before >= MIN_TRIES && attempt->certainty - log (loss) >= needed) ||
         attempt->n_before >= MAX_TRIES;
}

/**
 * road_pacer_judge_host:
 * @self: a pacer
 * @pace: the pace of a host that has not answered
 * @attempt: one more try that was not answered although the path was working
 *
 * Judges a silent host. The silences of several ports count together.
 *
 * Returns: whether it is convincing that the host does not answer, not just that SYNs were lost
 */
gboolean
road_pacer_judge_host (RoadPacer *self, RoadPace *pace, const RoadTry *attempt)
{
  g_return_val_if_fail (self != NULL, TRUE);
  g_return_val_if_fail (pace != NULL && attempt != NULL, TRUE);

  pace->silence -= log (get_loss (self, pace, attempt->sent_at));

  return pace->silence >= log (MIN_ANSWERABLE / ACCEPTED_ERRORS);
}

/**
 * road_pacer_excuse:
 * @self: a pacer
 * @attempt: (inout): a try that was not answered while the path was silent altogether
 *
 * Makes the try ready for another, as if it had not been.
 */
void
road_pacer_excuse (RoadPacer *self, RoadTry *attempt)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (attempt != NULL);

  attempt->sent_at = 0;
}

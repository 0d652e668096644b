/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-congestion.h"

/* A path on which so much is lost is congested, or a limit is enforced on it. Less is how radio and bad
 * lines are: going slower does not help there, as TCP over Wi-Fi knows. */
#define LOSS_LIMIT 0.2

/* What is lost on the way is assumed before it is known, as if so many SYNs had shown it. Losses of
 * some tenths of a per cent are usual on the Internet; on a path that has shown congestion, more is to
 * be expected. */
#define USUAL_LOSS 0.005
#define CONGESTED_LOSS 0.1

/* On a path that has shown congestion the loss comes and goes with how fast we are, and is known only
 * afterwards: less than this is not believed. */
#define LEAST_CONGESTED_LOSS 0.15
#define ASSUMED_SAMPLES 50
#define ASSUMED_HOSTS 5

/* There, SYNs that had no answer are counted as lost as well, but no more than this share: some hosts drop
 * nearly everything. */
#define MAX_SILENCE 0.5

/* So many losses make a sign, and so many SYNs without make the contrary. */
#define MIN_LOSSES 10
#define MIN_SAMPLES 20

/* A limited rate is raised by this factor after so long, in µs, while less than this is lost. Each time
 * that was too much, the next raise waits twice as long, up to the longest. If so many steps back do not
 * help, the loss has other causes. */
#define RAISE_AFTER G_USEC_PER_SEC
#define MAX_RAISE_AFTER (16 * G_USEC_PER_SEC)
#define RAISE_BY 1.15
#define RAISE_BELOW_LOSS 0.05
#define MAX_STEPS_BACK 3

/* A loss is known only once the port has answered another SYN, which takes long while many hosts wait for
 * theirs. While more SYNs than this are unanswered, a raise waits so many times as long. */
#define RAISE_BELOW_SILENCE 0.25
#define SILENT_RAISE_FACTOR 4

/* The least a path is limited to. */
#define MIN_RATE 20.0
#define MIN_WINDOW 8.0

#define TENTH (G_USEC_PER_SEC / 10)

/* The rate at which answers come is measured over so many tenths of a second. */
#define DELIVERY_TENTHS 5

/**
 * road_congestion_init:
 * @self: (out caller-allocates): a path
 * @initial_window: how many SYNs it is trusted to carry at once to begin with
 * @max_window: how many it may carry at the most
 * @max_rate: how many a second the user allows; 0 is no limit
 */
void
road_congestion_init (RoadCongestion *self,
                      double initial_window,
                      double max_window,
                      double max_rate)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (initial_window >= 1 && max_window >= 1 && max_rate >= 0);

  *self = (RoadCongestion){
    .window = MIN (initial_window, max_window),
    .threshold = max_window,
    .max_window = max_window,
    .rate = max_rate,
    .max_rate = max_rate,
    .tokens = 1,
    .filled_at = G_MININT64,
    .regimes = { { .since = G_MININT64 } },
    .n_regimes = 1,
    .expected_loss = USUAL_LOSS,
    .raise_after = RAISE_AFTER,
    .first_tenth = G_MAXINT64,
    .loss_limit = LOSS_LIMIT,
  };
}

/* In slow start the window grows with each SYN that is over, be it answered or not: silence is no
 * sign of congestion. After that it grows by one each time all of it went well. */
static void
grow (RoadCongestion *self, double n)
{
  if (self->window < self->threshold)
    self->window += n;
  else
    self->window += n / self->window;

  self->window = MIN (self->window, self->max_window);
}

/* Forgets the SYNs that were begun more than @age ago. */
static void
expire (RoadCongestion *self, gint64 now, gint64 age)
{
  gint64 last = (now - age) / ROAD_CONGESTION_SLOT;
  guint n = 0;

  last = MAX (last, now / ROAD_CONGESTION_SLOT - ROAD_CONGESTION_N_SLOTS + 1);

  if (self->n_young > 0)
    {
      for (gint64 slot = MAX (self->oldest_slot, last - ROAD_CONGESTION_N_SLOTS); slot < last;
           slot++)
        {
          guint *young = &self->young[slot % ROAD_CONGESTION_N_SLOTS];

          n += *young;
          *young = 0;
        }
      self->n_young -= n;
      grow (self, n);
    }

  self->oldest_slot = MAX (self->oldest_slot, last);
}

static void
fill_bucket (RoadCongestion *self, gint64 now)
{
  /* A burst of 20 ms keeps the rate even and lets the main loop sleep in between. */
  double burst = MAX (1.0, self->rate / 50);

  if (self->filled_at != G_MININT64)
    self->tokens += (double) (now - self->filled_at) * self->rate / G_USEC_PER_SEC;

  self->tokens = MIN (self->tokens, burst);
  self->filled_at = now;
}

/**
 * road_congestion_get_allowance:
 * @self: a path
 * @now: the time
 * @age: how long an answer may be on the way, in µs
 * @next: (inout): lowered to when to ask again if there is none now
 *
 * Returns: how many SYNs may be sent now
 */
guint
road_congestion_get_allowance (RoadCongestion *self, gint64 now, gint64 age, gint64 *next)
{
  guint allowance = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (next != NULL, 0);

  expire (self, now, age);

  if (self->window >= self->n_young + 1)
    allowance = (guint) self->window - self->n_young;
  else
    *next = MIN (*next, now + ROAD_CONGESTION_SLOT);

  if (self->rate > 0)
    {
      fill_bucket (self, now);

      if (self->tokens < 1)
        *next = MIN (*next, now + (gint64) ((1 - self->tokens) * G_USEC_PER_SEC / self->rate) + 1);

      /* Checks of the path are sent without asking and may have left a debt. */
      allowance = MIN (allowance, (guint) MAX (self->tokens, 0));
    }

  return allowance;
}

/* Makes the tenths of a second end with this one. Returns its place. */
static guint
begin_tenth (RoadCongestion *self, gint64 now)
{
  gint64 tenth = now / TENTH;

  for (gint64 t = MAX (self->latest_tenth + 1, tenth - ROAD_CONGESTION_N_TENTHS + 1); t <= tenth;
       t++)
    {
      self->sent[t % ROAD_CONGESTION_N_TENTHS] = 0;
      self->expected[t % ROAD_CONGESTION_N_TENTHS] = 0;
      self->delivered[t % ROAD_CONGESTION_N_TENTHS] = 0;
    }
  self->latest_tenth = MAX (self->latest_tenth, tenth);

  return (guint) (tenth % ROAD_CONGESTION_N_TENTHS);
}

static RoadRegime *
get_regime (RoadCongestion *self)
{
  return &self->regimes[(self->n_regimes - 1) % ROAD_CONGESTION_N_REGIMES];
}

static void
begin_regime (RoadCongestion *self, gint64 now, double loss)
{
  self->old_loss = loss;
  self->n_regimes++;
  *get_regime (self) = (RoadRegime){ .since = now };
}

/**
 * road_congestion_sent:
 * @self: a path
 * @now: the time
 * @expects_answer: whether it goes to a host that is known to answer
 * @shared: (nullable): the path that this one shares with others; what it loses changes when that one's
 *   rate does
 *
 * Says that a SYN is sent.
 */
void
road_congestion_sent (RoadCongestion *self,
                      gint64 now,
                      gboolean expects_answer,
                      RoadCongestion *shared)
{
  gint64 slot = now / ROAD_CONGESTION_SLOT;
  guint tenth;

  g_return_if_fail (self != NULL);

  if (shared != NULL && get_regime (self)->since < get_regime (shared)->since)
    begin_regime (self, now, self->old_loss);

  tenth = begin_tenth (self, now);

  /* Without allowance asked for in between, the slot may still hold what was there a round ago. */
  expire (self, now, (ROAD_CONGESTION_N_SLOTS - 1) * (gint64) ROAD_CONGESTION_SLOT);

  self->young[slot % ROAD_CONGESTION_N_SLOTS]++;
  self->n_young++;
  self->sent[tenth]++;
  self->expected[tenth] += expects_answer ? 1 : 0;
  get_regime (self)->n_expected += expects_answer ? 1 : 0;
  if (self->rate > 0)
    self->tokens -= 1;
}

/* How many SYNs a second arrive: the answers that came in the last half second that is complete, and as
 * many more as were sent to hosts of which it is not known whether they would answer. */
static double
get_delivery_rate (RoadCongestion *self, gint64 now)
{
  gint64 tenth = now / TENTH;
  gint64 n_tenths = CLAMP (tenth - self->first_tenth, 1, DELIVERY_TENTHS);
  double sent = 0, expected = 0, delivered = 0;

  begin_tenth (self, now);
  for (gint64 t = tenth - n_tenths; t < tenth; t++)
    {
      sent += self->sent[t % ROAD_CONGESTION_N_TENTHS];
      expected += self->expected[t % ROAD_CONGESTION_N_TENTHS];
      delivered += self->delivered[t % ROAD_CONGESTION_N_TENTHS];
    }

  /* Far away, answers may come to SYNs that were sent before. */
  expected = MAX (MAX (expected, delivered), 1);
  sent = MAX (sent, expected);

  return delivered * sent / expected * G_USEC_PER_SEC / (n_tenths * TENTH);
}

/* The regime in which a SYN was sent, or the oldest that is remembered. */
static RoadRegime *
find_regime (RoadCongestion *self, gint64 sent_at)
{
  guint n = MIN (self->n_regimes, ROAD_CONGESTION_N_REGIMES);
  RoadRegime *regime = get_regime (self);

  for (guint i = 2; i <= n && sent_at < regime->since; i++)
    regime = &self->regimes[(self->n_regimes - i) % ROAD_CONGESTION_N_REGIMES];

  return regime;
}

/* Much is lost: send no faster than what arrives. If going slower has not helped, the loss has
 * nothing to do with how fast we are, and slowing down again would only go on for ever. */
static void
slow_down (RoadCongestion *self, gint64 now, double loss)
{
  double delivery_rate = get_delivery_rate (self, now);

  if (self->old_loss > 0 && loss > 0.7 * self->old_loss)
    {
      self->loss_limit = MIN (loss * 1.5, 0.9);
      self->rate = self->max_rate;
    }
  else if (delivery_rate > 0)
    {
      self->rate = MAX (self->rate > 0 ? MIN (self->rate, delivery_rate) : delivery_rate, MIN_RATE);
      self->tokens = MIN (self->tokens, 1);
      self->window = MAX (self->window / 2, MIN_WINDOW);
      self->threshold = self->window;
    }
  else
    {
      return;
    }

  self->expected_loss = CONGESTED_LOSS;
  get_regime (self)->congested = self->rate != self->max_rate;
  self->n_steps_back = 0;
  begin_regime (self, now, loss);
}

/* More is lost than should be at the limit: go back to what arrives. How much that is comes from half a
 * second only, so that a single step has bounds. */
static void
step_back (RoadCongestion *self, gint64 now)
{
  double most = self->rate / RAISE_BY;

  self->rate = CLAMP (get_delivery_rate (self, now), most / RAISE_BY, most);
  self->rate = MAX (self->rate, MIN_RATE);
  self->tokens = MIN (self->tokens, 1);
  self->raise_after = MIN (2 * self->raise_after, MAX_RAISE_AFTER);
  self->n_steps_back++;
  begin_regime (self, now, self->old_loss);
}

static void
speed_up (RoadCongestion *self, gint64 now)
{
  self->rate *= RAISE_BY;
  if (self->max_rate > 0)
    self->rate = MIN (self->rate, self->max_rate);
  if (self->n_steps_back == 0)
    self->raise_after = RAISE_AFTER;
  self->n_steps_back = 0;
  begin_regime (self, now, 0);
}

/* The part of the SYNs to hosts that answer that had no answer: more than what is lost, as some ports
 * are filtered, but known at once. */
static double
get_silence (const RoadRegime *regime)
{
  return regime->n_expected > 0 ? MAX (1 - regime->n_delivered / regime->n_expected, 0) : 0;
}

/* The largest part that was lost in any regime since then. */
static double
get_worst_loss (const RoadCongestion *self, gint64 since)
{
  guint n = MIN (self->n_regimes, ROAD_CONGESTION_N_REGIMES);
  double worst = 0;

  for (guint i = 1; i <= n; i++)
    {
      const RoadRegime *regime = &self->regimes[(self->n_regimes - i) % ROAD_CONGESTION_N_REGIMES];

      if (regime->n_lost > 0)
        worst = MAX (worst, regime->n_lost / (regime->n_answered + regime->n_lost));
      if (regime->since <= since)
        break;
    }

  return worst;
}

static gboolean
may_raise (RoadCongestion *self, gint64 now)
{
  const RoadRegime *regime = get_regime (self);
  gint64 patience = self->raise_after;

  if (get_silence (regime) > RAISE_BELOW_SILENCE)
    patience *= SILENT_RAISE_FACTOR;

  return now - regime->since > patience;
}

/* Draws the conclusions from what is known of the present regime. */
static void
adapt (RoadCongestion *self, gint64 now, const RoadCongestion *shared)
{
  const RoadRegime *regime = get_regime (self);
  double n = regime->n_answered + regime->n_lost;
  double loss = n > 0 ? regime->n_lost / n : 0;

  gboolean is_limited = self->rate > 0 && self->rate != self->max_rate;

  if (regime->n_lost >= MIN_LOSSES && loss > self->loss_limit &&
      (shared == NULL || get_worst_loss (shared, regime->since) < LOSS_LIMIT / 2))
    slow_down (self, now, loss);
  else if (is_limited && self->n_steps_back < MAX_STEPS_BACK && regime->n_lost >= MIN_LOSSES &&
           loss > RAISE_BELOW_LOSS)
    step_back (self, now);
  else if (is_limited && n >= MIN_SAMPLES && loss < RAISE_BELOW_LOSS && may_raise (self, now))
    speed_up (self, now);
}

static void
take_out (RoadCongestion *self, gint64 sent_at)
{
  gint64 slot = sent_at / ROAD_CONGESTION_SLOT;
  guint *young = &self->young[slot % ROAD_CONGESTION_N_SLOTS];

  if (slot < self->oldest_slot || *young == 0)
    return;

  (*young)--;
  self->n_young--;
  grow (self, 1);
}

/**
 * road_congestion_answered:
 * @self: a path
 * @now: the time
 * @sent_at: when the SYN was sent that is answered now
 * @expected: what road_congestion_sent() was told of it
 * @shared: (nullable): the path that this one shares with others
 */
void
road_congestion_answered (RoadCongestion *self,
                          gint64 now,
                          gint64 sent_at,
                          gboolean expected,
                          const RoadCongestion *shared)
{
  RoadRegime *regime;

  g_return_if_fail (self != NULL);

  take_out (self, sent_at);
  self->delivered[begin_tenth (self, now)] += expected ? 1 : 0;
  self->first_tenth = MIN (self->first_tenth, now / TENTH);
  regime = find_regime (self, sent_at);
  regime->n_answered++;
  regime->n_delivered += expected ? 1 : 0;
  adapt (self, now, shared);
}

/**
 * road_congestion_lost:
 * @self: a path
 * @now: the time
 * @sent_at: when the SYN was sent that is now known to have been lost, as the port answered another
 * @shared: (nullable): the path that this one shares with others: what is lost there is no sign of
 *   congestion here
 */
void
road_congestion_lost (RoadCongestion *self,
                      gint64 now,
                      gint64 sent_at,
                      const RoadCongestion *shared)
{
  RoadRegime *regime;

  g_return_if_fail (self != NULL);

  regime = find_regime (self, sent_at);
  regime->n_lost++;
  if (regime == get_regime (self))
    adapt (self, now, shared);
}

/**
 * road_congestion_get_loss:
 * @self: a path
 * @sent_at: when a SYN was sent
 * @shared_loss: the part of the SYNs that is lost on what this path shares with others, or 0
 *
 * Returns: the likelihood that it, or its answer, was lost; above 0 and below 1
 */
double
road_congestion_get_loss (RoadCongestion *self, gint64 sent_at, double shared_loss)
{
  const RoadRegime *regime;
  double expected_loss, loss;

  g_return_val_if_fail (self != NULL, 1);

  regime = find_regime (self, sent_at);
  expected_loss = shared_loss > 0 ? shared_loss : self->expected_loss;

  loss = (regime->n_lost + expected_loss * ASSUMED_SAMPLES) /
         (regime->n_answered + regime->n_lost + ASSUMED_SAMPLES);

  if (self->expected_loss == CONGESTED_LOSS)
    {
      loss = MAX (loss, LEAST_CONGESTED_LOSS);
      if (regime->n_expected >= MIN_SAMPLES)
        loss = MAX (loss, MIN (get_silence (regime), MAX_SILENCE));
    }

  return loss;
}

/**
 * road_congestion_found:
 * @self: a path
 * @first_sent_at: when the first SYN to a host was sent
 * @late: whether that had no answer, and only a later one had
 *
 * Says that a host was found to be up.
 */
void
road_congestion_found (RoadCongestion *self, gint64 first_sent_at, gboolean late)
{
  RoadRegime *regime;

  g_return_if_fail (self != NULL);

  regime = find_regime (self, first_sent_at);
  regime->n_found++;
  regime->n_found_late += late;
}

/**
 * road_congestion_get_discovery_loss:
 * @self: a path
 * @sent_at: when a SYN was sent to a host of which nothing is known
 *
 * That a SYN was lost is known only once its port has answered another, which for most ports of a host
 * comes after the host was found. How many hosts did not answer the first SYN but a later one shows the
 * loss sooner; it is too much where the first port is often filtered, but never too little.
 *
 * Returns: the likelihood that it, or its answer, was lost; above 0 and below 1
 */
double
road_congestion_get_discovery_loss (RoadCongestion *self, gint64 sent_at)
{
  const RoadRegime *regime;
  double loss;

  g_return_val_if_fail (self != NULL, 1);

  loss = road_congestion_get_loss (self, sent_at, 0);
  regime = find_regime (self, sent_at);

  loss = MAX (loss, regime->n_found_late / (regime->n_found + ASSUMED_HOSTS));

  /* Those hosts that are still to be found would show that it is more; and a path that is congested
   * loses SYNs in a row. */
  return regime->congested ? (1 + loss) / 2 : loss;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-congestion.h"

/* A path that loses more than this is congested, or a rate limit is enforced on it. Radio links and bad lines
 * lose less than this, and going slower does not help there, as with TCP over Wi-Fi. */
#define LOSS_LIMIT 0.2

/* The loss rate that is assumed before it is known. Some tenths of a per cent are usual on the Internet; on a
 * path that has shown congestion, more is to be expected. It weighs as much as this many SYNs or hosts that
 * had shown it. */
#define USUAL_LOSS 0.005
#define CONGESTED_LOSS 0.1
#define ASSUMED_SAMPLES 50
#define ASSUMED_HOSTS 5

/* On a path that has shown congestion, the loss depends on how fast we send and is known only afterwards: a
 * lower loss rate than this is not believed, least of all before the regime is settled. Every SYN that is
 * silent at first is counted as lost there as well, but a higher loss rate than the maximum is not believed:
 * some hosts drop nearly everything. */
#define LEAST_CONGESTED_LOSS 0.15
#define LEAST_SETTLED_LOSS 0.05
#define MAX_SILENCE 0.5

/* This many losses may be a sign of congestion, and this many SYNs with little loss a sign that there is
 * none. */
#define MIN_LOSSES 10
#define MIN_SAMPLES 20

/* A limited rate is raised by this factor after this long, in µs, while the loss rate is below the limit
 * here. Each time that was too much, the next raise waits twice as long, up to the maximum. If this many
 * steps back do not help, the loss has another cause. */
#define RAISE_AFTER G_USEC_PER_SEC
#define MAX_RAISE_AFTER (16 * G_USEC_PER_SEC)
#define RAISE_BY 1.15
#define RAISE_BELOW_LOSS 0.05
#define MAX_STEPS_BACK 3

/* A loss is known only once the port has answered another SYN, which takes long while many hosts wait for
 * theirs. While a larger share than this is silent, a raise waits this many times as long. */
#define RAISE_BELOW_SILENCE 0.25
#define SILENT_RAISE_FACTOR 4

/* A path is never limited to less than this. */
#define MIN_RATE 20.0
#define MIN_WINDOW 8.0

#define TENTH (G_USEC_PER_SEC / 10)

/* The rate at which answers come is measured over so many tenths of a second. */
#define DELIVERY_TENTHS 5

/**
 * road_congestion_init:
 * @self: (out caller-allocates): a path
 * @initial_window: the initial window, in SYNs
 * @max_window: the maximum window, in SYNs
 * @max_rate: how many SYNs a second the user allows; 0 for no limit
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
    .expected_loss = USUAL_LOSS,
    .raise_after = RAISE_AFTER,
    .first_tenth = G_MAXINT64,
    .loss_limit = LOSS_LIMIT,
  };
  road_regimes_init (&self->regimes);
}

/* In slow start the window grows by one with each SYN that has left the network, answered or not: silence is
 * no sign of congestion. After that it grows by one with each whole window. */
static void
grow (RoadCongestion *self, double n)
{
  if (self->window < self->threshold)
    self->window += n;
  else
    self->window += n / self->window;

  self->window = MIN (self->window, self->max_window);
}

/* Forgets the SYNs that were sent more than @age ago. */
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
  /* Bursts of 20 ms keep the rate even and let the main loop sleep in between. */
  double burst = MAX (1.0, self->rate / 50);

  if (self->filled_at != G_MININT64)
    self->tokens += (double) (now - self->filled_at) * self->rate / G_USEC_PER_SEC;

  self->tokens = MIN (self->tokens, burst);
  self->filled_at = now;
}

/**
 * road_congestion_get_allowance:
 * @age: how long an answer may take, in µs
 * @next: (inout): lowered to when to call again if none may be sent now
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

      /* Checks of the path are sent without an allowance and may have left a debt. */
      allowance = MIN (allowance, (guint) MAX (self->tokens, 0));
    }

  return allowance;
}

/* Moves on to the current tenth of a second. Returns its index. */
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

static void
begin_regime (RoadCongestion *self, gint64 now, double loss)
{
  self->old_loss = loss;
  road_regimes_begin (&self->regimes, now);
}

/**
 * road_congestion_sent:
 * @expects_answer: whether it goes to a host that is known to answer
 * @is_retry: whether the port has had another before
 * @shared: (nullable): the path that this one shares with others: this one begins a new regime when that one
 *   does
 *
 * Notes that a SYN is sent.
 */
void
road_congestion_sent (RoadCongestion *self,
                      gint64 now,
                      gboolean expects_answer,
                      gboolean is_retry,
                      RoadCongestion *shared)
{
  gint64 slot = now / ROAD_CONGESTION_SLOT;
  RoadRegime *regime;
  guint tenth;

  g_return_if_fail (self != NULL);

  if (shared != NULL && road_regimes_get_current (&self->regimes)->since <
                            road_regimes_get_current (&shared->regimes)->since)
    begin_regime (self, now, self->old_loss);

  tenth = begin_tenth (self, now);

  /* If road_congestion_get_allowance() was not called in between, the slot may still hold SYNs of the round
   * before. */
  expire (self, now, (ROAD_CONGESTION_N_SLOTS - 1) * (gint64) ROAD_CONGESTION_SLOT);

  self->young[slot % ROAD_CONGESTION_N_SLOTS]++;
  self->n_young++;
  self->sent[tenth]++;
  self->expected[tenth] += expects_answer ? 1 : 0;
  regime = road_regimes_get_current (&self->regimes);
  regime->until = now;
  regime->n_expected += expects_answer ? 1 : 0;
  regime->n_first += expects_answer && !is_retry ? 1 : 0;
  if (self->rate > 0)
    self->tokens -= 1;
}

/* How many SYNs a second arrive: the answers of the last complete half second, scaled up by the SYNs that
 * went to hosts of which it is not known whether they answer. */
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

  /* On a long path, answers may be to SYNs that were sent before. */
  expected = MAX (MAX (expected, delivered), 1);
  sent = MAX (sent, expected);

  return delivered * sent / expected * G_USEC_PER_SEC / (n_tenths * TENTH);
}

/* Much is lost: send no faster than SYNs arrive. If slowing down did not help before, the loss has another
 * cause, and slowing down again would never end. */
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
  road_regimes_get_current (&self->regimes)->congested = self->rate != self->max_rate;
  self->n_steps_back = 0;
  begin_regime (self, now, loss);
}

/* More is lost than should be at the rate limit: step back to the rate before the last raise, and from there
 * to the rate at which SYNs arrive. That is measured over only half a second, so each step is bounded. */
static void
step_back (RoadCongestion *self, gint64 now)
{
  double most = self->rate / RAISE_BY;

  self->rate =
      self->n_steps_back == 0 ? most : CLAMP (get_delivery_rate (self, now), most / RAISE_BY, most);
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

static gboolean
may_raise (RoadCongestion *self, gint64 now)
{
  const RoadRegime *regime = road_regimes_get_current (&self->regimes);
  gint64 patience = self->raise_after;

  if (road_regime_get_silence (regime) > RAISE_BELOW_SILENCE)
    patience *= SILENT_RAISE_FACTOR;

  return now - regime->since > patience;
}

/* Adapts window and rate to what is known of the current regime. */
static void
adapt (RoadCongestion *self, gint64 now, const RoadCongestion *shared)
{
  const RoadRegime *regime = road_regimes_get_current (&self->regimes);
  double n = regime->n_answered + regime->n_lost;
  double loss = n > 0 ? regime->n_lost / n : 0;

  gboolean is_limited = self->rate > 0 && self->rate != self->max_rate;

  if (regime->n_lost >= MIN_LOSSES && loss > self->loss_limit &&
      (shared == NULL ||
       road_regimes_get_worst_loss (&shared->regimes, regime->since) < LOSS_LIMIT / 2))
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
 * @sent_at: when the SYN was sent that is answered now
 * @expected: what @expects_answer of road_congestion_sent() was
 * @is_retry: what @is_retry of it was
 * @shared: (nullable): the path that this one shares with others
 */
void
road_congestion_answered (RoadCongestion *self,
                          gint64 now,
                          gint64 sent_at,
                          gboolean expected,
                          gboolean is_retry,
                          const RoadCongestion *shared)
{
  RoadRegime *regime;

  g_return_if_fail (self != NULL);

  take_out (self, sent_at);
  self->delivered[begin_tenth (self, now)] += expected ? 1 : 0;
  self->first_tenth = MIN (self->first_tenth, now / TENTH);
  regime = road_regimes_find (&self->regimes, sent_at);
  regime->n_answered++;
  regime->n_delivered += expected ? 1 : 0;
  regime->n_first_delivered += expected && !is_retry ? 1 : 0;
  adapt (self, now, shared);
}

/**
 * road_congestion_lost:
 * @sent_at: when the SYN was sent; it is known to be lost as the port has answered another
 * @shared: (nullable): the path that this one shares with others: loss there is no sign of congestion here
 */
void
road_congestion_lost (RoadCongestion *self,
                      gint64 now,
                      gint64 sent_at,
                      const RoadCongestion *shared)
{
  RoadRegime *regime;

  g_return_if_fail (self != NULL);

  regime = road_regimes_find (&self->regimes, sent_at);
  regime->n_lost++;
  if (regime == road_regimes_get_current (&self->regimes))
    adapt (self, now, shared);
}

static double
get_sending_rate (const RoadCongestion *self, gint64 now)
{
  const gint64 tenth = now / TENTH;
  const gint64 oldest = self->latest_tenth - ROAD_CONGESTION_N_TENTHS;
  double sent = 0;

  for (gint64 t = MAX (tenth - DELIVERY_TENTHS, 0); t < tenth; t++)
    {
      if (t > oldest && t <= self->latest_tenth)
        sent += self->sent[t % ROAD_CONGESTION_N_TENTHS];
    }

  return sent * G_USEC_PER_SEC / (DELIVERY_TENTHS * TENTH);
}

/**
 * road_congestion_get_status:
 * @status: (out caller-allocates): what is known of the path, for people to read
 */
void
road_congestion_get_status (const RoadCongestion *self, gint64 now, RoadCongestionStatus *status)
{
  double n_answered = 0, n_lost = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (status != NULL);

  road_regimes_add_up (&self->regimes, &n_answered, &n_lost);
  *status = (RoadCongestionStatus){
    .rate = get_sending_rate (self, now),
    .limit = self->rate != self->max_rate ? self->rate : 0,
    .loss = n_lost > 0 ? n_lost / (n_answered + n_lost) : 0,
    .window = (guint) self->window,
  };
}

/* Whether the path has ever shown congestion. */
gboolean
road_congestion_get_congested (const RoadCongestion *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->expected_loss == CONGESTED_LOSS;
}

/**
 * road_congestion_get_loss:
 * @sent_at: when a SYN was sent
 * @shared_loss: the loss rate of what this path shares with others, or 0
 *
 * Returns: the probability that it, or its answer, was lost; above 0 and below 1
 */
double
road_congestion_get_loss (RoadCongestion *self, gint64 sent_at, double shared_loss)
{
  const RoadRegime *regime;
  double expected_loss, loss;

  g_return_val_if_fail (self != NULL, 1);

  regime = road_regimes_find (&self->regimes, sent_at);
  expected_loss = shared_loss > 0 ? shared_loss : self->expected_loss;

  loss = (regime->n_lost + expected_loss * ASSUMED_SAMPLES) /
         (regime->n_answered + regime->n_lost + ASSUMED_SAMPLES);

  if (road_congestion_get_congested (self))
    {
      loss =
          MAX (loss, road_regime_is_settled (regime) ? LEAST_SETTLED_LOSS : LEAST_CONGESTED_LOSS);
      if (regime->n_expected >= MIN_SAMPLES)
        loss = MAX (loss, MIN (road_regime_get_silence (regime), MAX_SILENCE));
    }

  return loss;
}

/**
 * road_congestion_found:
 * @first_sent_at: when the first SYN to a host was sent
 * @late: whether the host answered not that one, but a later one
 *
 * Notes that a host was found to be up.
 */
void
road_congestion_found (RoadCongestion *self, gint64 first_sent_at, gboolean late)
{
  RoadRegime *regime;

  g_return_if_fail (self != NULL);

  regime = road_regimes_find (&self->regimes, first_sent_at);
  regime->n_found++;
  regime->n_found_late += late;
}

/**
 * road_congestion_get_discovery_loss:
 * @sent_at: when a SYN was sent to a host of which nothing is known
 *
 * A SYN is known to be lost only once its port has answered another, and for most ports of a host that is
 * after the host was found. The share of the hosts that did not answer the first SYN but a later one shows
 * the loss sooner; it is too high where the first port is often filtered, but never too low.
 *
 * Returns: the probability that it, or its answer, was lost; above 0 and below 1
 */
double
road_congestion_get_discovery_loss (RoadCongestion *self, gint64 sent_at)
{
  const RoadRegime *regime;
  double loss;

  g_return_val_if_fail (self != NULL, 1);

  loss = road_congestion_get_loss (self, sent_at, 0);
  regime = road_regimes_find (&self->regimes, sent_at);

  loss = MAX (loss, regime->n_found_late / (regime->n_found + ASSUMED_HOSTS));

  /* Hosts that are not found yet would show that it is higher; and a congested path loses SYNs in bursts. */
  return regime->congested ? (1 + loss) / 2 : loss;
}

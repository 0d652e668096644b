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
#define ASSUMED_SAMPLES 50

/* So many losses make a sign, and so many SYNs without make the contrary. */
#define MIN_LOSSES 10
#define MIN_SAMPLES 20

/* A limited rate is tried to be raised after so long without loss, in µs, and by so much. */
#define RAISE_AFTER G_USEC_PER_SEC
#define RAISE_BY 1.15
#define RAISE_BELOW_LOSS 0.05

/* The least a path is limited to. */
#define MIN_RATE 20.0
#define MIN_WINDOW 8.0

#define DELIVERY_SLOT (G_USEC_PER_SEC / 10)

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
    .regime_since = G_MININT64,
    .expected_loss = USUAL_LOSS,
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

      allowance = MIN (allowance, (guint) self->tokens);
    }

  return allowance;
}

/**
 * road_congestion_sent:
 * @self: a path
 * @now: the time
 *
 * Says that a SYN is sent.
 */
void
road_congestion_sent (RoadCongestion *self, gint64 now)
{
  gint64 slot = now / ROAD_CONGESTION_SLOT;

  g_return_if_fail (self != NULL);

  /* Without allowance asked for in between, the slot may still hold what was there a round ago. */
  expire (self, now, (ROAD_CONGESTION_N_SLOTS - 1) * (gint64) ROAD_CONGESTION_SLOT);

  self->young[slot % ROAD_CONGESTION_N_SLOTS]++;
  self->n_young++;
  if (self->rate > 0)
    self->tokens -= 1;
}

/* Answers a second, over the last half second that is complete. */
static double
get_delivery_rate (RoadCongestion *self, gint64 now)
{
  gint64 slot = now / DELIVERY_SLOT;
  guint n = 0;

  for (gint64 s = slot - 5; s < slot; s++)
    {
      if (s <= self->delivered_slot &&
          s > self->delivered_slot - (gint64) G_N_ELEMENTS (self->delivered))
        n += self->delivered[s % (gint64) G_N_ELEMENTS (self->delivered)];
    }

  return n * 2.0;
}

static void
note_delivery (RoadCongestion *self, gint64 now)
{
  const gint64 n_slots = G_N_ELEMENTS (self->delivered);
  gint64 slot = now / DELIVERY_SLOT;

  for (gint64 s = MAX (self->delivered_slot + 1, slot - n_slots + 1); s <= slot; s++)
    self->delivered[s % n_slots] = 0;

  self->delivered_slot = slot;
  self->delivered[slot % n_slots]++;
}

static void
begin_regime (RoadCongestion *self, gint64 now, double loss)
{
  self->old_loss = loss;
  self->worst_loss = MAX (self->worst_loss, loss);
  self->regime_since = now;
  self->n_answered = 0;
  self->n_lost = 0;
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
  begin_regime (self, now, loss);
}

static void
speed_up (RoadCongestion *self, gint64 now, double loss)
{
  self->rate *= RAISE_BY;
  if (self->max_rate > 0)
    self->rate = MIN (self->rate, self->max_rate);

  begin_regime (self, now, loss);
}

static void
adapt (RoadCongestion *self, gint64 now)
{
  double n = self->n_answered + self->n_lost;
  double loss = n > 0 ? self->n_lost / n : 0;

  if (self->n_lost >= MIN_LOSSES && loss > self->loss_limit)
    slow_down (self, now, loss);
  else if (self->rate > 0 && self->rate != self->max_rate && n >= MIN_SAMPLES &&
           loss < RAISE_BELOW_LOSS && now - self->regime_since > RAISE_AFTER)
    speed_up (self, now, loss);
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
 */
void
road_congestion_answered (RoadCongestion *self, gint64 now, gint64 sent_at)
{
  g_return_if_fail (self != NULL);

  take_out (self, sent_at);
  note_delivery (self, now);
  if (sent_at >= self->regime_since)
    self->n_answered++;
  adapt (self, now);
}

/**
 * road_congestion_lost:
 * @self: a path
 * @now: the time
 * @sent_at: when the SYN was sent that is now known to have been lost, as the port answered another
 */
void
road_congestion_lost (RoadCongestion *self, gint64 now, gint64 sent_at)
{
  g_return_if_fail (self != NULL);

  if (sent_at < self->regime_since)
    return;

  self->n_lost++;
  adapt (self, now);
}

/**
 * road_congestion_get_loss:
 * @self: a path
 * @sent_at: when a SYN was sent
 *
 * Returns: the likelihood that it, or its answer, was lost; above 0 and below 1
 */
double
road_congestion_get_loss (RoadCongestion *self, gint64 sent_at)
{
  double loss;

  g_return_val_if_fail (self != NULL, 1);

  loss = (self->n_lost + self->expected_loss * ASSUMED_SAMPLES) /
         (self->n_answered + self->n_lost + ASSUMED_SAMPLES);

  return sent_at < self->regime_since ? MAX (loss, self->worst_loss) : loss;
}

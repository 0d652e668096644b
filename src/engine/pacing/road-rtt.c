/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-rtt.h"

/* The deadlines of connects count in ms: the granularity G of RFC 6298. */
#define GRANULARITY_US 1000

/* For so long, in µs, a long round trip is expected to be followed by others. */
#define PEAK_LIFE (2 * G_USEC_PER_SEC)

/* A lost SYN whose repeat was answered took whole seconds and the usual round trip, give or take so
 * many µs. So many in a row are no accident. */
#define LOSS_TOLERANCE 100000
#define TIMER_DRIFT                                                                                \
  25 /* the kernel's seconds are longer by up to a 25th: jiffies, and a busy machine */
#define UNCERTAIN_TO_COUNT 3

static void
add_peak (RoadRtt *self, gint64 now, gint64 rtt_us)
{
  if (now - self->peak_since >= PEAK_LIFE)
    {
      self->peak_before_us = self->peak_us;
      self->peak_us = 0;
      self->peak_since = now;
    }

  self->peak_us = MAX (self->peak_us, rtt_us);
}

static void
add_sample (RoadRtt *self, gint64 now, gint64 rtt_us)
{
  rtt_us = MAX (rtt_us, 1);
  add_peak (self, now, rtt_us);

  if (self->srtt_us == 0)
    {
      self->srtt_us = rtt_us;
      self->rttvar_us = rtt_us / 2;
      return;
    }

  self->rttvar_us += (ABS (self->srtt_us - rtt_us) - self->rttvar_us) / 4;
  self->srtt_us = MAX (self->srtt_us + (rtt_us - self->srtt_us) / 8, 1);
}

/**
 * road_rtt_add_sample:
 * @self: an estimate
 * @now: the time, in µs
 * @rtt_us: a round-trip time in µs of a connect whose SYN was not repeated
 *
 * Updates the estimate with the arithmetic of RFC 6298 section 2.
 */
void
road_rtt_add_sample (RoadRtt *self, gint64 now, gint64 rtt_us)
{
  g_return_if_fail (self != NULL);

  self->certain_at = now;
  self->n_uncertain = 0;
  add_sample (self, now, rtt_us);
}

/**
 * road_rtt_add_uncertain:
 * @self: an estimate
 * @now: the time, in µs
 * @rtt_us: the time in µs from the first SYN of a connect to its answer, where the SYN was repeated
 *
 * Nobody knows which SYN was answered, so Karn's rule drops such a sample. But the kernel repeats a SYN
 * after 1 s, so that the round trip of a host farther away than that would never be known: the sample
 * counts, in full, where there has been no certain one of late, unless it looks like one lost SYN: some
 * whole seconds and the usual round trip. Three of those in a row are a path that has become slower.
 */
void
road_rtt_add_uncertain (RoadRtt *self, gint64 now, gint64 rtt_us)
{
  g_return_if_fail (self != NULL);

  if (self->srtt_us == 0)
    {
      add_sample (self, now, rtt_us);
    }
  else if (now - self->certain_at >= PEAK_LIFE)
    {
      gint64 rest = (rtt_us - self->srtt_us) % G_USEC_PER_SEC;
      gboolean looks_lost = rtt_us > self->srtt_us + G_USEC_PER_SEC / 2 &&
                            MIN (rest, G_USEC_PER_SEC - rest) <=
                                MAX (LOSS_TOLERANCE, 4 * self->rttvar_us) + rtt_us / TIMER_DRIFT;

      /* What was sent before the last of them was answered tells of the same moment. */
      if (now - rtt_us < self->uncertain_at)
        return;

      self->uncertain_at = now;
      self->n_uncertain++;
      if (!looks_lost || self->n_uncertain >= UNCERTAIN_TO_COUNT)
        add_sample (self, now, rtt_us);
    }
}

/**
 * road_rtt_get_spread:
 * @self: an estimate
 * @n_deviations: how many mean deviations to add
 *
 * Returns: the time within which an answer is expected, in µs, or 0 before the first sample
 */
gint64
road_rtt_get_spread (const RoadRtt *self, guint n_deviations)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->srtt_us + n_deviations * self->rttvar_us;
}

/**
 * road_rtt_get_peak:
 * @self: an estimate
 *
 * Returns: the longest round trip of the last 2 to 4 s in which there were any, in µs; 0 before the first
 */
gint64
road_rtt_get_peak (const RoadRtt *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MAX (self->peak_us, self->peak_before_us);
}

/**
 * road_rtt_get_timeout:
 * @self: an estimate
 *
 * Returns: how long to wait for an answer, in µs, as RFC 6298 (2.3) has it, and a quarter longer than
 *   the longest round trip of late; 0 before the first sample
 */
gint64
road_rtt_get_timeout (const RoadRtt *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->srtt_us == 0)
    return 0;

  return MAX (self->srtt_us + MAX (GRANULARITY_US, 4 * self->rttvar_us),
              road_rtt_get_peak (self) * 5 / 4);
}

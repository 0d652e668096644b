/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-rtt.h"

/* Timeouts are in ms: the clock granularity G of RFC 6298. */
#define GRANULARITY_US 1000

/* How long a peak counts, in µs: a long round trip is likely to be followed by others. */
#define PEAK_LIFE (2 * G_USEC_PER_SEC)

/* A lost SYN whose retransmission was answered took whole seconds and the usual round trip, within this
 * tolerance in µs. This many in a row are no accident. */
#define LOSS_TOLERANCE 100000
#define TIMER_DRIFT                                                                                \
  25 /* the kernel's seconds are up to a 25th too long: jiffies, and a busy machine */
#define UNCERTAIN_TO_COUNT 3

static void
add_peak (RoadRtt *self, gint64 now, gint64 rtt_us)
{
  if (now - self->peak_since >= PEAK_LIFE)
    {
      self->peak_before_us = self->peak_us;
      self->peak_us = 0;
      self->n_recent_before = self->n_recent;
      self->n_recent = 0;
      self->peak_since = now;
    }

  self->peak_us = MAX (self->peak_us, rtt_us);
  self->n_recent++;
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
 * @rtt_us: the round-trip time of a probe whose SYN was not retransmitted, in µs
 *
 * Updates the estimate as RFC 6298 section 2 says.
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
 * @rtt_us: the time from the first SYN of a probe to its answer, in µs, where the SYN was retransmitted
 *
 * Which SYN was answered is not known, so Karn's algorithm ignores such a sample. But the kernel retransmits
 * a SYN after 1 s, so that the round-trip time of a host farther away than that would never be known. So the
 * sample counts, in full, if there has been no certain one recently, unless it looks like a lost SYN: some
 * whole seconds and the usual round trip. Three of those in a row mean that the path has become slower.
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

      /* It was sent before the last of them was answered, and so tells about the same moment. */
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
 * @n_deviations: how many mean deviations to add
 *
 * Returns: the time within which an answer is expected, in µs; 0 before the first sample
 */
gint64
road_rtt_get_spread (const RoadRtt *self, guint n_deviations)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->srtt_us + n_deviations * self->rttvar_us;
}

/* Returns the longest round trip of the last 2 to 4 s in which there were any, in µs; 0 before the first. */
gint64
road_rtt_get_peak (const RoadRtt *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MAX (self->peak_us, self->peak_before_us);
}

/* Returns of how many round trips that is the longest. */
guint
road_rtt_get_n_recent (const RoadRtt *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_recent + self->n_recent_before;
}

/* Returns the timeout, in µs: as RFC 6298 (2.3) says, but at least a quarter longer than the longest recent
 * round trip; 0 before the first sample. */
gint64
road_rtt_get_timeout (const RoadRtt *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->srtt_us == 0)
    return 0;

  return MAX (self->srtt_us + MAX (GRANULARITY_US, 4 * self->rttvar_us),
              road_rtt_get_peak (self) * 5 / 4);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-rtt.h"

/* The deadlines of connects count in ms: the granularity G of RFC 6298. */
#define GRANULARITY_US 1000

/**
 * road_rtt_add_sample:
 * @self: an estimate
 * @rtt_us: a round-trip time in µs of a connect whose SYN was not repeated (Karn's rule)
 *
 * Updates the estimate with the arithmetic of RFC 6298 section 2.
 */
void
road_rtt_add_sample (RoadRtt *self, gint64 rtt_us)
{
  g_return_if_fail (self != NULL);

  rtt_us = MAX (rtt_us, 1);

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
 * road_rtt_get_timeout:
 * @self: an estimate
 *
 * Returns: how long to wait for an answer, in µs, as RFC 6298 (2.3) has it; 0 before the first sample
 */
gint64
road_rtt_get_timeout (const RoadRtt *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->srtt_us == 0 ? 0 : self->srtt_us + MAX (GRANULARITY_US, 4 * self->rttvar_us);
}

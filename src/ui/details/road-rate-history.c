/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-rate-history.h"

#include <math.h>

/**
 * road_rate_history_add:
 * @now: the current time, not before that of the last call
 * @rate: how many probes a second are sent
 * @limit: to how many a second the scan limits itself, as more were lost; 0 for no limit
 *
 * To be called often. The last rate in each half second counts; where none was added, it was 0.
 */
void
road_rate_history_add (RoadRateHistory *self, gint64 now, double rate, double limit)
{
  const gint64 slot = now / ROAD_RATE_HISTORY_SLOT;

  g_return_if_fail (self != NULL);

  if (self->n == 0 || slot - self->slot >= ROAD_RATE_HISTORY_N)
    *self =
        (RoadRateHistory){ .slot = slot - 1, .limit = self->limit, .limit_slot = self->limit_slot };

  while (self->slot < slot)
    {
      self->slot++;
      self->rates[self->slot % ROAD_RATE_HISTORY_N] = 0;
      self->n = MIN (self->n + 1, ROAD_RATE_HISTORY_N);
    }

  self->rates[slot % ROAD_RATE_HISTORY_N] = rate;
  if (limit > 0 && self->limit <= 0)
    self->limit_slot = slot;
  self->limit = limit;
}

/* Returns: the rate that many half seconds before the latest; -1 if it is not known */
double
road_rate_history_get (const RoadRateHistory *self, guint age)
{
  g_return_val_if_fail (self != NULL, -1);

  if (age >= self->n)
    return -1;

  return self->rates[(self->slot - age) % ROAD_RATE_HISTORY_N];
}

double
road_rate_history_get_peak (const RoadRateHistory *self)
{
  double peak = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint age = 0; age < self->n; age++)
    peak = MAX (peak, road_rate_history_get (self, age));

  return peak;
}

/**
 * road_rate_history_get_limit:
 * @age: (out): how many half seconds before the latest the limit was found; at most a minute's
 *
 * Returns: the limit; 0 if none is known
 */
double
road_rate_history_get_limit (const RoadRateHistory *self, guint *age)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (age != NULL, 0);

  *age = (guint) CLAMP (self->slot - self->limit_slot, 0, ROAD_RATE_HISTORY_N);

  return self->limit;
}

/* Returns: the least of 1, 2, 5, 10, 20, 50… that is not below @rate, for the top of a scale */
double
road_rate_history_round_up (double rate)
{
  const double power = pow (10, floor (log10 (MAX (rate, 1))));

  if (rate <= power)
    return power;

  if (rate <= 2 * power)
    return 2 * power;

  return rate <= 5 * power ? 5 * power : 10 * power;
}

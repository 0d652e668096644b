/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-latency-bins.h"

#include <math.h>
#include <stdlib.h>

/* With times that differ by more than this factor, bins of the same width would leave most of them in the
 * first. */
#define MAX_LINEAR 8

static int
compare_latencies (gconstpointer a, gconstpointer b)
{
  const guint32 x = *(const guint32 *) a;
  const guint32 y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

static guint32
get_median (const guint32 *sorted, guint n)
{
  const guint32 upper = sorted[n / 2];

  return n % 2 == 1 ? upper : (guint32) (((guint64) sorted[n / 2 - 1] + upper) / 2);
}

/**
 * road_latency_bins_fill:
 * @self: (out caller-allocates): where they are counted
 * @latencies: (array length=n): round-trip times in µs, all above 0; they are sorted
 */
void
road_latency_bins_fill (RoadLatencyBins *self, guint32 *latencies, guint n)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (latencies != NULL || n == 0);

  *self = (RoadLatencyBins){ .n = n };
  if (n == 0)
    return;

  qsort (latencies, n, sizeof *latencies, compare_latencies);
  self->least = latencies[0];
  self->greatest = latencies[n - 1];
  self->median = get_median (latencies, n);
  self->logarithmic = (guint64) self->greatest > (guint64) MAX_LINEAR * self->least;

  for (guint i = 0; i < n; i++)
    {
      const guint bin =
          (guint) (road_latency_bins_locate (self, latencies[i]) * ROAD_LATENCY_N_BINS);
      guint *count = &self->counts[MIN (bin, ROAD_LATENCY_N_BINS - 1)];

      (*count)++;
      self->largest = MAX (self->largest, *count);
    }
}

/* Returns: where a time is on the scale of the bins, from 0 to 1; in the middle if all are the same */
double
road_latency_bins_locate (const RoadLatencyBins *self, guint32 latency)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->least == self->greatest)
    return 0.5;

  if (self->logarithmic)
    return CLAMP (log ((double) latency / self->least) /
                      log ((double) self->greatest / self->least),
                  0, 1);

  return CLAMP (((double) latency - self->least) / ((double) self->greatest - self->least), 0, 1);
}

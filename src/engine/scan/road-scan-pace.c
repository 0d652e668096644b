/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-pace.h"

#include "road-scan-private.h"

/**
 * road_scan_get_pace:
 * @pace: (out caller-allocates): how fast it goes; all zeros before its targets are known
 */
void
road_scan_get_pace (RoadScan *self, RoadScanPace *pace)
{
  RoadPacerStatus status;

  g_return_if_fail (ROAD_IS_SCAN (self));
  g_return_if_fail (pace != NULL);

  *pace = (RoadScanPace){ .rate = 0 };
  if (self->plan.pacer == NULL)
    return;

  road_pacer_get_status (self->plan.pacer, g_get_monotonic_time (), &status);
  *pace = (RoadScanPace){
    .rate = status.path.rate,
    .limit = status.path.limit,
    .max_rate = status.max_rate,
    .loss = status.path.loss,
    .window = status.path.window,
    .max_in_flight = status.max_in_flight,
    .max_files = status.max_files,
    .max_neighbours = road_neighbours_get_limit (self->plan.neighbours),
  };
  if (self->prober != NULL)
    road_prober_get_load (self->prober, &pace->n_in_flight, &pace->n_threads);
}

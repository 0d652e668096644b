/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-timing.h"

#include "engine/base/road-enum.h"
#include "road-engine-enums.h"

const char *
road_timing_to_string (RoadTiming timing)
{
  return road_enum_to_string (ROAD_TYPE_TIMING, timing);
}

gboolean
road_timing_from_string (const char *string, RoadTiming *timing)
{
  return road_enum_from_string (ROAD_TYPE_TIMING, string, (int *) timing);
}

/* Returns: the maximum number of connects per second; 0 is unlimited */
guint
road_timing_get_max_rate (RoadTiming timing)
{
  return timing == ROAD_TIMING_POLITE ? 100 : 0;
}

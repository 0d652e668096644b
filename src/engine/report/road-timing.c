/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-timing.h"

#include "engine/base/road-syntax.h"

static const char *const names[] = {
  [ROAD_TIMING_POLITE] = "polite",
  [ROAD_TIMING_NORMAL] = "normal",
  [ROAD_TIMING_FAST] = "fast",
};

const char *
road_timing_to_string (RoadTiming timing)
{
  g_return_val_if_fail (timing < G_N_ELEMENTS (names), NULL);

  return names[timing];
}

gboolean
road_timing_from_string (const char *string, RoadTiming *timing)
{
  guint index;

  if (!road_syntax_find_name (names, G_N_ELEMENTS (names), string, &index))
    return FALSE;

  *timing = (RoadTiming) index;
  return TRUE;
}

/* Returns: the maximum number of connects per second; 0 is unlimited */
guint
road_timing_get_max_rate (RoadTiming timing)
{
  return timing == ROAD_TIMING_POLITE ? 100 : 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-lookout.h"

/* No look for this long, in µs, is no ordinary delay. */
#define MISSED (5 * ROAD_LOOKOUT_INTERVAL_MS * 1000)

/* The first probe is about to start: nobody had to look before. */
void
road_lookout_begin (RoadLookout *self, gint64 now)
{
  g_return_if_fail (self != NULL);

  self->looked_at = now;
}

/* The connector looks, or is told, which of its probes have ended. */
void
road_lookout_look (RoadLookout *self, gint64 now)
{
  g_return_if_fail (self != NULL);

  if (now - self->looked_at > MISSED)
    self->woke_at = now;
  self->looked_at = now;
}

/**
 * road_lookout_missed:
 * @since: the start of a probe that has ended
 *
 * Returns: whether the answer may have come long before it was seen, so that the time says nothing about
 *   the path
 */
gboolean
road_lookout_missed (const RoadLookout *self, gint64 since)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return since < self->woke_at;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-lookout.h"

/* No look for this long, in µs, is no ordinary delay. */
#define MISSED (5 * ROAD_LOOKOUT_INTERVAL_MS * 1000)

/* How late an answer may be seen if its round trip is to set timeouts: this long, in µs, or this part of the
 * round trip (an eighth). A busy machine can keep a thread from looking for 30 ms. */
#define MAX_GAP 5000
#define MAX_SHARE 8

/* The first probe is about to start: nobody had to look before. */
void
road_lookout_begin (RoadLookout *self, gint64 now)
{
  g_return_if_fail (self != NULL);

  self->looked_at = now;
}

/* The connector looks, or is told, which of its probes have ended. @waited: whether it has waited for that, and was
 * woken by what came. */
void
road_lookout_look (RoadLookout *self, gint64 now, gboolean waited)
{
  gint64 passed;

  g_return_if_fail (self != NULL);

  passed = now - self->looked_at;
  if (passed > MISSED)
    self->woke_at = now;
  self->gap = waited ? 0 : passed;
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

/**
 * road_lookout_delayed:
 * @since: the start of a probe that has ended
 *
 * Returns: whether the answer may have come so much before the last look that no timeout can be told from
 *   the time
 */
gboolean
road_lookout_delayed (const RoadLookout *self, gint64 since)
{
  gint64 lived;

  g_return_val_if_fail (self != NULL, FALSE);

  lived = self->looked_at - since;

  return MIN (self->gap, lived) > MAX (MAX_GAP, lived / MAX_SHARE);
}

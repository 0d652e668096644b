/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pacer, and ports that answer it. */

#pragma once

#include "engine/pacing/road-pacer.h"

#define MS ((gint64) 1000)
#define SECOND ((gint64) G_USEC_PER_SEC)
#define START (1000 * SECOND)

static RoadPacer *
make_pacer (guint max_in_flight, guint timeout_ms, int max_retries)
{
  const RoadPacerLimits limits = {
    .timing = ROAD_TIMING_NORMAL,
    .max_in_flight = max_in_flight,
    .timeout_ms = timeout_ms,
    .max_retries = max_retries,
  };

  return road_pacer_new (&limits);
}

/* @n ports of a host answer after @rtt; @n_lost of them, spread evenly, only at the second probe. */
static gint64
answer (RoadPacer *pacer, RoadPace *pace, gint64 now, guint n, guint n_lost, gint64 rtt)
{
  for (guint i = 0; i < n; i++, now += 2 * MS)
    {
      RoadRetries retries = { .timeout_ms = 1000 };
      gint64 again_at;

      road_pacer_sent (pacer, pace, now, &retries);
      if (i * n_lost / n != (i + 1) * n_lost / n)
        {
          g_assert_false (road_pacer_judge (pacer, pace, now + 200 * MS, &retries, &again_at));
          road_pacer_sent (pacer, pace, now + 300 * MS, &retries);
        }
      road_pacer_answered (pacer, pace, retries.sent_at + rtt, &retries, rtt, 0);
    }

  return now;
}

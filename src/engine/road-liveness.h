/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoadLivenessVerdict:
 * @ROAD_LIVENESS_UNKNOWN: nothing that was sent later has been answered yet
 * @ROAD_LIVENESS_ALIVE: the path was working then
 * @ROAD_LIVENESS_DEAD: the path was silent then: that there was no answer says nothing
 */
typedef enum
{
  ROAD_LIVENESS_UNKNOWN,
  ROAD_LIVENESS_ALIVE,
  ROAD_LIVENESS_DEAD,
} RoadLivenessVerdict;

/**
 * RoadLiveness:
 *
 * Whether silence means anything. A port's silence says that it is filtered only if the path to it was
 * working at that moment: if something that was sent before and something that was sent after it was
 * answered. Where nothing is answered any more, a port that is known to answer is asked again (the
 * control probe; nmap's timing pings serve the same end) until it does. Pure; times are µs of any
 * monotonic clock. Initialise with zeros; the fields are its own.
 */
typedef struct
{
  gboolean known;   /* something was ever answered */
  gint64 last_good; /* when the newest SYN was sent that has been answered */

  gboolean probing; /* a control probe is under way */
  guint n_failures; /* control probes without answer, in a row */
  gint64 next_probe;

  gboolean dead;
  gint64 dead_since; /* when that was found out */
  gint64 dead_from;  /* the last silence, by the times at which SYNs were sent */
  gint64 dead_to;
} RoadLiveness;

void road_liveness_good (RoadLiveness *self, gint64 sent_at);
RoadLivenessVerdict
road_liveness_judge (RoadLiveness *self, gint64 now, gint64 sent_at, gint64 until);
gboolean road_liveness_wants_probe (RoadLiveness *self, gint64 now, gint64 *next);
void road_liveness_probe_sent (RoadLiveness *self);
void road_liveness_probe_answered (RoadLiveness *self, gint64 sent_at);
void road_liveness_probe_failed (RoadLiveness *self, gint64 now, gint64 sent_at);
gboolean road_liveness_is_dead (RoadLiveness *self, gint64 now);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-batch.h"

G_BEGIN_DECLS

/**
 * RoadLane:
 *
 * Connects and deadlines, nothing else: one #GSocketClient in one #GMainContext.
 */
typedef struct _RoadLane RoadLane;

/**
 * RoadLaneFunc:
 * @lane: the lane
 * @probes: (array length=n): probes that ended
 * @outcomes: (array length=n): how they ended; cleared by the lane afterwards
 * @n: how many
 * @user_data: what road_lane_new() was given
 *
 * Called in the owner's main context with what has ended since the last call.
 */
typedef void (*RoadLaneFunc) (RoadLane *lane,
                              const RoadProbe *probes,
                              const RoadOutcome *outcomes,
                              guint n,
                              gpointer user_data);

RoadLane *road_lane_new (gboolean threaded, RoadLaneFunc func, gpointer user_data);
void road_lane_free (RoadLane *self);
void road_lane_submit (RoadLane *self, const RoadProbe *probes, guint n_probes);
void road_lane_cancel (RoadLane *self);
guint road_lane_get_n_pending (RoadLane *self);

G_END_DECLS

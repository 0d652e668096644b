/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-lane.h"

G_BEGIN_DECLS

/**
 * RoadLanes:
 *
 * The lanes of a scan: one in the owner's main context, and more with threads of their own when the
 * scan has outgrown those that there are, at most one for each processor.
 */
typedef struct _RoadLanes RoadLanes;

RoadLanes *road_lanes_new (RoadLaneFunc func, gpointer user_data);
void road_lanes_free (RoadLanes *self);
void road_lanes_check (RoadLanes *self, gint64 now);
void road_lanes_add (RoadLanes *self, const RoadProbe *probe);
void road_lanes_submit (RoadLanes *self);
void road_lanes_cancel (RoadLanes *self);
guint road_lanes_get_n_pending (RoadLanes *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadLanes, road_lanes_free)

G_END_DECLS

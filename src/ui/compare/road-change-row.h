/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/compare/road-host-comparison.h"

G_BEGIN_DECLS

/**
 * RoadChangeRow:
 *
 * A line under a host of a comparison: what became of a port, or of so many ports.
 */
#define ROAD_TYPE_CHANGE_ROW (road_change_row_get_type ())
G_DECLARE_FINAL_TYPE (RoadChangeRow, road_change_row, ROAD, CHANGE_ROW, GObject)

RoadChangeRow *road_change_row_new (RoadHostComparison *host, const RoadPortChangeRow *row);
RoadHostComparison *road_change_row_get_host (RoadChangeRow *self);
const RoadPortChangeRow *road_change_row_get_row (RoadChangeRow *self);

G_END_DECLS

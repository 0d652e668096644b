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

RoadHostComparison *road_change_row_get_host (RoadChangeRow *self);
const RoadPortChangeRow *road_change_row_get_row (RoadChangeRow *self);

/**
 * RoadChangeRows:
 *
 * The lines under a host of a comparison: a #GListModel of #RoadChangeRow, which are made when
 * somebody looks at them.
 */
#define ROAD_TYPE_CHANGE_ROWS (road_change_rows_get_type ())
G_DECLARE_FINAL_TYPE (RoadChangeRows, road_change_rows, ROAD, CHANGE_ROWS, GObject)

RoadChangeRows *road_change_rows_new (RoadHostComparison *host, gboolean all);

G_END_DECLS

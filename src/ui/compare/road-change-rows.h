/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/compare/road-host-comparison.h"

G_BEGIN_DECLS

/* A row below a host of a comparison: what changed at one port, or at several ports alike. */
#define ROAD_TYPE_CHANGE_ROW (road_change_row_get_type ())
G_DECLARE_FINAL_TYPE (RoadChangeRow, road_change_row, ROAD, CHANGE_ROW, GObject)

RoadHostComparison *road_change_row_get_host (RoadChangeRow *self);
const RoadPortChangeRow *road_change_row_get_row (RoadChangeRow *self);

/* The rows below a host: a #GListModel of #RoadChangeRow, which are created when they are first needed. */
#define ROAD_TYPE_CHANGE_ROWS (road_change_rows_get_type ())
G_DECLARE_FINAL_TYPE (RoadChangeRows, road_change_rows, ROAD, CHANGE_ROWS, GObject)

RoadChangeRows *road_change_rows_new (RoadHostComparison *host, gboolean all);

G_END_DECLS

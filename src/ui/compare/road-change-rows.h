/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-change-row.h"

G_BEGIN_DECLS

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

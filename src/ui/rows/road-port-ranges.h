/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-port-row.h"
#include "ui/filter/road-filter.h"

G_BEGIN_DECLS

/* With more ranges than this, the ports of the others are only counted. */
#define ROAD_PORT_RANGES_MAX 200

/* The rows below a row that counts ports: a live #GListModel of #RoadPortRow with the ranges of these ports.
 * Like #RoadPortModel it is empty until it is first used, and a change of the filter is not announced. */
#define ROAD_TYPE_PORT_RANGES (road_port_ranges_get_type ())
G_DECLARE_FINAL_TYPE (RoadPortRanges, road_port_ranges, ROAD, PORT_RANGES, GObject)

RoadPortRanges *road_port_ranges_new (RoadPortRow *count, RoadFilter *filter);

G_END_DECLS

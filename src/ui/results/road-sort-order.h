/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The columns of the results. */
typedef enum
{
  ROAD_COLUMN_TITLE,
  ROAD_COLUMN_STATE,
  ROAD_COLUMN_SERVICE,
  ROAD_COLUMN_VERSION, /* of the service, if another scanner found it */
  ROAD_COLUMN_REASON,
  ROAD_COLUMN_LATENCY,
} RoadColumn;

#define ROAD_N_COLUMNS (ROAD_COLUMN_LATENCY + 1)

/* The order of the results that the user selected. The list of hosts and all lists of ports share it and
 * sort themselves on #RoadSortOrder::changed. */
#define ROAD_TYPE_SORT_ORDER (road_sort_order_get_type ())
G_DECLARE_FINAL_TYPE (RoadSortOrder, road_sort_order, ROAD, SORT_ORDER, GObject)

RoadSortOrder *road_sort_order_new (void);
RoadColumn road_sort_order_get_column (RoadSortOrder *self);
gboolean road_sort_order_get_descending (RoadSortOrder *self);
void road_sort_order_set (RoadSortOrder *self, RoadColumn column, gboolean descending);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RoadColumn:
 * @ROAD_COLUMN_TITLE: the host's name or the port's number
 * @ROAD_COLUMN_STATE: the state
 * @ROAD_COLUMN_SERVICE: the service's name
 * @ROAD_COLUMN_VERSION: the program that answers, where another scanner found it out
 * @ROAD_COLUMN_REASON: why it has its state
 * @ROAD_COLUMN_LATENCY: the round-trip time
 *
 * The columns of the results.
 */
typedef enum
{
  ROAD_COLUMN_TITLE,
  ROAD_COLUMN_STATE,
  ROAD_COLUMN_SERVICE,
  ROAD_COLUMN_VERSION,
  ROAD_COLUMN_REASON,
  ROAD_COLUMN_LATENCY,
} RoadColumn;

#define ROAD_N_COLUMNS (ROAD_COLUMN_LATENCY + 1)

/**
 * RoadSortOrder:
 *
 * The order in which the user wants to see the results, shared by the list of hosts and all the
 * lists of ports, which sort themselves. RoadSortOrder::changed tells them.
 */
#define ROAD_TYPE_SORT_ORDER (road_sort_order_get_type ())
G_DECLARE_FINAL_TYPE (RoadSortOrder, road_sort_order, ROAD, SORT_ORDER, GObject)

RoadSortOrder *road_sort_order_new (void);
RoadColumn road_sort_order_get_column (RoadSortOrder *self);
gboolean road_sort_order_get_descending (RoadSortOrder *self);
void road_sort_order_set (RoadSortOrder *self, RoadColumn column, gboolean descending);

G_END_DECLS

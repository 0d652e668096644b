/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/ports/road-port-state.h"

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
  ROAD_COLUMN_VENDOR, /* of the network interface of a host */
  ROAD_COLUMN_NONE,   /* in a sort order: no column, but open ports first */
} RoadColumn;

#define ROAD_N_COLUMNS ROAD_COLUMN_NONE

/* The order of the results that the user selected. The list of hosts sorts itself on
 * #RoadSortOrder::changed, and the tree sorts the ports; #RoadSortOrder::changing comes while the order is still the
 * one before. Before any column is selected it is %ROAD_COLUMN_NONE: hosts by
 * address, ports by state and then by number. */
#define ROAD_TYPE_SORT_ORDER (road_sort_order_get_type ())
G_DECLARE_FINAL_TYPE (RoadSortOrder, road_sort_order, ROAD, SORT_ORDER, GObject)

RoadSortOrder *road_sort_order_new (void);
RoadColumn road_sort_order_get_column (RoadSortOrder *self);
gboolean road_sort_order_get_descending (RoadSortOrder *self);
void road_sort_order_set (RoadSortOrder *self, RoadColumn column, gboolean descending);
const char *road_column_to_string (RoadColumn column);
RoadColumn road_column_from_string (const char *string);
int road_sort_order_compare_states (guint a, guint b);

G_END_DECLS

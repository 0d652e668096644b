/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-order.h"

static int
compare_by_column (RoadHost *host,
                   const RoadPortResult *a,
                   const RoadPortResult *b,
                   RoadColumn column)
{
  switch (column)
    {
    case ROAD_COLUMN_NONE:
    case ROAD_COLUMN_STATE:
      return road_sort_order_compare_states (a->state, b->state);
    case ROAD_COLUMN_SERVICE:
      return g_strcmp0 (road_host_get_service_name (host, a->port),
                        road_host_get_service_name (host, b->port));
    case ROAD_COLUMN_VERSION:
      return g_strcmp0 (road_host_get_version (host, a->port),
                        road_host_get_version (host, b->port));
    case ROAD_COLUMN_REASON:
      return g_strcmp0 (road_reason_to_string ((RoadReason) a->reason),
                        road_reason_to_string ((RoadReason) b->reason));
    case ROAD_COLUMN_LATENCY:
      return a->latency_us < b->latency_us ? -1 : a->latency_us > b->latency_us;
    case ROAD_COLUMN_VENDOR:
    case ROAD_COLUMN_TITLE:
    default:
      return 0;
    }
}

/* Returns: which of two ports of @host comes first; 0 only for the same port */
int
road_result_order_compare (RoadSortOrder *order,
                           RoadHost *host,
                           const RoadPortResult *a,
                           const RoadPortResult *b)
{
  const RoadColumn column = road_sort_order_get_column (order);
  int result = compare_by_column (host, a, b, column);

  if (result == 0)
    {
      result = (int) a->port - (int) b->port;
      if (column != ROAD_COLUMN_TITLE && column != ROAD_COLUMN_VENDOR)
        return result;
    }

  return road_sort_order_get_descending (order) ? -result : result;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-count-rows.h"

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const RoadPortResult *result_a = road_port_row_get_result (*(RoadPortRow *const *) a);
  const RoadPortResult *result_b = road_port_row_get_result (*(RoadPortRow *const *) b);

  if (result_a->state != result_b->state)
    return (int) result_a->state - (int) result_b->state;

  return (int) result_a->reason - (int) result_b->reason;
}

/**
 * road_count_rows_find:
 * @counts: (element-type RoadPortRow): rows
 * @row: a row
 *
 * Returns: (transfer none) (nullable): the one in @counts that stands for the same as @row
 */
RoadPortRow *
road_count_rows_find (GPtrArray *counts, RoadPortRow *row)
{
  for (guint i = 0; i < counts->len; i++)
    {
      if (road_port_row_equal (g_ptr_array_index (counts, i), row))
        return g_ptr_array_index (counts, i);
    }

  return NULL;
}

/**
 * road_count_rows_make:
 * @host: a host
 *
 * Returns: (transfer full) (element-type RoadPortRow): one row for each state and reason of which
 *   there are too many ports to list them one by one
 */
GPtrArray *
road_count_rows_make (RoadHost *host)
{
  GPtrArray *counts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < road_host_get_n_groups (host); i++)
    {
      const RoadPortGroup *group = road_host_get_group (host, i);
      guint n_ports = road_port_set_get_n_ports (group->ports);
      const RoadPortResult common = {
        .state = (guint8) group->state,
        .reason = (guint8) group->reason,
        .reason_from = group->reason_from,
      };
      g_autoptr (RoadPortRow) row = NULL;
      RoadPortRow *same;

      if (n_ports == 0 || road_host_lists_state (host, group->state))
        continue;

      row = road_port_row_new_count (host, &common, n_ports);
      same = road_count_rows_find (counts, row);
      if (same != NULL)
        road_port_row_set_count (same, road_port_row_get_count (same) + n_ports,
                                 &ROAD_ADDRESS_NONE);
      else
        g_ptr_array_add (counts, g_steal_pointer (&row));
    }

  g_ptr_array_sort (counts, compare_counts);

  return counts;
}

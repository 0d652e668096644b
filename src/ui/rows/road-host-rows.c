/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-rows.h"

#include "road-port-model.h"

/* The rows of a host in the tree: the host, its ports one by one, and groups of ports with their ranges. */

/* Returns: (transfer full) (nullable): the row below @row, a host, for the group of ports at @index; NULL
 * after the last one */
GtkTreeListRow *
road_host_rows_get_group (GtkTreeListRow *row, guint index)
{
  GListModel *ports = gtk_tree_list_row_get_children (row);

  if (ports == NULL)
    return NULL;

  index += road_port_model_get_n_listed (ROAD_PORT_MODEL (ports));

  return index < g_list_model_get_n_items (ports) ? gtk_tree_list_row_get_child_row (row, index)
                                                  : NULL;
}

static guint
get_n_children (GtkTreeListRow *row)
{
  GListModel *children = gtk_tree_list_row_get_children (row);

  return children != NULL ? g_list_model_get_n_items (children) : 0;
}

/* The position after the last row of a host. */
guint
road_host_rows_find_end (GtkTreeListRow *row)
{
  guint end = gtk_tree_list_row_get_position (row) + 1 + get_n_children (row);

  for (guint i = 0;; i++)
    {
      g_autoptr (GtkTreeListRow) group = road_host_rows_get_group (row, i);

      if (group == NULL)
        return end;
      end += get_n_children (group);
    }
}

/* Returns: (transfer full): the row of the host that @row belongs to */
GtkTreeListRow *
road_host_rows_get_host_row (GtkTreeListRow *row)
{
  g_autoptr (GtkTreeListRow) parent = gtk_tree_list_row_get_parent (row);

  return parent != NULL ? road_host_rows_get_host_row (parent) : g_object_ref (row);
}

/* The place of a row for a range, if that is expanded. */
gboolean
road_host_rows_find_range (GtkTreeListRow *host_row, RoadPortRow *item, guint *position)
{
  const RoadPortResult *result = road_port_row_get_result (item);

  for (guint i = 0;; i++)
    {
      g_autoptr (GtkTreeListRow) row = road_host_rows_get_group (host_row, i);
      g_autoptr (RoadPortRow) group = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

      if (row == NULL)
        return FALSE;
      if (road_port_row_get_result (group)->state != result->state ||
          road_port_row_get_result (group)->reason != result->reason)
        continue;

      for (guint j = 0; j < get_n_children (row); j++)
        {
          g_autoptr (RoadPortRow) range =
              g_list_model_get_item (gtk_tree_list_row_get_children (row), j);

          *position = gtk_tree_list_row_get_position (row) + 1 + j;
          if (road_port_row_equal (range, item))
            return TRUE;
        }
    }
}

/* Returns: (transfer full): the ports that are listed one by one even if their state is only counted, as long
 * as there is no filter: those that have changed. Too many of them are not. */
RoadPortSet *
road_host_rows_dup_extra (RoadHost *host)
{
  g_autoptr (RoadPortSet) changed = NULL;

  g_return_val_if_fail (ROAD_IS_HOST (host), road_port_set_new_empty ());

  changed = road_host_dup_changed (host);

  return road_port_set_get_n_ports (changed) <= ROAD_HOST_MAX_LISTED ? g_steal_pointer (&changed)
                                                                     : road_port_set_new_empty ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-ignored-ports.h"

static void
clear_ignored (gpointer data)
{
  RoadIgnoredPorts *ignored = data;

  road_port_set_unref (ignored->ports);
}

static int
compare_ignored (gconstpointer a, gconstpointer b)
{
  const RoadIgnoredPorts *x = a, *y = b;
  const guint n_x = road_port_set_get_n_ports (x->ports);
  const guint n_y = road_port_set_get_n_ports (y->ports);

  if (x->n_ports_of_state != y->n_ports_of_state)
    return x->n_ports_of_state > y->n_ports_of_state ? -1 : 1;
  if (x->state != y->state)
    return x->state < y->state ? -1 : 1;
  if (n_x != n_y)
    return n_x > n_y ? -1 : 1;

  return (int) x->reason - (int) y->reason;
}

static void
add_group (GArray *all, RoadHost *host, const RoadPortGroup *group)
{
  RoadIgnoredPorts new_ignored = { group->state, group->reason,
                                   road_host_get_n_ports (host, group->state), NULL };

  for (guint i = 0; i < all->len; i++)
    {
      RoadIgnoredPorts *other = &g_array_index (all, RoadIgnoredPorts, i);

      if (other->state == group->state && other->reason == group->reason)
        {
          g_autoptr (RoadPortSet) before = g_steal_pointer (&other->ports);

          other->ports = road_port_set_union (before, group->ports);
          return;
        }
    }

  new_ignored.ports = road_port_set_ref (group->ports);
  g_array_append_val (all, new_ignored);
}

/**
 * road_ignored_ports_new:
 * @open_only: whether only open ports are listed
 *
 * Collects the ports that road_host_get_listed() leaves out. As in nmap, ports with the same state and reason
 * form one group, no matter who sent the reason.
 *
 * Returns: (transfer full) (element-type RoadIgnoredPorts): the most frequent state first, and within a state
 *   the most frequent reason
 */
GArray *
road_ignored_ports_new (RoadHost *host, gboolean open_only)
{
  GArray *all;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);

  all = g_array_new (FALSE, FALSE, sizeof (RoadIgnoredPorts));
  g_array_set_clear_func (all, clear_ignored);

  for (guint i = 0; i < road_host_get_n_groups (host); i++)
    {
      const RoadPortGroup *group = road_host_get_group (host, i);

      if (open_only ? group->state != ROAD_PORT_OPEN : !road_host_lists_state (host, group->state))
        add_group (all, host, group);
    }
  g_array_sort (all, compare_ignored);

  return all;
}

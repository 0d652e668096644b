/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-cells.h"

#include <string.h>

static void
read_group (RoadPortCells *self, const RoadPortGroup *group)
{
  guint n_ranges;
  const RoadPortRange *ranges = road_port_set_get_ranges (group->ports, &n_ranges);

  for (guint i = 0; i < n_ranges; i++)
    memset (&self->states[ranges[i].first], (int) group->state,
            (gsize) ranges[i].last - ranges[i].first + 1);
}

/**
 * road_port_cells_read:
 * @self: (out caller-allocates): where all states go
 * @host: (nullable): the host; without one, no port is scanned
 */
void
road_port_cells_read (RoadPortCells *self, RoadHost *host)
{
  guint n_known = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (host == NULL || ROAD_IS_HOST (host));

  *self = (RoadPortCells){ .n_ports = { 0 } };

  for (guint i = 0; host != NULL && i < road_host_get_n_groups (host); i++)
    {
      const RoadPortGroup *group = road_host_get_group (host, i);
      const guint n = road_port_set_get_n_ports (group->ports);

      if (group->state == ROAD_PORT_UNKNOWN)
        continue;

      read_group (self, group);
      self->n_ports[group->state] += n;
      n_known += n;
    }

  self->n_ports[ROAD_PORT_UNKNOWN] = ROAD_PORT_CELLS_N - MIN (n_known, ROAD_PORT_CELLS_N);
}

/**
 * road_port_cells_find_open:
 * @port: where to begin; this port is not looked at
 * @step: 1 to look for a higher port, -1 for a lower one
 *
 * Returns: the nearest open port in that direction, or %ROAD_PORT_CELLS_NONE
 */
int
road_port_cells_find_open (const RoadPortCells *self, int port, int step)
{
  g_return_val_if_fail (self != NULL, ROAD_PORT_CELLS_NONE);
  g_return_val_if_fail (step == 1 || step == -1, ROAD_PORT_CELLS_NONE);

  for (port += step; port >= 0 && port < ROAD_PORT_CELLS_N; port += step)
    {
      if (self->states[port] == ROAD_PORT_OPEN)
        return port;
    }

  return ROAD_PORT_CELLS_NONE;
}

/**
 * road_port_cells_move:
 * @port: a port
 * @columns: how many ports to go on; at the end of a row this goes on in the next
 * @rows: how many rows to go down, in the same column
 *
 * Returns: the port there, or at the edge if there is none
 */
int
road_port_cells_move (int port, int columns, int rows)
{
  const int column = port % ROAD_PORT_CELLS_SIDE;
  const int row = CLAMP (port / ROAD_PORT_CELLS_SIDE + rows, 0, ROAD_PORT_CELLS_SIDE - 1);

  return CLAMP (row * ROAD_PORT_CELLS_SIDE + column + columns, 0, ROAD_PORT_CELLS_N - 1);
}

/* Returns: the first or last port in the row of @port */
int
road_port_cells_move_to_edge (int port, gboolean end)
{
  const int first = port - port % ROAD_PORT_CELLS_SIDE;

  return end ? first + ROAD_PORT_CELLS_SIDE - 1 : first;
}

RoadPortRange
road_port_region_get_range (RoadPortRegion region)
{
  static const RoadPortRange ranges[ROAD_N_PORT_REGIONS] = {
    [ROAD_PORT_REGION_SYSTEM] = { 0, 1023 },
    [ROAD_PORT_REGION_REGISTERED] = { 1024, 49151 },
    [ROAD_PORT_REGION_DYNAMIC] = { 49152, 65535 },
  };

  g_return_val_if_fail (region < ROAD_N_PORT_REGIONS, ranges[0]);

  return ranges[region];
}

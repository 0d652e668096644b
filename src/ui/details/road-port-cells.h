/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* The port map has as many columns and rows: row = port / 256, column = port % 256. */
#define ROAD_PORT_CELLS_SIDE 256
#define ROAD_PORT_CELLS_N (ROAD_PORT_CELLS_SIDE * ROAD_PORT_CELLS_SIDE)

/* Instead of a port. */
#define ROAD_PORT_CELLS_NONE (-1)

/* The state of every port of a host. */
typedef struct
{
  guint8 states[ROAD_PORT_CELLS_N];  /* by port, each a #RoadPortState; unknown if not scanned */
  guint n_ports[ROAD_N_PORT_STATES]; /* by state; together %ROAD_PORT_CELLS_N */
} RoadPortCells;

/* The ranges that IANA assigns ports from (RFC 6335, 6). */
typedef enum
{
  ROAD_PORT_REGION_SYSTEM,
  ROAD_PORT_REGION_REGISTERED,
  ROAD_PORT_REGION_DYNAMIC,
} RoadPortRegion;

#define ROAD_N_PORT_REGIONS (ROAD_PORT_REGION_DYNAMIC + 1)

void road_port_cells_read (RoadPortCells *self, RoadHost *host);
int road_port_cells_find_open (const RoadPortCells *self, int port, int step);

int road_port_cells_move (int port, int columns, int rows);
int road_port_cells_move_to_edge (int port, gboolean end);
RoadPortRange road_port_region_get_range (RoadPortRegion region);

G_END_DECLS

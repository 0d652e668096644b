/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-port-cells.h"

G_BEGIN_DECLS

/* A picture of all ports of a host, 256 in a row, that the user explores with a crosshair. */
#define ROAD_TYPE_PORT_MAP (road_port_map_get_type ())
G_DECLARE_FINAL_TYPE (RoadPortMap, road_port_map, ROAD, PORT_MAP, GtkWidget)

void road_port_map_set_host (RoadPortMap *self, RoadHost *host);
const RoadPortCells *road_port_map_get_cells (RoadPortMap *self);
int road_port_map_get_crosshair (RoadPortMap *self);
void road_port_map_set_crosshair (RoadPortMap *self, int port);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* The port map of a host with all that belongs to it: how many ports are in which state, what the crosshair
 * points at, a way to go to a port, and to scan those that were not. */
#define ROAD_TYPE_PORT_MAP_VIEW (road_port_map_view_get_type ())
G_DECLARE_FINAL_TYPE (RoadPortMapView, road_port_map_view, ROAD, PORT_MAP_VIEW, GtkWidget)

void road_port_map_view_set_host (RoadPortMapView *self, RoadHost *host);

G_END_DECLS

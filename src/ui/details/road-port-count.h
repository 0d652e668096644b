/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/ports/road-port-state.h"

G_BEGIN_DECLS

/* How many ports are in a state, with its symbol and what it looks like in the port map. */
#define ROAD_TYPE_PORT_COUNT (road_port_count_get_type ())
G_DECLARE_FINAL_TYPE (RoadPortCount, road_port_count, ROAD, PORT_COUNT, GtkWidget)

void road_port_count_set (RoadPortCount *self, RoadPortState state, guint n_ports);

G_END_DECLS

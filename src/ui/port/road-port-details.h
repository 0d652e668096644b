/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* What is known about a port: its state and why, its service, and the handshake that told. */
#define ROAD_TYPE_PORT_DETAILS (road_port_details_get_type ())
G_DECLARE_FINAL_TYPE (RoadPortDetails, road_port_details, ROAD, PORT_DETAILS, GtkWidget)

void road_port_details_set_report (RoadPortDetails *self, RoadReport *report);
void road_port_details_set_port (RoadPortDetails *self, RoadHost *host, guint16 port);

G_END_DECLS

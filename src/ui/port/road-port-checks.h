/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/connect/road-port-check.h"
#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* The ports of a report that were checked again, and how that went. Their results are updated. */
#define ROAD_TYPE_PORT_CHECKS (road_port_checks_get_type ())
G_DECLARE_FINAL_TYPE (RoadPortChecks, road_port_checks, ROAD, PORT_CHECKS, GObject)

RoadPortChecks *road_port_checks_new (void);
void road_port_checks_start (RoadPortChecks *self, RoadHost *host, guint16 port);
RoadPortCheck *road_port_checks_get (RoadPortChecks *self, RoadHost *host, guint16 port);

G_END_DECLS

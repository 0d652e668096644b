/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* Ports that a report only counts: nmap's ignored states. */
typedef struct
{
  RoadPortState state;
  RoadReason reason;
  guint n_ports_of_state; /* the number of ports in that state, for any reason */
  RoadPortSet *ports;
} RoadIgnoredPorts;

GArray *road_ignored_ports_new (RoadHost *host, gboolean open_only);

G_END_DECLS

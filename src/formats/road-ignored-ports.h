/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/**
 * RoadIgnoredPorts:
 * @state: a #RoadPortState
 * @reason: a #RoadReason
 * @n_ports_of_state: how many ports are in that state, for whatever reason
 * @ports: the ports
 *
 * Ports that a report gives as a count and not one by one: what nmap calls an ignored state.
 */
typedef struct
{
  RoadPortState state;
  RoadReason reason;
  guint n_ports_of_state;
  RoadPortSet *ports;
} RoadIgnoredPorts;

GArray *road_ignored_ports_new (RoadHost *host, gboolean open_only);

G_END_DECLS

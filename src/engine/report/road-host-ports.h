/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/ports/road-port-set.h"
#include "engine/ports/road-port-state.h"

G_BEGIN_DECLS

/**
 * ROAD_HOST_MAX_LISTED:
 *
 * A state other than open that more ports than this have is given as a count ("Not shown: 992
 * closed tcp ports") and not port by port: nmap's number (PortList::isIgnoredState, portlist.cc).
 */
#define ROAD_HOST_MAX_LISTED 25

/**
 * RoadPortGroup:
 * @state: a #RoadPortState
 * @reason: a #RoadReason
 * @reason_from: who sent the ICMP error, or %ROAD_ADDRESS_NONE
 * @ports: the ports
 *
 * The ports of a host that came to the same end. A host has a few of these, however many ports it
 * has.
 */
typedef struct
{
  RoadPortState state;
  RoadReason reason;
  RoadAddress reason_from;
  RoadPortSet *ports;
} RoadPortGroup;

/**
 * RoadHostPorts:
 * @groups: (element-type RoadPortGroup): the ports by outcome
 * @latencies: the round-trip times of some ports, sorted by port
 * @n_ports: how many ports are in each state
 *
 * Private to #RoadHost: what is known of its ports.
 */
typedef struct
{
  GArray *groups;
  GArray *latencies;
  guint n_ports[ROAD_N_PORT_STATES];
} RoadHostPorts;

void road_host_ports_init (RoadHostPorts *self);
void road_host_ports_clear (RoadHostPorts *self);
gboolean road_host_ports_get (RoadHostPorts *self, guint16 port, RoadPortResult *result);
gboolean road_host_ports_lists_state (RoadHostPorts *self, RoadPortState state);
GArray *road_host_ports_list (RoadHostPorts *self, gboolean open_only);
void road_host_ports_add (RoadHostPorts *self, const RoadPortResult *results, gsize n_results);
void
road_host_ports_replace (RoadHostPorts *self, const RoadHostPorts *newer, RoadPortSet *covered);
void road_host_ports_add_group (RoadHostPorts *self, const RoadPortGroup *group);

G_END_DECLS

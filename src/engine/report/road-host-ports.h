/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/ports/road-port-set.h"
#include "engine/ports/road-port-state.h"

G_BEGIN_DECLS

/* If more ports than this are in a state other than open, they are counted ("Not shown: 992 closed tcp
 * ports"), not listed: nmap's number (PortList::isIgnoredState, portlist.cc). */
#define ROAD_HOST_MAX_LISTED 25

/* The ports of a host with the same outcome. A host has only a few groups, however many ports it has. */
typedef struct
{
  RoadPortState state;
  RoadReason reason;
  RoadAddress reason_from; /* who sent the ICMP error, or %ROAD_ADDRESS_NONE */
  RoadPortSet *ports;
} RoadPortGroup;

/* Private to #RoadHost: its ports. */
typedef struct
{
  GArray *groups;    /* (element-type RoadPortGroup): the ports by outcome */
  GArray *latencies; /* the round-trip times of some ports, sorted by port */
  GArray *silences;  /* (nullable): the attempts at the silent ports, if these are listed */
  guint n_ports[ROAD_N_PORT_STATES]; /* how many ports are in each state */
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-host-ports.h"

G_BEGIN_DECLS

/* Private to #RoadHost: which of its ports had another state before it was scanned again. */
typedef struct
{
  RoadPortSet *before[ROAD_N_PORT_STATES]; /* by the state that they had; none is unknown */
} RoadHostChanges;

RoadHostChanges *road_host_changes_new (void);
void road_host_changes_free (RoadHostChanges *self);
void road_host_changes_clear (RoadHostChanges *self);
void road_host_changes_note (RoadHostChanges *self,
                             const RoadHostPorts *before,
                             const RoadHostPorts *now);
RoadPortSet *road_host_changes_dup_ports (RoadHostChanges *self);
RoadPortState road_host_changes_get_before (RoadHostChanges *self, guint16 port);

G_END_DECLS

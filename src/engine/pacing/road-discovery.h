/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-pacer.h"

G_BEGIN_DECLS

/* A host that has answered none of this many probes is down, however much is lost on the path. */
#define ROAD_DISCOVERY_MAX_PROBES 24

/**
 * RoadDiscovery:
 * @next: how many of the ports that discover hosts have been probed
 * @next_at: when the next probe may be sent, in µs
 * @first_sent_at: when the first probe that counts was sent, in µs; 0 before it
 * @until: when the last timeout was over, in µs
 *
 * What the silence of a host means. Its ports are probed one after the other, at least a tenth of a second
 * apart: most hosts answer the first, and SYNs that are sent at the same moment are lost together. Initialise
 * with zeros.
 */
typedef struct
{
  guint next;
  gint64 next_at;
  gint64 first_sent_at;
  gint64 until;

  gint64 silent[ROAD_DISCOVERY_MAX_PROBES]; /* when the silent probes were sent */
  guint n_silent;
} RoadDiscovery;

void road_discovery_sent (RoadDiscovery *self, gint64 now, gboolean has_scout);
void road_discovery_silent (RoadDiscovery *self, gint64 sent_at, gint64 until);
void road_discovery_restart (RoadDiscovery *self);
gboolean road_discovery_is_convinced (const RoadDiscovery *self, RoadPacer *pacer);

G_END_DECLS

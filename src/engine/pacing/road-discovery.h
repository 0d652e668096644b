/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-pacer.h"

G_BEGIN_DECLS

/* A host that has answered none of so many SYNs is down, whatever is lost on the way. */
#define ROAD_DISCOVERY_MAX_PROBES 24

/**
 * RoadDiscovery:
 * @next: how many of the ports that discover hosts have been asked
 * @next_at: when the next SYN may be sent, in µs
 * @first_sent_at: when the first SYN was sent that counts; 0 before it
 * @until: until when the answer to the last was waited for
 *
 * What the silence of a host says. Its ports are asked one after the other, a tenth of a second apart or
 * more: most hosts answer the first, and SYNs that are sent at one moment are lost together. Initialise with
 * zeros.
 */
typedef struct
{
  guint next;
  gint64 next_at;
  gint64 first_sent_at;
  gint64 until;

  gint64 silent[ROAD_DISCOVERY_MAX_PROBES]; /* when SYNs were sent that had no answer */
  guint n_silent;
} RoadDiscovery;

void road_discovery_sent (RoadDiscovery *self, gint64 now, gboolean has_scout);
void road_discovery_silent (RoadDiscovery *self, gint64 sent_at, gint64 until);
void road_discovery_restart (RoadDiscovery *self);
gboolean road_discovery_is_convinced (const RoadDiscovery *self, RoadPacer *pacer);

G_END_DECLS

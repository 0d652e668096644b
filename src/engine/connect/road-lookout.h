/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long a connector with probes in flight waits at most before it looks at them, in ms. */
#define ROAD_LOOKOUT_INTERVAL_MS 100

/* Notices when a connector did not look at its probes for a while: the process was suspended, the computer
 * slept, or the main loop was busy; and for a moment, on a busy machine. Initialise with zeros. */
typedef struct
{
  gint64 looked_at; /* the g_get_monotonic_time() of the last look */
  gint64 gap;       /* how long nobody had looked before it, in µs */
  gint64 woke_at;   /* when the last such while ended; 0 if there was none */
} RoadLookout;

void road_lookout_begin (RoadLookout *self, gint64 now);
void road_lookout_look (RoadLookout *self, gint64 now, gboolean waited);
gboolean road_lookout_missed (const RoadLookout *self, gint64 since);
gboolean road_lookout_delayed (const RoadLookout *self, gint64 since);

G_END_DECLS

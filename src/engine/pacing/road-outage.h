/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many tenths of a second are remembered: longer than a probe and its retries take. */
#define ROAD_OUTAGE_N_SLOTS 256

/* When nothing at all was answered although much should have been: while a Wi-Fi card changes to another access
 * point, for example. What was silent then tells nothing about a port or a host, and is no sign of congestion. Checks
 * of the path (RoadPathCheck) see this only if it lasts longer than two of them take; but they see it also when hardly
 * anything is sent. Pure arithmetic; times are µs of any monotonic clock. Initialise with zeros; the fields are
 * private. */
typedef struct
{
  guint sent[ROAD_OUTAGE_N_SLOTS];        /* SYNs that should be answered, by when they were sent */
  gboolean answered[ROAD_OUTAGE_N_SLOTS]; /* whether any SYN that was sent then was answered */
  gint64 latest_slot;
  gint64 latest_expected; /* the slot of the last SYN that should be answered */
} RoadOutage;

void road_outage_sent (RoadOutage *self, gint64 now, gboolean expected);
void road_outage_answered (RoadOutage *self, gint64 sent_at);
gboolean road_outage_has (const RoadOutage *self, gint64 sent_at);

G_END_DECLS

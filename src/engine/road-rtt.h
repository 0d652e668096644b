/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoadRtt:
 * @srtt_us: the smoothed round-trip time in µs; 0 before the first sample
 * @rttvar_us: its mean deviation in µs
 *
 * A round-trip time estimate as RFC 6298 makes it. Initialise with zeros.
 */
typedef struct
{
  gint64 srtt_us;
  gint64 rttvar_us;
} RoadRtt;

void road_rtt_add_sample (RoadRtt *self, gint64 rtt_us);
gint64 road_rtt_get_spread (const RoadRtt *self, guint n_deviations);
gint64 road_rtt_get_timeout (const RoadRtt *self);

G_END_DECLS

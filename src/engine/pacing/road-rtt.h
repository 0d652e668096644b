/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoadRtt:
 * @srtt_us: the smoothed round-trip time in µs; 0 before the first sample
 * @rttvar_us: its mean deviation in µs
 * @peak_us: the longest round trip of late, in µs
 * @peak_before_us: the longest of the time before that
 * @peak_since: since when @peak_us counts, in µs of any monotonic clock
 * @certain_at: when there was a sample of a SYN that was not repeated
 * @uncertain_at: when there was one of a SYN that was
 * @n_uncertain: how many of those there were since the last certain one
 *
 * A round-trip time estimate as RFC 6298 makes it, and the longest round trips of the last seconds: the
 * smoothed estimate follows a path that becomes slower only after some answers, by which time others
 * have been given up too early. Initialise with zeros.
 */
typedef struct
{
  gint64 srtt_us;
  gint64 rttvar_us;
  gint64 peak_us;
  gint64 peak_before_us;
  gint64 peak_since;
  gint64 certain_at;
  gint64 uncertain_at;
  guint n_uncertain;
} RoadRtt;

void road_rtt_add_sample (RoadRtt *self, gint64 now, gint64 rtt_us);
void road_rtt_add_uncertain (RoadRtt *self, gint64 now, gint64 rtt_us);
gint64 road_rtt_get_peak (const RoadRtt *self);
gint64 road_rtt_get_spread (const RoadRtt *self, guint n_deviations);
gint64 road_rtt_get_timeout (const RoadRtt *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A round-trip time estimate after RFC 6298, and the longest round trips of the last seconds: the smoothed
 * estimate follows a path that becomes slower only after some answers, by which time other probes have been
 * given up too early. Initialise with zeros. */
typedef struct
{
  gint64 srtt_us;        /* the smoothed round-trip time in µs; 0 before the first sample */
  gint64 rttvar_us;      /* its mean deviation in µs */
  gint64 peak_us;        /* the longest round trip in the current period, in µs */
  gint64 peak_before_us; /* the longest in the period before, in µs */
  guint n_recent;        /* the round trips in the current period */
  guint n_recent_before; /* those in the period before */
  gint64 peak_since;     /* when the current period began, in µs of any monotonic clock */
  gint64 certain_at;     /* when the last sample of a SYN that was not retransmitted came */
  gint64 uncertain_at;   /* when the last sample of a SYN that was retransmitted came */
  guint n_uncertain;     /* how many of those have come since the last certain one */
} RoadRtt;

void road_rtt_add_sample (RoadRtt *self, gint64 now, gint64 rtt_us);
void road_rtt_add_uncertain (RoadRtt *self, gint64 now, gint64 rtt_us);
gint64 road_rtt_get_peak (const RoadRtt *self);
guint road_rtt_get_n_recent (const RoadRtt *self);
gint64 road_rtt_get_spread (const RoadRtt *self, guint n_deviations);
gint64 road_rtt_get_timeout (const RoadRtt *self);

G_END_DECLS

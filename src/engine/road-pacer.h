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

/**
 * RoadPacerLimits:
 * @max_in_flight: how many connects may be under way at once; 0 is %ROAD_PACER_MAX_IN_FLIGHT
 * @max_rate: how many connects may be begun a second; 0 is no limit
 * @timeout_ms: how long each attempt waits for an answer, in ms; 0 is automatic
 * @max_retries: how often a port that does not answer is tried again; -1 is automatic
 *
 * What the user wants of a scan's pace.
 */
typedef struct
{
  guint max_in_flight;
  guint max_rate;
  guint timeout_ms;
  int max_retries;
} RoadPacerLimits;

/**
 * ROAD_PACER_MAX_IN_FLIGHT:
 *
 * How many connects are under way at once if the user says nothing. Home routers keep a table of
 * connections with some thousands of places; this leaves most of it to the others in the house.
 */
#define ROAD_PACER_MAX_IN_FLIGHT 512

/**
 * RoadPacer:
 *
 * Decides how fast a scan goes: how many connects may be begun now, how long each waits and whether
 * it is worth another try. Pure arithmetic: no I/O, and time is an argument (µs of any monotonic
 * clock).
 */
typedef struct _RoadPacer RoadPacer;

RoadPacer *road_pacer_new (const RoadPacerLimits *limits);
void road_pacer_free (RoadPacer *self);
guint road_pacer_get_allowance (RoadPacer *self, gint64 now, guint n_in_flight, gint64 *next);
void road_pacer_sent (RoadPacer *self, guint n);
void road_pacer_answered (RoadPacer *self, RoadRtt *host, gint64 rtt_us);
void road_pacer_local_failure (RoadPacer *self);
guint road_pacer_get_timeout (RoadPacer *self, const RoadRtt *host, guint attempt);
gboolean road_pacer_get_retry (RoadPacer *self, guint attempt, guint *delay_ms);

G_END_DECLS

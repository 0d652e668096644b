/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-congestion.h"
#include "road-rtt.h"
#include "engine/report/road-timing.h"

G_BEGIN_DECLS

/* The limits of a scan's pace. */
typedef struct
{
  RoadTiming timing;   /* the defaults for what is not set */
  guint max_in_flight; /* how many probes may be in flight at once; 0 for the default */
  guint max_files;     /* how many sockets our own machine allows; 0 for no limit */
  guint max_rate;      /* how many probes may be sent a second; 0 for the default */
  guint timeout_ms;    /* the timeout of each probe, in ms; 0 for automatic */
  int max_retries;     /* how often a silent port is probed again; -1 for automatic */
} RoadPacerLimits;

/* The pace of one host. Initialise with road_pacer_init_host(). */
typedef struct
{
  RoadRtt rtt;
  RoadCongestion path; /* what the path to it carries */
  guint n_answered;    /* how many probes it has answered */
  guint n_ports;       /* how many of its ports were probed */
} RoadPace;

/* A port that has answered none of this many probes is filtered, however much is lost on the path. */
#define ROAD_MAX_PROBES 16

/* The history of a probe: those to the same port before it, which were silent. Initialise with zeros. */
typedef struct
{
  guint n_retries;        /* how many probes the port has had before this one */
  gint64 first_sent_at;   /* when the first of them that counts was sent */
  gint64 sent_at;         /* when this one was sent */
  gboolean expected;      /* whether the host had answered before */
  guint timeout_ms;       /* the timeout of this one, in ms */
  guint least_timeout_ms; /* the shortest timeout of those before, in ms */
  /* (array length=n_retries): when those before were sent, in ms after the first */
  guint32 silent_ms[ROAD_MAX_PROBES];
} RoadRetries;

/* How fast a scan goes at a moment, and why not faster. */
typedef struct
{
  RoadCongestionStatus path; /* all paths together */
  double max_rate;           /* how many probes may be sent a second; 0 for no limit */
  guint max_in_flight;       /* how many probes may be in flight at once */
  guint max_files;           /* how many sockets our own machine allows; 0 for no limit */
} RoadPacerStatus;

/* Decides how fast a scan goes: how many probes may be sent now, the timeout of each, and when a silent port
 * has been probed often enough. Pure arithmetic: no I/O, and time is an argument (µs of any monotonic
 * clock). */
typedef struct _RoadPacer RoadPacer;

RoadPacer *road_pacer_new (const RoadPacerLimits *limits);
void road_pacer_free (RoadPacer *self);
void road_pacer_set_n_targets (RoadPacer *self, guint64 n_targets);
guint road_pacer_get_allowance (RoadPacer *self, gint64 now, guint n_in_flight, gint64 *next);
void road_pacer_local_failure (RoadPacer *self);
void road_pacer_get_status (RoadPacer *self, gint64 now, RoadPacerStatus *status);

void road_pacer_init_host (RoadPacer *self, RoadPace *pace);
gboolean road_pacer_may_send (RoadPacer *self, RoadPace *pace, gint64 now, gint64 *next);
guint road_pacer_get_timeout (RoadPacer *self, const RoadPace *pace, guint n_retries);
guint road_pacer_get_scout_timeout (RoadPacer *self, const RoadPace *pace);
guint road_pacer_get_new_scout_timeout (RoadPacer *self, const RoadPace *pace, gint64 now);
gboolean road_pacer_has_answers (RoadPacer *self);
void road_pacer_sent (RoadPacer *self, RoadPace *pace, gint64 now, RoadRetries *retries);
gboolean road_pacer_answered (RoadPacer *self,
                              RoadPace *pace,
                              gint64 now,
                              const RoadRetries *retries,
                              gint64 rtt_us,
                              guint n_repeats);
gboolean road_pacer_judge (
    RoadPacer *self, RoadPace *pace, gint64 now, RoadRetries *retries, gint64 *again_at);
gboolean road_pacer_is_enough (RoadPacer *self, RoadPace *pace, const RoadRetries *retries);
void road_pacer_host_found (RoadPacer *self, gint64 first_sent_at, gint64 sent_at);
gboolean road_pacer_is_convinced (RoadPacer *self, const gint64 *sent_at, guint n_probes);
gboolean
road_pacer_is_too_short (RoadPacer *self, const RoadPace *pace, const RoadRetries *retries);
gboolean road_pacer_was_interrupted (RoadPacer *self, const RoadRetries *retries);
void road_pacer_excuse (RoadPacer *self, RoadRetries *retries);

G_END_DECLS

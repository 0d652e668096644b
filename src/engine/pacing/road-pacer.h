/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-congestion.h"
#include "road-rtt.h"
#include "engine/report/road-timing.h"

G_BEGIN_DECLS

/**
 * RoadPacerLimits:
 * @timing: what holds where nothing else is said
 * @max_in_flight: how many connects may be under way at once; 0 is as @timing says
 * @max_files: how many sockets our own machine allows
 * @max_rate: how many connects may be begun a second; 0 is as @timing says
 * @timeout_ms: how long each attempt waits for an answer, in ms; 0 is automatic
 * @max_retries: how often a port that does not answer is tried again; -1 is automatic
 *
 * What the user wants of a scan's pace.
 */
typedef struct
{
  RoadTiming timing;
  guint max_in_flight;
  guint max_files;
  guint max_rate;
  guint timeout_ms;
  int max_retries;
} RoadPacerLimits;

/**
 * RoadPace:
 * @rtt: its round-trip time
 * @path: what the path to it carries
 * @n_answered: how many of its ports have answered
 *
 * The pace of one host. road_pacer_init_host() makes it.
 */
typedef struct
{
  RoadRtt rtt;
  RoadCongestion path;
  guint n_answered;
} RoadPace;

/* A port that has answered none of so many tries is filtered, whatever is lost on the way; a user may
 * want as many retries. */
#define ROAD_MAX_TRIES 16

/**
 * RoadTry:
 * @n_before: how often the port was tried before
 * @first_sent_at: when the SYN of the first try that counts was sent
 * @sent_at: when the SYN was sent
 * @expected: whether the host had answered before
 * @timeout_ms: how long its answer is waited for, in ms
 * @least_timeout_ms: how long the answer to any of the tries before was waited for, at least, in ms
 * @silent_ms: (array length=n_before): when the tries before were sent, in ms after the first
 *
 * A port that is being tried. Initialise with zeros.
 */
typedef struct
{
  guint n_before;
  gint64 first_sent_at;
  gint64 sent_at;
  gboolean expected;
  guint timeout_ms;
  guint least_timeout_ms;
  guint32 silent_ms[ROAD_MAX_TRIES];
} RoadTry;

/**
 * RoadPacer:
 *
 * Decides how fast a scan goes: how many connects may be begun now, how long each waits, and when a
 * silent port has been asked often enough. Pure arithmetic: no I/O, and time is an argument (µs of
 * any monotonic clock).
 */
typedef struct _RoadPacer RoadPacer;

RoadPacer *road_pacer_new (const RoadPacerLimits *limits);
void road_pacer_free (RoadPacer *self);
void road_pacer_set_n_targets (RoadPacer *self, guint64 n_targets);
guint road_pacer_get_max_in_flight (RoadPacer *self);
guint road_pacer_get_allowance (RoadPacer *self, gint64 now, guint n_in_flight, gint64 *next);
void road_pacer_local_failure (RoadPacer *self);

void road_pacer_init_host (RoadPacer *self, RoadPace *pace);
gboolean road_pacer_may_send (RoadPacer *self, RoadPace *pace, gint64 now, gint64 *next);
guint road_pacer_get_timeout (RoadPacer *self, const RoadPace *pace, guint n_before);
guint road_pacer_get_scout_timeout (RoadPacer *self, const RoadPace *pace);
gboolean road_pacer_has_answers (RoadPacer *self);
gboolean road_pacer_is_crowded (RoadPacer *self);
void road_pacer_sent (RoadPacer *self, RoadPace *pace, gint64 now, RoadTry *attempt);
gboolean road_pacer_answered (RoadPacer *self,
                              RoadPace *pace,
                              gint64 now,
                              const RoadTry *attempt,
                              gint64 rtt_us,
                              guint n_repeats);
gboolean
road_pacer_judge (RoadPacer *self, RoadPace *pace, gint64 now, RoadTry *attempt, gint64 *again_at);
gboolean road_pacer_is_enough (RoadPacer *self, RoadPace *pace, const RoadTry *attempt);
void road_pacer_host_found (RoadPacer *self, gint64 first_sent_at, gint64 sent_at);
gboolean road_pacer_is_convinced (RoadPacer *self, const gint64 *sent_at, guint n_tries);
gboolean road_pacer_is_too_short (RoadPacer *self, const RoadPace *pace, const RoadTry *attempt);
void road_pacer_excuse (RoadPacer *self, RoadTry *attempt);

G_END_DECLS

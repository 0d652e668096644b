/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far a scan is, and an estimate of what is left. It has no clock of its own. The ports of a host that
 * is down count as no work: they are taken from the total. */
typedef struct
{
  guint n_ports;      /* how many ports each host has */
  gboolean discovers; /* whether hosts that do not answer are left out */
  guint64 n_total;    /* probes (port of a host) in all; saturates at %G_MAXUINT64 */
  guint64 n_done;     /* probes that have their result, or were sent to a host that is down */
  guint64 n_dropped;  /* probes that were left out */
  guint64 n_open;
  guint64 n_waiting;     /* hosts that were not begun yet */
  guint64 n_undecided;   /* hosts that were begun and have neither answered nor been given up */
  guint64 n_answered;    /* hosts that have answered */
  guint64 n_silent;      /* hosts that were given up without an answer */
  guint64 n_silent_done; /* probes that were sent to those */
  guint64 n_ended;       /* hosts that have answered and are done */
  gboolean scans;        /* whether all hosts are known, so that only ports are left */
  double scans_since;    /* elapsed seconds when that began */
  guint64 n_done_before; /* probes done by then */
} RoadProgress;

/* How far the current phase of a scan is. There are two, as nobody knows how many ports there are to scan until
 * the hosts are known. */
typedef struct
{
  gboolean discovers; /* whether hosts are still looked for; else only ports are left to scan */
  double fraction;    /* how much of the phase is done, from 0 to 1; never less than before */
  guint64 n_hosts;    /* addresses to look for hosts at, or hosts to scan */
  guint64 n_probed;   /* addresses that were probed at least once */
  guint64 n_up;       /* hosts that have answered */
  guint64 n_left;     /* hosts that are not decided, or whose ports are not all scanned */
  guint64 n_done;     /* ports that have their result; 0 while hosts are looked for */
  guint64 n_total;    /* ports to scan; saturates at %G_MAXUINT64; 0 while hosts are looked for */
} RoadProgressPhase;

void road_progress_init (RoadProgress *self, guint64 n_hosts, guint n_ports, gboolean discovers);
void road_progress_skip_host (RoadProgress *self);
void road_progress_begin_host (RoadProgress *self);
void road_progress_answer_host (RoadProgress *self);
void road_progress_add_done (RoadProgress *self, guint n_done, guint n_open);
void road_progress_end_host (RoadProgress *self, gboolean answered, guint n_dropped);
void road_progress_tick (RoadProgress *self, double elapsed);
void road_progress_get_phase (const RoadProgress *self, RoadProgressPhase *phase);
double road_progress_estimate_remaining (const RoadProgress *self, double elapsed);

G_END_DECLS

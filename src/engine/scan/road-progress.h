/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoadProgress:
 * @n_ports: how many ports each host has
 * @discovers: whether hosts that do not answer are left out
 * @n_total: probes (port of a host) in all; saturates at %G_MAXUINT64
 * @n_done: probes that have their result, or were asked of a host that is down
 * @n_dropped: probes that were left out
 * @n_open: open ports found
 * @n_waiting: hosts that were not begun yet
 * @n_asked: hosts that were begun and have neither answered nor been given up
 * @n_answered: hosts that have answered
 * @n_silent: hosts that were given up without an answer
 * @n_silent_done: probes that were asked of those
 * @n_ended: hosts that have answered and are done
 * @scans: whether all hosts have answered or been given up, so that only ports are left
 * @scans_since: elapsed seconds when that began
 * @n_done_before: probes done by then
 *
 * How far a scan is, and an estimate of what is left. No clock of its own. The ports of a host that is
 * down are no work that was done: they are taken from the total.
 */
typedef struct
{
  guint n_ports;
  gboolean discovers;
  guint64 n_total;
  guint64 n_done;
  guint64 n_dropped;
  guint64 n_open;
  guint64 n_waiting;
  guint64 n_asked;
  guint64 n_answered;
  guint64 n_silent;
  guint64 n_silent_done;
  guint64 n_ended;
  gboolean scans;
  double scans_since;
  guint64 n_done_before;
} RoadProgress;

/**
 * RoadProgressPhase:
 * @discovers: whether hosts are still looked for; else only ports are left to scan
 * @fraction: how much of the phase is done, from 0 to 1; never less than before
 * @n_hosts: addresses to look for hosts at, or hosts to scan
 * @n_probed: addresses that were probed at least once
 * @n_up: hosts that have answered
 * @n_left: hosts that have neither answered nor been given up, or whose ports are not all scanned
 * @n_done: ports that have their result; 0 while hosts are looked for
 * @n_total: ports to scan; saturates at %G_MAXUINT64; 0 while hosts are looked for
 *
 * A scan has two phases, as nobody knows how many ports there are to scan until the hosts are known.
 */
typedef struct
{
  gboolean discovers;
  double fraction;
  guint64 n_hosts;
  guint64 n_probed;
  guint64 n_up;
  guint64 n_left;
  guint64 n_done;
  guint64 n_total;
} RoadProgressPhase;

void road_progress_init (RoadProgress *self, guint64 n_hosts, guint n_ports, gboolean discovers);
void road_progress_skip_host (RoadProgress *self);
void road_progress_begin_host (RoadProgress *self);
void road_progress_answer_host (RoadProgress *self);
void road_progress_end_host (RoadProgress *self, gboolean answered, guint n_dropped);
void road_progress_tick (RoadProgress *self, double elapsed);
void road_progress_get_phase (const RoadProgress *self, RoadProgressPhase *phase);
double road_progress_estimate_remaining (const RoadProgress *self, double elapsed);

G_END_DECLS

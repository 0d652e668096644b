/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoadProgress:
 * @n_ports: how many ports each host has
 * @discovers: whether hosts that do not answer are left out
 * @n_total: probes (port of a host) in all; saturates at %G_MAXUINT64
 * @n_done: probes that have their result, or were sent to a host that is down
 * @n_dropped: probes that were left out
 * @n_open: open ports found
 * @n_waiting: hosts that were not begun yet
 * @n_undecided: hosts that were begun and have neither answered nor been given up
 * @n_answered: hosts that have answered
 * @n_silent: hosts that were given up without an answer
 *
 * How far a scan is, and an estimate of what is left. It has no clock of its own. The ports of a host that is
 * down count as no work: they are taken from the total.
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
  guint64 n_undecided;
  guint64 n_answered;
  guint64 n_silent;
} RoadProgress;

void road_progress_init (RoadProgress *self, guint64 n_hosts, guint n_ports, gboolean discovers);
void road_progress_skip_host (RoadProgress *self);
void road_progress_begin_host (RoadProgress *self);
void road_progress_answer_host (RoadProgress *self);
void road_progress_add_done (RoadProgress *self, guint n_done, guint n_open);
void road_progress_end_host (RoadProgress *self, gboolean answered, guint n_dropped);
double road_progress_estimate_remaining (const RoadProgress *self, double elapsed);

G_END_DECLS

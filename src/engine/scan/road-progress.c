/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-progress.h"

/* The first moment of a scan says nothing about the rest. */
#define MIN_ELAPSED_S 0.5

/**
 * road_progress_init:
 * @self: (out caller-allocates): the progress of a scan that begins
 * @n_hosts: how many hosts there are
 * @n_ports: how many ports each of them has
 * @discovers: whether hosts that do not answer are left out
 */
void
road_progress_init (RoadProgress *self, guint64 n_hosts, guint n_ports, gboolean discovers)
{
  g_return_if_fail (self != NULL);

  *self = (RoadProgress){ .n_ports = n_ports, .discovers = discovers, .n_waiting = n_hosts };
  if (!g_uint64_checked_mul (&self->n_total, n_hosts, n_ports))
    self->n_total = G_MAXUINT64;
}

/* A total that is too large to be counted stays so. */
static void
take_from_total (RoadProgress *self, guint n_ports)
{
  if (self->n_total != G_MAXUINT64)
    self->n_total -= n_ports;
}

/* Notes that the next host is excluded. */
void
road_progress_skip_host (RoadProgress *self)
{
  g_return_if_fail (self != NULL && self->n_waiting > 0);

  self->n_waiting--;
  take_from_total (self, self->n_ports);
}

/* Notes that the next host is being scanned. */
void
road_progress_begin_host (RoadProgress *self)
{
  g_return_if_fail (self != NULL && self->n_waiting > 0);

  self->n_waiting--;
  self->n_undecided++;
}

/* Notes that a host has answered for the first time. */
void
road_progress_answer_host (RoadProgress *self)
{
  g_return_if_fail (self != NULL && self->n_undecided > 0);

  self->n_undecided--;
  self->n_answered++;
}

/**
 * road_progress_add_done:
 * @n_done: how many more ports of a host are done
 * @n_open: how many of them are open
 */
void
road_progress_add_done (RoadProgress *self, guint n_done, guint n_open)
{
  g_return_if_fail (self != NULL);

  self->n_done += n_done;
  self->n_open += n_open;
}

/**
 * road_progress_end_host:
 * @answered: whether the host has answered
 * @n_dropped: how many of its ports were left out
 *
 * Notes that a host has ended.
 */
void
road_progress_end_host (RoadProgress *self, gboolean answered, guint n_dropped)
{
  g_return_if_fail (self != NULL);

  self->n_dropped += n_dropped;
  take_from_total (self, n_dropped);
  if (answered)
    {
      self->n_ended++;
      return;
    }

  g_return_if_fail (self->n_undecided > 0);
  self->n_undecided--;
  self->n_silent++;
  self->n_silent_done += self->n_ports - MIN (n_dropped, self->n_ports);
}

static gboolean
is_discovering (const RoadProgress *self)
{
  return self->discovers && self->n_waiting + self->n_undecided > 0;
}

/**
 * road_progress_tick:
 * @self: the progress of a scan
 * @elapsed: seconds since its start, without pauses
 *
 * To be called regularly: notes when all hosts are known.
 */
void
road_progress_tick (RoadProgress *self, double elapsed)
{
  g_return_if_fail (self != NULL);

  if (self->scans || !self->discovers || is_discovering (self))
    return;

  self->scans = TRUE;
  self->scans_since = elapsed;
  self->n_done_before = self->n_done;
}

static void
describe_discovery (const RoadProgress *self, RoadProgressPhase *phase)
{
  const guint64 n_decided = self->n_answered + self->n_silent;

  phase->discovers = TRUE;
  phase->n_probed = n_decided + self->n_undecided;
  phase->n_hosts = phase->n_probed + self->n_waiting;
  phase->n_left = self->n_waiting + self->n_undecided;
  /* Sending is half of the work, waiting for answers the other. */
  phase->fraction = ((double) phase->n_probed + (double) n_decided) / 2 / (double) phase->n_hosts;
}

static void
describe_ports (const RoadProgress *self, RoadProgressPhase *phase)
{
  /* Without discovery, silent hosts are scanned as well. */
  const guint64 n_not_scanned = self->discovers ? self->n_silent : 0;
  const guint64 n_not_ports = self->discovers ? self->n_silent_done : 0;

  phase->n_probed = self->n_answered + self->n_silent + self->n_undecided;
  phase->n_hosts = phase->n_probed + self->n_waiting - n_not_scanned;
  phase->n_left = phase->n_hosts - self->n_ended - (self->n_silent - n_not_scanned);
  phase->n_done = self->n_done - MIN (n_not_ports, self->n_done);
  phase->n_total = self->n_total;
  if (self->n_total != G_MAXUINT64)
    phase->n_total = MAX (self->n_total - MIN (n_not_ports, self->n_total), phase->n_done);
  phase->fraction = phase->n_total > 0 ? (double) phase->n_done / (double) phase->n_total : 0;
}

/**
 * road_progress_get_phase:
 * @self: the progress of a scan
 * @phase: (out caller-allocates): how far its current phase is
 */
void
road_progress_get_phase (const RoadProgress *self, RoadProgressPhase *phase)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (phase != NULL);

  *phase = (RoadProgressPhase){ .n_up = self->n_answered };
  if (is_discovering (self))
    describe_discovery (self, phase);
  else
    describe_ports (self, phase);
}

/**
 * road_progress_estimate_remaining:
 * @elapsed: seconds since its start, without pauses
 *
 * Estimates how long the scan will take from now, if it goes on as fast as until now (once all hosts are known,
 * as fast as since then) and if of each host that has not answered yet as many ports are left out as, on
 * average, of the hosts that have answered or were given up.
 *
 * Returns: seconds; negative while there is no basis for an estimate
 */
double
road_progress_estimate_remaining (const RoadProgress *self, double elapsed)
{
  guint64 n_known;
  double n_left;

  g_return_val_if_fail (self != NULL, -1);

  if (self->n_done == 0 || elapsed < MIN_ELAPSED_S || self->n_total == G_MAXUINT64)
    return -1;

  n_left = (double) self->n_total - (double) self->n_done;
  if (self->scans && self->n_done > self->n_done_before &&
      elapsed - self->scans_since >= MIN_ELAPSED_S)
    return (elapsed - self->scans_since) * MAX (n_left, 0) /
           (double) (self->n_done - self->n_done_before);

  if (self->discovers)
    {
      /* Hosts that are up are known first: until most are decided, they tell nothing about the others. */
      n_known = self->n_answered + self->n_silent;
      if (n_known == 0 || self->n_undecided > n_known)
        return -1;

      n_left -= (double) (self->n_waiting + self->n_undecided) * (double) self->n_dropped /
                (double) n_known;
    }

  return elapsed * MAX (n_left, 0) / (double) self->n_done;
}

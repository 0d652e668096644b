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
    return;

  g_return_if_fail (self->n_undecided > 0);
  self->n_undecided--;
  self->n_silent++;
}

/**
 * road_progress_estimate_remaining:
 * @elapsed: seconds since its start, without pauses
 *
 * Estimates how long the scan will take from now, if it goes on as fast as until now and if of each host that
 * has not answered yet as many ports are left out as, on average, of the hosts that have answered or were
 * given up.
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-path-check.h"

/* The interval between checks, in µs; longer after each one that is not answered, up to the maximum. */
#define CHECK_INTERVAL (G_USEC_PER_SEC / 4)
#define MAX_CHECK_INTERVAL (2 * G_USEC_PER_SEC)

/* A witness is not probed again within this time, in µs; half of it if it is the only one. */
#define WITNESS_INTERVAL G_USEC_PER_SEC

/* A single check without an answer may just have been lost. */
#define UNANSWERED_TO_BE_SILENT 2

/* A path that is silent for this long, in µs, is given up: longer than a router takes to restart. */
#define PATIENCE (180 * G_USEC_PER_SEC)

/* Remembers a port that answered, in place of the oldest one. */
static void
add_witness (RoadPathCheck *self, const RoadAddress *address, guint16 port)
{
  RoadWitness *witness;

  for (guint i = 0; i < self->n_witnesses; i++)
    {
      if (self->witnesses[i].port == port &&
          road_address_equal (&self->witnesses[i].address, address))
        return;
    }

  witness = &self->witnesses[self->n_added++ % ROAD_PATH_CHECK_N_WITNESSES];
  self->n_witnesses = MIN (self->n_witnesses + 1, ROAD_PATH_CHECK_N_WITNESSES);
  witness->address = *address;
  witness->port = port;
  witness->probed_at = 0;
}

/**
 * road_path_check_answered:
 * @address: the host that answered
 * @port: the port that answered
 * @sent_at: when the probe was sent
 *
 * Notes that a probe was answered in time.
 */
void
road_path_check_answered (RoadPathCheck *self,
                          const RoadAddress *address,
                          guint16 port,
                          gint64 sent_at)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (address != NULL);

  /* Most answers come when there are witnesses enough, and cost no more than this. */
  if (self->n_witnesses < ROAD_PATH_CHECK_N_WITNESSES ||
      sent_at - self->last_good >= CHECK_INTERVAL)
    add_witness (self, address, port);

  if (self->last_good != 0 && sent_at <= self->last_good)
    return;

  if (self->n_unanswered >= UNANSWERED_TO_BE_SILENT && sent_at > self->silent_at)
    {
      self->outage_from = self->last_good;
      self->outage_to = sent_at;
    }
  self->last_good = sent_at;
  self->n_unanswered = 0;
}

/**
 * road_path_check_answered_late:
 * @sent_at: when the probe was sent
 *
 * Notes that a probe was answered later than expected, after the kernel had retransmitted its SYN: the path
 * is back, or round trips have become longer. Which of the SYNs was answered is not known.
 */
void
road_path_check_answered_late (RoadPathCheck *self, gint64 now, gint64 sent_at)
{
  g_return_if_fail (self != NULL);

  if (self->last_good != 0 && sent_at <= self->last_good)
    return;

  if (self->last_good != 0)
    {
      self->outage_from = self->last_good;
      self->outage_to = now;
    }
  self->last_good = sent_at;
  self->n_unanswered = 0;
}

/* Returns: (transfer none) (nullable): a host that has answered. */
const RoadAddress *
road_path_check_get_witness (const RoadPathCheck *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->n_witnesses > 0 ? &self->witnesses[0].address : NULL;
}

/* Returns whether anything on the path has ever answered. */
gboolean
road_path_check_is_known (const RoadPathCheck *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->last_good != 0;
}

/**
 * road_path_check_is_silent:
 * @timeout: how long answers on it may take
 *
 * Returns: whether the path seems interrupted, so that only checks should be sent
 */
gboolean
road_path_check_is_silent (const RoadPathCheck *self, gint64 now, gint64 timeout)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_unanswered >= UNANSWERED_TO_BE_SILENT &&
         now - self->silent_since > timeout + CHECK_INTERVAL;
}

/**
 * road_path_check_judge:
 * @sent_at: when the first of the silent probes was sent
 * @until: when the timeout of the last was over
 *
 * Returns: whether the path was working all that time. A path on which nothing ever answered is assumed to
 *   be.
 */
RoadPathVerdict
road_path_check_judge (const RoadPathCheck *self, gint64 now, gint64 sent_at, gint64 until)
{
  g_return_val_if_fail (self != NULL, ROAD_PATH_ALIVE);

  if (!road_path_check_is_known (self))
    return ROAD_PATH_ALIVE;

  if (until > self->last_good)
    return self->n_unanswered >= UNANSWERED_TO_BE_SILENT && now - self->silent_since > PATIENCE
               ? ROAD_PATH_GONE
               : ROAD_PATH_UNKNOWN;

  return until > self->outage_from && sent_at < self->outage_to ? ROAD_PATH_DEAD : ROAD_PATH_ALIVE;
}

/* When a witness may be probed again. */
static gint64
get_next_probing (const RoadPathCheck *self, const RoadWitness *witness)
{
  if (witness->probed_at == 0)
    return 0;

  return witness->probed_at + (self->n_witnesses > 1 ? WITNESS_INTERVAL : WITNESS_INTERVAL / 2);
}

/**
 * road_path_check_take:
 * @self: a path on which something waits for a verdict
 * @next: (inout): lowered to when to call again if no check may be sent now
 *
 * Chooses the witness to probe next, and notes that it is probed now.
 *
 * Returns: (transfer none) (nullable): the witness, if one may be probed now; valid until the next call
 */
RoadWitness *
road_path_check_take (RoadPathCheck *self, gint64 now, gint64 *next)
{
  RoadWitness *witness;
  gint64 interval, at;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (next != NULL, NULL);

  if (self->n_witnesses == 0)
    return NULL;

  witness = &self->witnesses[0];
  for (guint i = 1; i < self->n_witnesses; i++)
    {
      if (self->witnesses[i].probed_at < witness->probed_at)
        witness = &self->witnesses[i];
    }

  interval = MIN (CHECK_INTERVAL << MIN (self->n_unanswered, 8), MAX_CHECK_INTERVAL);
  at = get_next_probing (self, witness);
  if (self->checked_at != 0)
    at = MAX (at, self->checked_at + interval);
  if (at > now)
    {
      *next = MIN (*next, at);
      return NULL;
    }

  if (self->n_unanswered == 0)
    self->silent_since = now;
  else if (self->n_unanswered == 1)
    self->silent_at = now;
  self->n_unanswered++;
  self->checked_at = now;
  witness->probed_at = now;

  return witness;
}

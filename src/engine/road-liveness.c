/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-liveness.h"

/* One control probe without answer may just have been lost. */
#define FAILURES_TO_BE_DEAD 2

/* Control probes of a dead path are so far apart, in µs. */
#define PROBE_INTERVAL (G_USEC_PER_SEC / 4)

/* After so long, in µs, the silence is taken for what it is: the other side no longer answers us. */
#define PATIENCE (20 * G_USEC_PER_SEC)

/**
 * road_liveness_good:
 * @self: a path
 * @sent_at: when a SYN was sent that was answered
 */
void
road_liveness_good (RoadLiveness *self, gint64 sent_at)
{
  g_return_if_fail (self != NULL);

  if (self->known && sent_at <= self->last_good)
    return;

  self->known = TRUE;
  self->last_good = sent_at;
  self->n_failures = 0;
  if (self->dead)
    {
      self->dead = FALSE;
      self->dead_to = sent_at;
    }
}

/**
 * road_liveness_judge:
 * @self: a path
 * @now: the time
 * @sent_at: when a SYN was sent that had no answer
 * @until: until when its answer was waited for
 *
 * Returns: whether the path was working all that time. A path of which nothing was ever heard is taken to be.
 */
RoadLivenessVerdict
road_liveness_judge (RoadLiveness *self, gint64 now, gint64 sent_at, gint64 until)
{
  g_return_val_if_fail (self != NULL, ROAD_LIVENESS_ALIVE);

  if (!self->known || (self->dead && now - self->dead_since > PATIENCE))
    return ROAD_LIVENESS_ALIVE;

  if (until > self->last_good)
    return ROAD_LIVENESS_UNKNOWN;

  return until > self->dead_from && sent_at < self->dead_to ? ROAD_LIVENESS_DEAD
                                                            : ROAD_LIVENESS_ALIVE;
}

/**
 * road_liveness_wants_probe:
 * @self: a path on which something waits for a verdict
 * @now: the time
 * @next: (inout): lowered to when to ask again
 *
 * Returns: whether a control probe should be sent now
 */
gboolean
road_liveness_wants_probe (RoadLiveness *self, gint64 now, gint64 *next)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (next != NULL, FALSE);

  if (!self->known || self->probing)
    return FALSE;

  if (self->next_probe <= now)
    return TRUE;

  *next = MIN (*next, self->next_probe);
  return FALSE;
}

/**
 * road_liveness_probe_sent:
 * @self: a path
 *
 * Says that a control probe is sent.
 */
void
road_liveness_probe_sent (RoadLiveness *self)
{
  g_return_if_fail (self != NULL);

  self->probing = TRUE;
}

/**
 * road_liveness_probe_answered:
 * @self: a path
 * @sent_at: when the control probe was sent
 */
void
road_liveness_probe_answered (RoadLiveness *self, gint64 sent_at)
{
  g_return_if_fail (self != NULL);

  self->probing = FALSE;
  road_liveness_good (self, sent_at);
}

/**
 * road_liveness_probe_failed:
 * @self: a path
 * @now: the time
 * @sent_at: when the control probe was sent
 */
void
road_liveness_probe_failed (RoadLiveness *self, gint64 now, gint64 sent_at)
{
  g_return_if_fail (self != NULL);

  self->probing = FALSE;
  if (sent_at <= self->last_good)
    return;

  if (++self->n_failures < FAILURES_TO_BE_DEAD)
    return;

  self->next_probe = now + PROBE_INTERVAL;
  if (!self->dead)
    {
      self->dead = TRUE;
      self->dead_since = now;
      self->dead_from = self->last_good;
      self->dead_to = G_MAXINT64;
    }
}

/**
 * road_liveness_is_dead:
 * @self: a path
 * @now: the time
 *
 * Returns: whether nothing but control probes should be sent
 */
gboolean
road_liveness_is_dead (RoadLiveness *self, gint64 now)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->dead && now - self->dead_since <= PATIENCE;
}

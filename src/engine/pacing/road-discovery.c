/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-discovery.h"

/* The spacing of the probes to a silent host, in µs. It is wide without a scout, which would still be waiting
 * when the kernel repeats its request for a neighbour's address after 1 s: the sixth probe is sent just after
 * that. */
#define SPACING (G_USEC_PER_SEC / 10)
#define WIDE_SPACING (G_USEC_PER_SEC / 5 + 10000)

/* Up to this much is added at random, so that the probes are not in step with a device that enforces a rate
 * limit. */
#define SPACING_JITTER (G_USEC_PER_SEC / 50)

/**
 * road_discovery_sent:
 * @has_scout: whether the host has had a scout, which waits longer than other probes
 *
 * Notes that a probe is sent.
 */
void
road_discovery_sent (RoadDiscovery *self, gint64 now, gboolean has_scout)
{
  g_return_if_fail (self != NULL);

  if (self->first_sent_at == 0)
    self->first_sent_at = now;
  self->next_at =
      now + (has_scout ? SPACING : WIDE_SPACING) + g_random_int_range (0, SPACING_JITTER);
}

/**
 * road_discovery_silent:
 * @sent_at: when a probe was sent that had no answer
 * @until: when its timeout was over
 */
void
road_discovery_silent (RoadDiscovery *self, gint64 sent_at, gint64 until)
{
  g_return_if_fail (self != NULL);

  if (self->n_silent < ROAD_DISCOVERY_MAX_PROBES)
    self->silent[self->n_silent++] = sent_at;
  self->until = MAX (self->until, until);
}

/**
 * road_discovery_restart:
 * @self: a host's discovery, with nothing in flight
 *
 * Forgets the silence so far: the path was silent altogether.
 */
void
road_discovery_restart (RoadDiscovery *self)
{
  g_return_if_fail (self != NULL);

  self->first_sent_at = 0;
  self->until = 0;
  self->n_silent = 0;
}

/**
 * road_discovery_is_convinced:
 * @pacer: the scan's pacer
 *
 * Returns: whether the silence so far means that the host is down, provided that the path was working
 */
gboolean
road_discovery_is_convinced (const RoadDiscovery *self, RoadPacer *pacer)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_silent == ROAD_DISCOVERY_MAX_PROBES ||
         road_pacer_is_convinced (pacer, self->silent, self->n_silent);
}

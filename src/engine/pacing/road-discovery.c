/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-discovery.h"

/* How far apart a silent host's SYNs are, in µs. Where none of them waits for longer than the kernel needs
 * to ask for a neighbour's address a second time, which it does after 1 s, the sixth is sent then. */
#define SPACING (G_USEC_PER_SEC / 10)
#define WIDE_SPACING (G_USEC_PER_SEC / 5 + 10000)

/* And up to so much more, at random, so that they do not keep step with a device that enforces a limit. */
#define SPACING_JITTER (G_USEC_PER_SEC / 50)

/**
 * road_discovery_sent:
 * @self: a host's discovery
 * @now: the time
 * @has_scout: whether one of the host's SYNs waits longer than the others
 *
 * Says that a SYN is sent.
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
 * @self: a host's discovery
 * @sent_at: when a SYN was sent that had no answer
 * @until: until when its answer was waited for
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
 * @self: a host's discovery
 * @pacer: the scan's pacer
 *
 * Returns: whether the silence so far says that the host is down, if the path was working
 */
gboolean
road_discovery_is_convinced (const RoadDiscovery *self, RoadPacer *pacer)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_silent == ROAD_DISCOVERY_MAX_PROBES ||
         road_pacer_is_convinced (pacer, self->silent, self->n_silent);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-pacer-private.h"

/* How long the pacer lets a probe wait for its answer. */

#define MAX_TIMEOUT_MS 10000

/* This many answers of other hosts in the last seconds tell how long a round trip may take. */
#define MANY_ROUND_TRIPS 100

/* How much longer one may take because a machine is busy, ours or another, in ms. */
#define BUSY_MS 40

/* The minimum timeout of a scout, in ms. One probe to each host is a scout: it waits as long as RFC 6298
 * (2.1) says for the first timeout, and a little longer, since the kernel repeats its request for a
 * neighbour's address after 1 s (retrans_time_ms of ARP and neighbour discovery). The other probes may be
 * given up sooner, by what is known of other hosts. While no host has answered, nothing is known: then a
 * scout waits as long as two satellite hops and a congested line may take; later, in a scan of few hosts,
 * where that costs little, about half as long. Where more than half of the probes that may be in flight
 * are, or were a moment ago, scouts keep others from being sent: there they wait only as long as a round
 * trip to another continent takes. */
#define SCOUT_TIMEOUT_MS 1200
#define SCOUT_TIMEOUT_CROWDED_MS 300
#define SCOUT_TIMEOUT_FEW_MS 3500
#define SCOUT_TIMEOUT_ALONE_MS 6000
#define FEW_HOSTS 4

/* A host that has answered is not asked sooner: its ports would get more than 4 SYNs a second. */
static gint64
get_min_timeout (RoadPacer *self, const RoadPace *pace)
{
  if (pace->rtt.srtt_us != 0 || road_rtt_get_n_recent (&self->rtt) < MANY_ROUND_TRIPS)
    return self->timing->min_timeout_ms;

  return CLAMP (road_rtt_get_peak (&self->rtt) / 1000 + BUSY_MS,
                self->timing->min_timeout_silent_ms, self->timing->min_timeout_ms);
}

/**
 * road_pacer_get_timeout:
 * @n_retries: how many probes the port has had before
 *
 * Returns: the timeout of a probe, in ms: the user's, or the one of RFC 6298 (2.3) from the host's round
 *   trips. Until the host has answered, it comes from other hosts' round trips and grows with each retry
 *   (5.5).
 */
guint
road_pacer_get_timeout (RoadPacer *self, const RoadPace *pace, guint n_retries)
{
  const RoadRtt *rtt;
  gint64 timeout_ms;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (pace != NULL, 0);

  if (self->timeout_ms != 0)
    return self->timeout_ms;

  rtt = road_pacer_get_rtt (self, pace);
  /* Rounded up: where round trips never vary, the timeout must not be shorter than they are. */
  if (rtt->srtt_us != 0)
    timeout_ms = MAX ((road_rtt_get_timeout (rtt) + 999) / 1000, get_min_timeout (self, pace));
  else
    timeout_ms = (gint64) self->timing->first_timeout_ms << MIN (n_retries, 6);
  if (rtt != &pace->rtt && rtt->srtt_us != 0)
    timeout_ms = timeout_ms * (2 + MIN (n_retries, 6)) / 2;

  return (guint) MIN (timeout_ms, MAX_TIMEOUT_MS);
}

static guint
get_scout_timeout (RoadPacer *self, const RoadPace *pace, guint least)
{
  guint timeout_ms = road_pacer_get_timeout (self, pace, 0);

  if (self->timeout_ms != 0 || pace->n_answered > 0)
    return timeout_ms;

  return MAX (timeout_ms, least);
}

/* The first probes to a host, its scouts, find out how far away it is and wait longer than the others need
 * to: otherwise a host that is much farther away than the rest would never seem to answer. As more becomes
 * known, the result may change.
 * Returns: the timeout of a scout in flight, in ms */
guint
road_pacer_get_scout_timeout (RoadPacer *self, const RoadPace *pace)
{
  guint least;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (pace != NULL, 0);

  if (self->n_hosts == 0)
    least = SCOUT_TIMEOUT_ALONE_MS;
  else
    least = self->n_targets <= FEW_HOSTS ? SCOUT_TIMEOUT_FEW_MS : SCOUT_TIMEOUT_MS;

  return get_scout_timeout (self, pace, least);
}

/* Returns: the timeout of a scout that is sent now, in ms */
guint
road_pacer_get_new_scout_timeout (RoadPacer *self, const RoadPace *pace, gint64 now)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (pace != NULL, 0);

  if (self->n_hosts > 0 && self->crowded_at != 0 &&
      now - self->crowded_at < SCOUT_TIMEOUT_MS * (gint64) 1000)
    return get_scout_timeout (self, pace, SCOUT_TIMEOUT_CROWDED_MS);

  return road_pacer_get_scout_timeout (self, pace);
}

/**
 * road_pacer_is_too_short:
 * @retries: the history of a silent probe, as road_pacer_judge() has left it
 *
 * Returns: whether the timeout of one of its probes was shorter than round trips are known to take by now;
 *   %FALSE if it was the maximum or the user's
 */
gboolean
road_pacer_is_too_short (RoadPacer *self, const RoadPace *pace, const RoadRetries *retries)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (pace != NULL && retries != NULL, FALSE);

  return self->timeout_ms == 0 && retries->least_timeout_ms < MAX_TIMEOUT_MS &&
         retries->least_timeout_ms * (gint64) 1000 <
             road_rtt_get_peak (road_pacer_get_rtt (self, pace));
}

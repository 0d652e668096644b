/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-local-failures.h"

/* How long our own machine must have failed, without a single success, before anything is done. */
#define PATIENCE_US (3 * G_USEC_PER_SEC)

/* Notes that a probe ended in any other way than with a failure of our own machine. */
void
road_local_failures_note_success (RoadLocalFailures *self, gint64 now)
{
  g_return_if_fail (self != NULL);

  self->failing_since = 0;
  self->last_success = now;
}

/* Starts waiting anew, as after a pause. */
void
road_local_failures_reset (RoadLocalFailures *self)
{
  g_return_if_fail (self != NULL);

  self->failing_since = 0;
}

/* Whether our own network works, as far as the kernel's routes tell: it has one to a host that has
 * answered, while it never had one to this host. */
static gboolean
has_route_to_others (const RoadScanPlan *plan, RoadScanHost *host)
{
  const RoadAddress *other = road_path_check_get_witness (&plan->path.check);

  return !road_scan_host_get_reached (host) && other != NULL && road_outcome_has_route (other);
}

/**
 * road_local_failures_judge:
 * @plan: the scan's plan
 * @host: a host to which our own machine has just failed to connect
 *
 * Returns: what to do about it
 */
RoadLocalVerdict
road_local_failures_judge (RoadLocalFailures *self,
                           const RoadScanPlan *plan,
                           RoadScanHost *host,
                           gint64 now)
{
  gint64 host_since;

  g_return_val_if_fail (self != NULL, ROAD_LOCAL_WAIT);
  g_return_val_if_fail (plan != NULL && host != NULL, ROAD_LOCAL_WAIT);

  if (self->failing_since == 0)
    self->failing_since = now;

  /* It fails with this host while others answer: no route leads there. */
  host_since = road_scan_host_get_failing_since (host);
  if (host_since != 0 && now - host_since >= PATIENCE_US && self->last_success != 0 &&
      (self->last_success > host_since || has_route_to_others (plan, host)))
    return ROAD_LOCAL_GIVE_HOST_UP;

  return now - self->failing_since >= PATIENCE_US ? ROAD_LOCAL_PAUSE : ROAD_LOCAL_WAIT;
}

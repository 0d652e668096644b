/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-host-private.h"

/**
 * road_scan_host_new:
 * @target: what to scan
 * @plan: what all hosts share; outlives the host
 * @begun_at: how long the scan has run, in seconds
 *
 * Returns: (transfer full): free it with road_scan_host_free()
 */
RoadScanHost *
road_scan_host_new (const RoadTarget *target, RoadScanPlan *plan, double begun_at)
{
  RoadScanHost *self;
  RoadHost *host;

  g_return_val_if_fail (target != NULL, NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  self = g_new0 (RoadScanHost, 1);
  self->address = target->address;
  self->plan = plan;
  self->begun_at = begun_at;
  host = road_host_new (&target->address, target->name, target->other_addresses);
  road_host_results_init (&self->results, host, plan->n_ports, &plan->progress);
  road_host_probes_init (&self->probes, plan);
  g_queue_init (&self->unjudged);
  road_pacer_init_host (plan->pacer, &self->path.pace);

  return self;
}

/**
 * road_scan_host_free:
 * @self: (transfer full): a host with nothing in flight
 */
void
road_scan_host_free (RoadScanHost *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->probes.n_in_flight == 0);

  road_host_probes_clear (&self->probes);
  g_queue_clear_full (&self->unjudged, g_free);
  road_host_results_clear (&self->results);
  g_free (self);
}

/* Returns: (transfer none): what is found out about it. */
RoadHost *
road_scan_host_get_host (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->results.host;
}

/* Returns: (transfer none): what was found out about its ports. */
RoadHostResults *
road_scan_host_get_results (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->results;
}

/**
 * road_scan_host_from_probe:
 * @probe: a probe that road_scan_host_take_probe() gave
 *
 * Returns: (transfer none): the host that sent it
 */
RoadScanHost *
road_scan_host_from_probe (const RoadProbe *probe)
{
  g_return_val_if_fail (probe != NULL, NULL);

  return ((RoadHostProbe *) probe->tag)->host;
}

gboolean
road_scan_host_is_discovering (RoadScanHost *self)
{
  return self->plan->discovers && !self->answered && !self->dropped;
}

/* Whether there is anything left to find out. */
gboolean
road_scan_host_is_busy (RoadScanHost *self)
{
  return self->results.n_left > 0 || road_scan_host_is_discovering (self);
}

/* The path whose silence counts: the host's own once it has answered. */
RoadScanPath *
road_scan_host_get_path (RoadScanHost *self)
{
  return road_path_check_is_known (&self->path.check) ? &self->path : &self->plan->path;
}

/* How long an answer of the host may take, in µs. */
gint64
road_scan_host_get_timeout_us (RoadScanHost *self)
{
  return road_pacer_get_timeout (self->plan->pacer, &self->path.pace, 0) * (gint64) 1000;
}

void
road_scan_host_add_result (RoadScanHost *self,
                           guint16 port,
                           RoadPortState state,
                           RoadReason reason,
                           const RoadOutcome *outcome)
{
  road_host_results_add (&self->results, port, state, reason, outcome);
  if (!road_scan_host_is_busy (self))
    road_host_probes_give_up_all (&self->probes);
}

/* Says that more is known of round trips: the timeouts of probes in flight may be shortened. */
void
road_scan_host_review (RoadScanHost *self)
{
  g_return_if_fail (self != NULL);

  if (self->probes.early.length > 0)
    self->probes.review_at = 0;
}

/* Leaves out the ports that have no result yet. */
void
road_scan_host_drop (RoadScanHost *self)
{
  g_return_if_fail (self != NULL);

  road_host_results_drop (&self->results);
  self->dropped = TRUE;
  road_host_probes_clear (&self->probes);
  g_queue_clear_full (&self->unjudged, g_free);
  road_host_probes_give_up_all (&self->probes);
}

/* Returns how long the scan had run when the host was begun, in seconds. */
double
road_scan_host_get_begun_at (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->begun_at;
}

/* Returns whether the host itself answered. */
gboolean
road_scan_host_get_answered (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->answered;
}

gboolean
road_scan_host_get_down (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->down;
}

/* Returns whether our own machine could ever send it a SYN. */
gboolean
road_scan_host_get_reached (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->reached;
}

/* Returns whether ports were left out since nothing on the path to it answers any more. */
gboolean
road_scan_host_get_gone (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->gone;
}

/* Returns whether nothing is left to do and nothing is in flight. */
gboolean
road_scan_host_is_done (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return !road_scan_host_is_busy (self) && self->probes.n_in_flight == 0;
}

/* Returns since when our own machine has failed to connect to it, in µs; 0 if it does not fail. */
gint64
road_scan_host_get_failing_since (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->failing_since;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-host-private.h"

static RoadHostProbe *
new_probe (RoadScanHost *self, RoadProbePurpose purpose, guint16 port)
{
  RoadHostProbe *probe = g_new0 (RoadHostProbe, 1);

  probe->host = self;
  probe->purpose = purpose;
  probe->address = self->address;
  probe->port = port;
  probe->path = &self->path;

  return probe;
}

/* A check of the path, if a verdict on silence needs one. */
static RoadHostProbe *
take_check (RoadScanHost *self, gint64 now, gint64 *next)
{
  RoadScanPath *path = road_scan_host_get_path (self);
  const RoadWitness *witness;
  RoadHostProbe *probe;

  if (self->unjudged.length == 0 && !road_scan_host_seems_down (self) &&
      !road_path_check_is_silent (&path->check, now, road_scan_host_get_timeout_us (self)))
    return NULL;

  if (self->probes.n_scouts_in_flight > 0 && !self->answered)
    return NULL;

  /* The answer to another host's check does not wake this one. */
  *next = MIN (*next, now + ROAD_HOST_REVIEW_INTERVAL);
  witness = road_path_check_take (&path->check, now, next);
  if (witness == NULL)
    return NULL;

  probe = new_probe (self, ROAD_PROBE_CHECK, witness->port);
  probe->path = path;
  probe->address = witness->address;

  return probe;
}

static RoadHostProbe *
take_discovery_port (RoadScanHost *self, gint64 now, gint64 *next)
{
  RoadScanPlan *plan = self->plan;
  guint i = self->discovery.next;

  if (self->discovery.next_at > now)
    {
      *next = MIN (*next, self->discovery.next_at);
      return NULL;
    }

  if (self->suspect || i >= plan->n_discovery_ports)
    {
      if (!self->suspect && road_discovery_is_convinced (&self->discovery, plan->pacer))
        return NULL;
      return road_host_probes_take_retry (&self->probes, now, self->answered, next);
    }

  self->discovery.next++;
  if (i < plan->n_first)
    self->next_port = i + 1;

  return new_probe (self, i < plan->n_first ? ROAD_PROBE_RESULT : ROAD_PROBE_DISCOVERY,
                    plan->discovery_ports[i]);
}

/* The next probe for a result or discovery. */
static RoadHostProbe *
take_port (RoadScanHost *self, gint64 now, gint64 *next)
{
  RoadScanPlan *plan = self->plan;
  RoadHostProbe *probe;

  if (road_path_check_is_silent (&road_scan_host_get_path (self)->check, now,
                                 road_scan_host_get_timeout_us (self)) ||
      !road_pacer_may_send (plan->pacer, &self->path.pace, now, next))
    return NULL;

  if (road_scan_host_is_discovering (self))
    return take_discovery_port (self, now, next);

  probe = road_host_probes_take_retry (&self->probes, now, self->answered, next);
  if (probe == NULL && self->next_port < plan->n_ports && !self->suspect)
    probe = new_probe (self, ROAD_PROBE_RESULT, plan->ports[self->next_port++]);

  return probe;
}

/**
 * road_scan_host_take_probe:
 * @probe: (out): the next probe
 * @next: (inout): lowered to when to call again, in µs, if there is none now
 *
 * Returns: %FALSE if there is none now
 */
gboolean
road_scan_host_take_probe (RoadScanHost *self, gint64 now, RoadProbe *probe, gint64 *next)
{
  RoadHostProbe *host_probe;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (probe != NULL && next != NULL, FALSE);

  if (!road_scan_host_is_busy (self))
    return FALSE;

  if (self->hold_until > now)
    {
      *next = MIN (*next, self->hold_until);
      return FALSE;
    }

  road_host_probes_review (&self->probes, now, next);
  road_scan_host_judge (self, now);
  if (!road_scan_host_is_busy (self))
    return FALSE;

  host_probe = take_check (self, now, next);
  if (host_probe == NULL)
    host_probe = take_port (self, now, next);
  if (host_probe == NULL)
    return FALSE;

  road_host_probes_send (&self->probes, host_probe, now, self->answered, probe);
  if (road_scan_host_is_discovering (self) && host_probe->purpose != ROAD_PROBE_CHECK)
    road_discovery_sent (&self->discovery, now, self->probes.n_scouts > 0);

  return TRUE;
}

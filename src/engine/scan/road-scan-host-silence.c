/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-host-private.h"

/* Discovery. */

void
road_scan_host_mark_down (RoadScanHost *self, gint64 now)
{
  self->down = TRUE;
  /* A neighbour that has told us its address is there, but does not answer. */
  if (!road_neighbours_contain (self->plan->neighbours, now, &self->address))
    road_host_set_state (self->results.host, ROAD_HOST_DOWN, ROAD_REASON_NO_RESPONSE);
  road_host_results_drop_all (&self->results, self->next_port);
  road_scan_host_drop (self);
}

static void
mark_gone (RoadScanHost *self)
{
  self->gone = TRUE;
  road_scan_host_drop (self);
}

/* Whether the host seems down, if the path was working: all that discovers hosts went unanswered. */
gboolean
road_scan_host_seems_down (RoadScanHost *self)
{
  return road_scan_host_is_discovering (self) &&
         self->probes.n_in_flight == self->probes.n_checks &&
         self->discovery.next >= self->plan->n_discovery_ports &&
         (!road_host_probes_has_retries (&self->probes) ||
          road_discovery_is_convinced (&self->discovery, self->plan->pacer));
}

static void
judge_discovery (RoadScanHost *self, gint64 now)
{
  if (!road_scan_host_seems_down (self))
    return;

  switch (road_path_check_judge (&self->plan->path.check, now, self->discovery.first_sent_at,
                                 self->discovery.until))
    {
    case ROAD_PATH_ALIVE:
      road_scan_host_mark_down (self, now);
      break;
    case ROAD_PATH_DEAD:
      road_discovery_restart (&self->discovery);
      break;
    case ROAD_PATH_GONE:
      mark_gone (self);
      break;
    case ROAD_PATH_UNKNOWN:
    default:
      break;
    }
}

/* Silence. */

static void
probe_anew (RoadScanHost *self, RoadHostProbe *probe, gint64 now)
{
  road_pacer_excuse (self->plan->pacer, &probe->retries);
  road_host_probes_retry (&self->probes, probe, now);
}

/* The host, or a filter before it, drops what goes to the port. */
static void
end_silent (RoadScanHost *self, RoadHostProbe *probe)
{
  if (probe->purpose == ROAD_PROBE_RESULT)
    road_scan_host_add_result (self, probe->port, ROAD_PORT_FILTERED, ROAD_REASON_NO_RESPONSE,
                               NULL);

  g_free (probe);
}

/* Judges the silent probes of which it is known whether the path was working. */
void
road_scan_host_judge (RoadScanHost *self, gint64 now)
{
  RoadHostProbe *probe;

  if (self->probes.n_scouts_in_flight > 0 && !self->answered)
    return;

  while ((probe = g_queue_peek_head (&self->unjudged)) != NULL)
    {
      const RoadRetries *retries = &probe->retries;
      RoadPathVerdict verdict =
          road_path_check_judge (&road_scan_host_get_path (self)->check, now,
                                 retries->first_sent_at,
                                 retries->sent_at + retries->timeout_ms * (gint64) 1000);

      if (verdict == ROAD_PATH_UNKNOWN)
        break;

      if (verdict == ROAD_PATH_GONE)
        {
          mark_gone (self);
          return;
        }

      g_queue_pop_head (&self->unjudged);
      if (verdict == ROAD_PATH_DEAD ||
          road_pacer_is_too_short (self->plan->pacer, &self->path.pace, retries))
        probe_anew (self, probe, now);
      else if (!road_pacer_is_enough (self->plan->pacer, &self->path.pace, retries))
        road_host_probes_retry (&self->probes, probe, now);
      else
        end_silent (self, probe);
    }

  judge_discovery (self, now);
}

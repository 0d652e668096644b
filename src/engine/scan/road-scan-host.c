/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-host-private.h"

static RoadScanHost *
new_scan_host (RoadHost *host, guint64 place, RoadScanPlan *plan)
{
  RoadScanHost *self = g_new0 (RoadScanHost, 1);
  guint n_ports;

  self->address = *road_host_get_address (host);
  self->plan = plan;
  n_ports =
      road_shard_count (&plan->shard, place * plan->n_ports, plan->n_ports, &self->first_port);
  self->port_step = MAX (plan->shard.n, 1);
  self->next_port = self->first_port;
  road_host_results_init (&self->results, host, plan->n_ports, n_ports, &plan->progress);
  road_host_probes_init (&self->probes, plan);
  g_queue_init (&self->unjudged);
  road_pacer_init_host (plan->pacer, &self->path.pace);

  return self;
}

/**
 * road_scan_host_new:
 * @target: what to scan
 * @place: its place in the order of the targets, which decides what a shard has of it
 * @plan: what all hosts share; outlives the host
 *
 * Returns: (transfer full): free it with road_scan_host_free()
 */
RoadScanHost *
road_scan_host_new (const RoadTarget *target, guint64 place, RoadScanPlan *plan)
{
  g_return_val_if_fail (target != NULL, NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  return new_scan_host (road_host_new (&target->address, target->name, target->other_addresses),
                        place, plan);
}

/**
 * road_scan_host_new_known:
 * @host: a host with the results from before the scan was interrupted: only of ports of the plan
 * @place: see road_scan_host_new()
 * @plan: what all hosts share; outlives the host
 *
 * Returns: (transfer full): the host, of which only the other ports are probed
 */
RoadScanHost *
road_scan_host_new_known (RoadHost *host, guint64 place, RoadScanPlan *plan)
{
  RoadScanHost *self;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  self = new_scan_host (g_object_ref (host), place, plan);
  self->is_known = TRUE;
  self->answered = road_host_get_state (host) == ROAD_HOST_UP;
  road_host_results_add_known (&self->results);

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
static RoadScanPath *
get_path (RoadScanHost *self)
{
  return road_path_check_is_known (&self->path.check) ? &self->path : &self->plan->path;
}

/* How long an answer of the host may take, in µs. */
gint64
road_scan_host_get_timeout_us (RoadScanHost *self)
{
  return road_pacer_get_timeout (self->plan->pacer, &self->path.pace, 0) * (gint64) 1000;
}

static void
end_if_done (RoadScanHost *self)
{
  if (!road_scan_host_is_busy (self))
    road_host_probes_give_up_all (&self->probes);
}

void
road_scan_host_add_result (RoadScanHost *self,
                           guint16 port,
                           RoadPortState state,
                           RoadReason reason,
                           const RoadOutcome *outcome)
{
  road_host_results_add (&self->results, port, state, reason, outcome);
  end_if_done (self);
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

/* Discovery. */

void
road_scan_host_mark_down (RoadScanHost *self, gint64 now)
{
  self->down = TRUE;
  /* A neighbour that has told us its address is there, but does not answer. */
  if (!road_neighbours_contain (self->plan->neighbours, now, &self->address))
    road_host_set_state (self->results.host, ROAD_HOST_DOWN, ROAD_REASON_NO_RESPONSE);
  road_host_results_drop_all (&self->results,
                              (self->next_port - self->first_port + self->port_step - 1) /
                                  self->port_step);
  road_scan_host_drop (self);
}

static void
mark_gone (RoadScanHost *self)
{
  self->gone = TRUE;
  road_scan_host_drop (self);
}

/* Whether the host seems down, if the path was working: all that discovers hosts went unanswered. */
static gboolean
seems_down (RoadScanHost *self)
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
  if (!seems_down (self))
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
    {
      road_host_results_add_silent (&self->results, probe->port, &probe->retries);
      end_if_done (self);
    }

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
          road_path_check_judge (&get_path (self)->check, now, retries->first_sent_at,
                                 retries->sent_at + retries->timeout_ms * (gint64) 1000);

      if (verdict == ROAD_PATH_UNKNOWN)
        break;

      if (verdict == ROAD_PATH_GONE)
        {
          mark_gone (self);
          return;
        }

      g_queue_pop_head (&self->unjudged);
      if (verdict == ROAD_PATH_DEAD || road_pacer_was_interrupted (self->plan->pacer, retries) ||
          road_pacer_is_too_short (self->plan->pacer, &self->path.pace, retries))
        probe_anew (self, probe, now);
      else if (!road_pacer_is_enough (self->plan->pacer, &self->path.pace, retries))
        road_host_probes_retry (&self->probes, probe, now);
      else
        end_silent (self, probe);
    }

  judge_discovery (self, now);
}

/* Probes. */

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
  RoadScanPath *path = get_path (self);
  const RoadWitness *witness;
  RoadHostProbe *probe;

  if (self->unjudged.length == 0 && !seems_down (self) &&
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
  if (i >= plan->n_first || plan->shard.n != 0)
    return new_probe (self, ROAD_PROBE_DISCOVERY, plan->discovery_ports[i]);

  self->next_port = i + 1;

  return new_probe (self, ROAD_PROBE_RESULT, plan->discovery_ports[i]);
}

static void
skip_known_ports (RoadScanHost *self)
{
  RoadPortResult result;

  while (self->is_known && self->next_port < self->plan->n_ports &&
         road_host_get_result (self->results.host, self->plan->ports[self->next_port], &result))
    self->next_port += self->port_step;
}

/* The next probe for a result or discovery. */
static RoadHostProbe *
take_port (RoadScanHost *self, gint64 now, gint64 *next)
{
  RoadScanPlan *plan = self->plan;
  RoadHostProbe *probe;

  if (road_path_check_is_silent (&get_path (self)->check, now,
                                 road_scan_host_get_timeout_us (self)) ||
      !road_pacer_may_send (plan->pacer, &self->path.pace, now, next))
    return NULL;

  if (road_scan_host_is_discovering (self))
    return take_discovery_port (self, now, next);

  probe = road_host_probes_take_retry (&self->probes, now, self->answered, next);
  if (probe != NULL || self->suspect)
    return probe;

  skip_known_ports (self);
  if (self->next_port >= plan->n_ports)
    return NULL;

  probe = new_probe (self, ROAD_PROBE_RESULT, plan->ports[self->next_port]);
  self->next_port += self->port_step;

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

/* What others ask of it. */

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

/* Says that more is known of round trips: the timeouts of probes in flight may be shortened. */
void
road_scan_host_review (RoadScanHost *self)
{
  g_return_if_fail (self != NULL);

  if (self->probes.early.length > 0)
    self->probes.review_at = 0;
}

/**
 * road_scan_host_begin:
 * @begun_at: how long the scan has run, in seconds
 * @next: (inout): lowered to when to call again, in µs, if there is no room for it yet
 *
 * Begins with the host, if our own machine has room for another one on its link.
 *
 * Returns: whether it has begun, now or before
 */
gboolean
road_scan_host_begin (RoadScanHost *self, gint64 now, double begun_at, gint64 *next)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!self->begun && road_neighbours_take_room (self->plan->neighbours, now, &self->address, next))
    {
      self->begun = TRUE;
      self->begun_at = begun_at;
    }

  return self->begun;
}

/* Returns for how many seconds the host has been scanned, if the scan has run for @elapsed. */
double
road_scan_host_get_age (RoadScanHost *self, double elapsed)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->begun ? elapsed - self->begun_at : 0;
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

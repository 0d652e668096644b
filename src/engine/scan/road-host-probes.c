/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-probes.h"

/* How many probes find out how far away a host is: while no host has answered, several, as some ports
 * may be filtered. */
#define N_SCOUTS_ALONE 4

/* The timeout of a check of the path, in ms: long enough to learn of a path that has become slower. */
#define CHECK_TIMEOUT_MS 10000

void
road_host_probes_init (RoadHostProbes *self, RoadScanPlan *plan)
{
  g_return_if_fail (self != NULL && plan != NULL);

  *self = (RoadHostProbes){ .plan = plan, .review_at = G_MAXINT64 };
  g_queue_init (&self->early);
  g_queue_init (&self->settled);
}

/* Frees the probes that wait for a retry. Those in flight stay: their outcomes are still to come. */
void
road_host_probes_clear (RoadHostProbes *self)
{
  g_return_if_fail (self != NULL);

  road_heap_clear (&self->waiting, g_free);
}

static gboolean
wants_scout (RoadHostProbes *self, gboolean answered)
{
  RoadPacer *pacer = self->plan->pacer;

  if (answered)
    return FALSE;

  return self->n_scouts < (road_pacer_has_answers (pacer) ? 1 : N_SCOUTS_ALONE);
}

/**
 * road_host_probes_send:
 * @probe: (transfer full): the probe to send, until road_host_probes_end() gives it back
 * @answered: whether the host has answered
 * @connector_probe: (out): what to give the connector; its tag is @probe
 */
void
road_host_probes_send (RoadHostProbes *self,
                       RoadHostProbe *probe,
                       gint64 now,
                       gboolean answered,
                       RoadProbe *connector_probe)
{
  RoadPacer *pacer = self->plan->pacer;
  RoadPace *pace = &probe->path->pace;
  RoadRetries *retries = &probe->retries;
  gboolean is_check = probe->purpose == ROAD_PROBE_CHECK;

  retries->timeout_ms = road_pacer_get_timeout (pacer, pace, retries->n_retries);
  if (is_check)
    {
      retries->timeout_ms = MAX (2 * retries->timeout_ms, CHECK_TIMEOUT_MS);
    }
  else if (wants_scout (self, answered))
    {
      probe->is_scout = TRUE;
      probe->is_first = self->n_scouts == 0;
      retries->timeout_ms = road_pacer_get_new_scout_timeout (pacer, pace, now);
      self->n_scouts++;
      self->n_scouts_in_flight++;
    }

  *connector_probe = (RoadProbe){
    .address = probe->address,
    .port = probe->port,
    .timeout_ms = retries->timeout_ms,
    .tag = probe,
  };

  probe->link.data = probe;
  probe->queue = is_check || answered ? &self->settled : &self->early;
  g_queue_push_tail_link (probe->queue, &probe->link);
  road_pacer_sent (pacer, pace, now, retries);
  self->n_in_flight++;
  self->n_checks += is_check;
}

static void
dequeue (RoadHostProbe *probe)
{
  if (probe->queue != NULL)
    g_queue_unlink (probe->queue, &probe->link);
  probe->queue = NULL;
}

/**
 * road_host_probes_end:
 * @probe: a probe that has an outcome; the caller owns it from now on
 */
void
road_host_probes_end (RoadHostProbes *self, RoadHostProbe *probe)
{
  g_return_if_fail (self != NULL && self->n_in_flight > 0);

  dequeue (probe);
  self->n_in_flight--;
  self->n_checks -= probe->purpose == ROAD_PROBE_CHECK;
  self->n_scouts_in_flight -= probe->is_scout;
  probe->is_scout = FALSE;
}

/**
 * road_host_probes_retry:
 * @probe: (transfer full): a probe to send again
 * @at: when, in µs
 */
void
road_host_probes_retry (RoadHostProbes *self, RoadHostProbe *probe, gint64 at)
{
  g_return_if_fail (self != NULL);

  road_heap_push (&self->waiting, at, probe);
}

/**
 * road_host_probes_take_retry:
 * @answered: whether the host has answered: then discovery needs no retries
 * @next: (inout): lowered to when to call again if there is none now
 *
 * Returns: (transfer full) (nullable): a probe to send again now
 */
RoadHostProbe *
road_host_probes_take_retry (RoadHostProbes *self, gint64 now, gboolean answered, gint64 *next)
{
  g_return_val_if_fail (self != NULL && next != NULL, NULL);

  while (road_heap_get_time (&self->waiting) <= now)
    {
      RoadHostProbe *probe = road_heap_pop (&self->waiting);

      if (probe->purpose == ROAD_PROBE_RESULT || !answered)
        return probe;

      g_free (probe);
    }

  *next = MIN (*next, road_heap_get_time (&self->waiting));

  return NULL;
}

gboolean
road_host_probes_has_retries (RoadHostProbes *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return road_heap_get_time (&self->waiting) != G_MAXINT64;
}

/* Stops waiting for an answer. The outcome comes soon. */
static void
give_up (RoadHostProbes *self, RoadHostProbe *probe)
{
  dequeue (probe);
  self->plan->give_up (probe, self->plan->give_up_data);
}

/* The timeout that a probe in flight would have if it were sent now, in ms. Once any host has answered,
 * one scout is enough. */
static guint
get_timeout_ms (RoadHostProbes *self, const RoadHostProbe *probe)
{
  RoadPacer *pacer = self->plan->pacer;
  const RoadPace *pace = &probe->path->pace;

  if (probe->is_scout && (probe->is_first || !road_pacer_has_answers (pacer)))
    return road_pacer_get_scout_timeout (pacer, pace);

  return road_pacer_get_timeout (pacer, pace, probe->retries.n_retries);
}

static void
review_early (RoadHostProbes *self, gint64 now)
{
  GList *following;

  self->review_at = now + ROAD_HOST_REVIEW_INTERVAL;
  for (GList *link = self->early.head; link != NULL; link = following)
    {
      RoadHostProbe *probe = link->data;
      guint timeout_ms = get_timeout_ms (self, probe);
      gint64 ends_at = probe->retries.sent_at + timeout_ms * (gint64) 1000;

      following = link->next;
      if (timeout_ms >= probe->retries.timeout_ms)
        continue;

      if (ends_at <= now)
        {
          probe->retries.timeout_ms = timeout_ms;
          give_up (self, probe);
        }
      else
        {
          self->review_at = MIN (self->review_at, ends_at);
        }
    }
}

/**
 * road_host_probes_review:
 * @next: (inout): lowered to when to call again
 *
 * Gives up the early probes whose time is over by what is known of round trips now.
 */
void
road_host_probes_review (RoadHostProbes *self, gint64 now, gint64 *next)
{
  g_return_if_fail (self != NULL && next != NULL);

  if (self->early.length > 0 && self->review_at <= now)
    review_early (self, now);
  if (self->early.length > 0)
    *next = MIN (*next, self->review_at);
}

/* Stops waiting for the probes in flight. Their outcomes come soon. */
void
road_host_probes_give_up_all (RoadHostProbes *self)
{
  g_return_if_fail (self != NULL);

  while (self->early.head != NULL)
    give_up (self, self->early.head->data);
  while (self->settled.head != NULL)
    give_up (self, self->settled.head->data);
}

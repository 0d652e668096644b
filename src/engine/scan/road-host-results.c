/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-results.h"

/**
 * road_host_results_init:
 * @self: (out caller-allocates): the results of a host of which nothing is known yet
 * @host: (transfer full): the host
 * @n_all_ports: how many of its ports are scanned in all shards
 * @n_ports: how many in this one
 * @progress: the scan's progress; outlives the results
 */
void
road_host_results_init (
    RoadHostResults *self, RoadHost *host, guint n_all_ports, guint n_ports, RoadProgress *progress)
{
  g_return_if_fail (self != NULL);

  *self = (RoadHostResults){
    .host = host,
    .progress = progress,
    .pending = g_array_new (FALSE, FALSE, sizeof (RoadPortResult)),
    .n_ports = n_ports,
    .n_elsewhere = n_all_ports - n_ports,
    .n_left = n_ports,
    .least_elapsed_us = G_MAXINT64,
  };
}

void
road_host_results_clear (RoadHostResults *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->host);
  g_clear_pointer (&self->pending, g_array_unref);
}

static void
add_result (RoadHostResults *self, const RoadPortResult *result)
{
  const guint n_open = result->state == ROAD_PORT_OPEN ? 1 : 0;

  g_return_if_fail (self != NULL && self->n_left > 0);

  g_array_append_vals (self->pending, result, 1);
  self->n_left--;
  self->n_open += n_open;
  self->has_news = TRUE;
  road_progress_add_done (self->progress, 1, n_open);
}

/**
 * road_host_results_add:
 * @port: a port that has no result yet
 * @state: its state
 * @reason: why
 * @outcome: the outcome of the probe that was answered
 */
void
road_host_results_add (RoadHostResults *self,
                       guint16 port,
                       RoadPortState state,
                       RoadReason reason,
                       const RoadOutcome *outcome)
{
  const RoadPortResult result = {
    .port = port,
    .state = (guint8) state,
    .reason = (guint8) reason,
    .latency_us = outcome->rtt_us,
    .reason_from = outcome->reason_from,
  };

  add_result (self, &result);
}

/**
 * road_host_results_add_silent:
 * @port: a port that has no result yet
 * @retries: its probes, none of which was answered
 *
 * Adds that the port is filtered.
 */
void
road_host_results_add_silent (RoadHostResults *self, guint16 port, const RoadRetries *retries)
{
  const gint64 silent_ms = (retries->sent_at - retries->first_sent_at) / 1000 + retries->timeout_ms;
  const RoadPortResult result = {
    .port = port,
    .state = ROAD_PORT_FILTERED,
    .reason = ROAD_REASON_NO_RESPONSE,
    .n_silent = (guint16) MIN (retries->n_retries, G_MAXUINT16),
    .silent_ms = (guint32) CLAMP (silent_ms, 0, G_MAXUINT32),
  };

  add_result (self, &result);
}

/**
 * road_host_results_add_latency:
 * @outcome: the outcome of a probe that the host itself answered
 */
void
road_host_results_add_latency (RoadHostResults *self, const RoadOutcome *outcome)
{
  g_return_if_fail (self != NULL && outcome != NULL);

  /* Which SYN was answered is not known. */
  if (outcome->n_retransmits > 0)
    return;

  if (!outcome->seen_late)
    self->least_elapsed_us = MIN (self->least_elapsed_us, outcome->elapsed_us);
  if (outcome->rtt_us != 0)
    self->exact_latency_us = self->exact_latency_us == 0
                                 ? outcome->rtt_us
                                 : (self->exact_latency_us * 7 + outcome->rtt_us) / 8;
}

/* Counts the results that the host has already. */
void
road_host_results_add_known (RoadHostResults *self)
{
  guint n_known = 0;

  g_return_if_fail (self != NULL);

  for (RoadPortState state = 0; state < ROAD_N_PORT_STATES; state++)
    n_known += road_host_get_n_ports (self->host, state);
  n_known = MIN (n_known, self->n_left);

  self->n_left -= n_known;
  self->n_open += road_host_get_n_ports (self->host, ROAD_PORT_OPEN);
  road_progress_add_done (self->progress, n_known, self->n_open);
}

/* Leaves out the ports that have no result yet. */
void
road_host_results_drop (RoadHostResults *self)
{
  g_return_if_fail (self != NULL);

  self->n_dropped += self->n_left;
  self->n_left = 0;
  self->has_news = TRUE;
}

/**
 * road_host_results_drop_all:
 * @self: the results of a host that turned out to be down
 * @n_probed: how many of its ports were probed; that was work done, too
 *
 * Drops all results and leaves out all ports.
 */
void
road_host_results_drop_all (RoadHostResults *self, guint n_probed)
{
  g_return_if_fail (self != NULL);

  road_progress_add_done (self->progress, n_probed - road_host_results_get_n_done (self), 0);
  self->n_dropped = self->n_ports - n_probed;
  self->n_left = 0;
  self->has_news = TRUE;
  g_array_set_size (self->pending, 0);
}

/* Returns how many ports have a result or, if the host is down, were probed. */
guint
road_host_results_get_n_done (const RoadHostResults *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_ports - self->n_left - self->n_dropped;
}

/* Gives the #RoadHost what was found out since the last flush. Returns how many results that were. */
guint
road_host_results_flush (RoadHostResults *self)
{
  guint n_results;

  g_return_val_if_fail (self != NULL, 0);

  if (self->exact_latency_us != 0)
    road_host_set_latency (self->host, (guint) self->exact_latency_us);
  else if (self->least_elapsed_us != G_MAXINT64)
    road_host_set_latency (self->host, (guint) MAX (self->least_elapsed_us, 1));

  n_results = self->pending->len;
  road_host_add_results (self->host, (const RoadPortResult *) (gpointer) self->pending->data,
                         n_results);
  g_array_set_size (self->pending, 0);
  self->has_news = FALSE;

  return n_results;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-prober.h"

#include <glib/gi18n.h>

#include "engine/base/road-shuffle.h"
#include "engine/connect/road-connector-pool.h"
#include "road-host-queue.h"

/*
 *   RoadTargetList ──> active hosts ──> probes ──> pool ───> outcomes ──> active hosts ──> feeder
 *     (by arithmetic)   (RoadScanHost)    │                    │
 *                                         └──── RoadPacer <────┘
 *
 * road_prober_fill() sends what the pacer allows, whenever outcomes came or a time was reached that
 * the pacer or a host waits for. All of it runs at a priority below GTK's drawing.
 */

/* At most so many hosts are scanned at once: enough to keep the window full when most of them are silent
 * and each has only the few probes in flight that discover hosts. */
#define MAX_ACTIVE_HOSTS 4096

/* At most so many addresses that are excluded, known or in other shards are passed over at once, which takes some 5 ms, to keep the window
 * responsive. */
#define MAX_PASSED_OVER 20000

/* How long our own machine must have failed, without a single success, before anything is done. */
#define PATIENCE_US (3 * G_USEC_PER_SEC)

struct _RoadProber
{
  RoadScanPlan *plan;
  RoadTargetList *targets;
  GTimer *clock;
  RoadReport *report;
  RoadReportFeeder *feeder;
  RoadScanPast *past;
  RoadProberFuncs funcs;
  gpointer user_data;

  RoadShuffle order; /* of the targets */
  guint64 next_target;
  guint n_passed_over; /* targets without anything to scan, in this call of road_prober_fill() */

  RoadConnectorPool *pool;
  RoadHostQueue queue;
  gint64 failing_since; /* since when only our own machine has failed, in µs; 0 if it does not */
  gint64 last_success;  /* when a probe last ended otherwise, in µs; 0 if none has */
  gboolean paused;
  gboolean stopped;
  gboolean has_answers;

  guint fill_id;
  gint64 fill_at;
};

/* Outcomes. */

static void
note_change (RoadProber *self, RoadScanHost *host)
{
  if (self->stopped || !road_scan_host_is_done (host))
    {
      road_host_queue_make_ready (&self->queue, host);
      road_report_feeder_note_change (self->feeder, host);
      return;
    }

  road_progress_end_host (&self->plan->progress, road_scan_host_get_answered (host),
                          road_scan_host_get_results (host)->n_dropped +
                              road_scan_host_get_results (host)->n_elsewhere);
  /* Where no ports are scanned, each host counts as one. */
  if (self->plan->n_ports == 0)
    road_progress_add_done (&self->plan->progress, 1, 0);
  road_host_queue_remove (&self->queue, host);
  road_report_feeder_end_host (self->feeder, host);
}

/* Whether our own network works, as far as the kernel's routes tell: it has one to a host that has
 * answered, while it never had one to this host. */
static gboolean
has_route_to_others (RoadProber *self, RoadScanHost *host)
{
  const RoadAddress *other = road_path_check_get_witness (&self->plan->path.check);

  return !road_scan_host_get_reached (host) && other != NULL && road_outcome_has_route (other);
}

/* Whether our own machine fails with this host while others answer: no route leads there. */
static gboolean
fails_only_with (RoadProber *self, RoadScanHost *host, gint64 now)
{
  gint64 since = road_scan_host_get_failing_since (host);

  return since != 0 && now - since >= PATIENCE_US && self->last_success != 0 &&
         (self->last_success > since || has_route_to_others (self, host));
}

static void
give_host_up (RoadProber *self, RoadScanHost *host, const RoadOutcome *outcome)
{
  g_autofree char *problem = NULL;

  /* Translators: an address, and what the system says, such as “Could not connect to 10.0.0.1:
   * Network is unreachable” */
  problem = g_strdup_printf (_ ("%s was not scanned. %s."),
                             road_host_get_title (road_scan_host_get_host (host)),
                             outcome->error->message);
  road_report_add_problem (self->report, problem);
  road_scan_host_drop (host);
}

static void
handle_local_error (RoadProber *self, RoadScanHost *host, gint64 now, const RoadOutcome *outcome)
{
  g_autofree char *message = NULL;

  if (self->failing_since == 0)
    self->failing_since = now;
  if (self->paused || self->stopped)
    return;

  if (fails_only_with (self, host, now))
    {
      give_host_up (self, host, outcome);
    }
  else if (now - self->failing_since >= PATIENCE_US)
    {
      /* Translators: %s is what the system says, such as “Network is unreachable” */
      message = g_strdup_printf (_ ("This computer cannot connect: %s."), outcome->error->message);
      self->paused = TRUE;
      self->funcs.failed (message, self->user_data);
    }
}

/* Our own machine could connect: of a probe without an answer that is known only for when it began. */
static void
note_success (RoadProber *self, gint64 now, const RoadOutcome *outcome)
{
  const gint64 at =
      outcome->kind == ROAD_OUTCOME_NO_ANSWER ? now - (gint64) outcome->elapsed_us : now;

  if (at > self->failing_since)
    self->failing_since = 0;
  self->last_success = MAX (self->last_success, at);
}

static void
on_outcomes (const RoadProbe *probes, const RoadOutcome *outcomes, guint n, gpointer user_data)
{
  RoadProber *self = user_data;
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    {
      RoadScanHost *host = road_scan_host_from_probe (&probes[i]);

      road_scan_host_handle (host, now, &probes[i], &outcomes[i]);

      /* The first answer of all tells something about the timeouts of all hosts. */
      if (!self->has_answers && self->plan->progress.n_answered > 0)
        {
          self->has_answers = TRUE;
          road_host_queue_review_all (&self->queue);
        }

      if (outcomes[i].kind == ROAD_OUTCOME_LOCAL_ERROR)
        {
          handle_local_error (self, host, now, &outcomes[i]);
        }
      else
        {
          note_success (self, now, &outcomes[i]);
        }

      note_change (self, host);
    }

  road_prober_fill (self);
  self->funcs.progressed (self->user_data);
}

/* Probes. */

static gboolean
may_begin_host (RoadProber *self)
{
  return self->next_target < road_target_list_get_n_targets (self->targets) &&
         road_host_queue_get_n_hosts (&self->queue) < MAX_ACTIVE_HOSTS;
}

/* Whether the target has anything to scan here, rather than on other machines. */
static gboolean
is_in_shard (RoadProber *self, guint64 place)
{
  const guint n_probes = MAX (self->plan->n_ports, 1);
  guint first;

  return road_shard_count (&self->plan->shard, place * n_probes, n_probes, &first) > 0;
}

static void
add_host (RoadProber *self, guint64 index, guint64 place, const RoadTarget *target)
{
  RoadHost *known = self->past != NULL ? road_scan_past_find (self->past, &target->address) : NULL;
  RoadScanHost *host = known != NULL ? road_scan_host_new_known (known, place, self->plan)
                                     : road_scan_host_new (target, place, self->plan);

  road_host_set_index (road_scan_host_get_host (host), index);
  for (guint i = 1; known == NULL && target->name != NULL && target->names[i] != NULL; i++)
    road_host_add_user_name (road_scan_host_get_host (host), target->names[i]);
  if (known != NULL)
    road_report_feeder_note_known (self->feeder, host);

  road_host_queue_add (&self->queue, host);
  road_progress_begin_host (&self->plan->progress);
  if (road_scan_host_get_answered (host))
    road_progress_answer_host (&self->plan->progress);
}

/* Begins the next host, if there is one and room for it. */
static void
begin_host (RoadProber *self)
{
  RoadTarget target;

  while (may_begin_host (self) && self->n_passed_over < MAX_PASSED_OVER)
    {
      guint64 place = self->next_target++;
      guint64 index = road_shuffle_get (&self->order, place);

      if (!is_in_shard (self, place) || !road_target_list_get (self->targets, index, &target))
        {
          road_progress_skip_host (&self->plan->progress);
        }
      else if (self->past == NULL ||
               !road_scan_past_skip (self->past, &target.address, &self->plan->progress))
        {
          add_host (self, index, place, &target);
          return;
        }
      self->n_passed_over++;
    }
}

/* The next host to send. Whether a host is up takes longest to find out, so that every host gets its
 * first probe before any gets more. Without discovery a host is begun when the others wait, so that the
 * first are done early. */
static RoadScanHost *
peek_host (RoadProber *self)
{
  if (self->plan->discovers || road_host_queue_peek (&self->queue) == NULL)
    begin_host (self);

  return road_host_queue_peek (&self->queue);
}

/* The next probe, from the hosts in turn. */
static gboolean
take_probe (RoadProber *self, gint64 now, RoadProbe *probe)
{
  RoadScanHost *host;

  while ((host = peek_host (self)) != NULL)
    {
      gint64 next = G_MAXINT64;
      gboolean taken =
          road_scan_host_begin (host, now, g_timer_elapsed (self->clock, NULL), &next) &&
          road_scan_host_take_probe (host, now, probe, &next);

      /* Silence may have been judged. */
      if (road_scan_host_get_results (host)->has_news || road_scan_host_is_done (host))
        note_change (self, host);

      if (taken)
        {
          road_host_queue_rotate (&self->queue);
          return TRUE;
        }

      if (road_host_queue_contains (&self->queue, host))
        road_host_queue_put_aside (&self->queue, host, next);
    }

  return FALSE;
}

static gboolean
on_fill_time (gpointer user_data)
{
  RoadProber *self = user_data;

  self->fill_id = 0;
  road_prober_fill (self);
  self->funcs.progressed (self->user_data);

  return G_SOURCE_REMOVE;
}

static void
fill_later (RoadProber *self, gint64 now, gint64 when)
{
  if (self->fill_id != 0 && self->fill_at <= when)
    return;

  g_clear_handle_id (&self->fill_id, g_source_remove);
  self->fill_at = when;
  self->fill_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, (guint) ((when - now + 999) / 1000),
                                      on_fill_time, self, NULL);
}

static guint
get_n_in_flight (RoadProber *self)
{
  return road_connector_pool_get_n_pending (self->pool);
}

/* Sends what may be sent now, and arranges to be called again when more may be. Does nothing while the prober
 * is paused or stopped. */
void
road_prober_fill (RoadProber *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 next = G_MAXINT64;
  guint allowance, n = 0;

  g_return_if_fail (self != NULL);

  if (self->paused || self->stopped)
    return;

  self->n_passed_over = 0;
  road_connector_pool_check (self->pool, now);
  road_host_queue_wake (&self->queue, now);
  allowance = road_pacer_get_allowance (self->plan->pacer, now, get_n_in_flight (self), &next);

  while (n < allowance)
    {
      RoadProbe probe;

      if (!take_probe (self, now, &probe))
        break;

      road_connector_pool_add (self->pool, &probe);
      n++;
    }

  road_connector_pool_submit (self->pool);

  if (n < allowance && may_begin_host (self))
    next = now; /* so many targets are excluded that they are passed over step by step */
  else if (n < allowance)
    next = road_host_queue_get_wake_time (&self->queue);
  else if (n > 0)
    road_pacer_get_allowance (self->plan->pacer, now, get_n_in_flight (self), &next);
  if (next != G_MAXINT64)
    fill_later (self, now, next);
}

static void
give_up_probe (gpointer tag, gpointer user_data)
{
  RoadProber *self = user_data;

  road_connector_pool_give_up (self->pool, tag);
}

/**
 * road_prober_new:
 * @plan: the scan's plan; outlives the prober
 * @targets: what to probe
 * @seed: of the order of the targets
 * @clock: how long the scan has run; outlives the prober
 * @report: where problems are reported
 * @feeder: what tells the report of hosts; outlives the prober
 * @past: (nullable): what is known from before the scan was interrupted; outlives the prober
 * @funcs: what to call
 * @user_data: for @funcs
 *
 * Returns: (transfer full): a prober that begins with road_prober_fill(); free it with road_prober_free()
 */
RoadProber *
road_prober_new (RoadScanPlan *plan,
                 RoadTargetList *targets,
                 guint64 seed,
                 GTimer *clock,
                 RoadReport *report,
                 RoadReportFeeder *feeder,
                 RoadScanPast *past,
                 const RoadProberFuncs *funcs,
                 gpointer user_data)
{
  RoadProber *self;

  g_return_val_if_fail (plan != NULL && feeder != NULL && funcs != NULL, NULL);
  g_return_val_if_fail (ROAD_IS_TARGET_LIST (targets), NULL);

  self = g_new0 (RoadProber, 1);
  self->plan = plan;
  self->targets = g_object_ref (targets);
  self->clock = clock;
  self->report = g_object_ref (report);
  self->feeder = feeder;
  self->past = past;
  self->funcs = *funcs;
  self->user_data = user_data;
  self->pool = road_connector_pool_new (on_outcomes, self);
  road_host_queue_init (&self->queue);
  road_shuffle_init (&self->order, MAX (road_target_list_get_n_targets (targets), 1), seed);

  plan->give_up = give_up_probe;
  plan->give_up_data = self;
  road_pacer_set_n_targets (plan->pacer, road_target_list_get_n_targets (targets));

  return self;
}

/**
 * road_prober_free:
 * @self: (transfer full): a prober with nothing in flight
 *
 * Frees it and the hosts that are not done.
 */
void
road_prober_free (RoadProber *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->fill_id, g_source_remove);
  road_connector_pool_free (self->pool);
  road_host_queue_clear (&self->queue);
  g_object_unref (self->targets);
  g_object_unref (self->report);
  g_free (self);
}

/* Sends no more probes; those in flight end. */
void
road_prober_pause (RoadProber *self)
{
  g_return_if_fail (self != NULL);

  self->paused = TRUE;
}

/* Lets road_prober_fill() send probes again. */
void
road_prober_unpause (RoadProber *self)
{
  g_return_if_fail (self != NULL);

  self->paused = FALSE;
  self->failing_since = 0;
}

/* Gives up everything that is in flight or not yet probed. The owner is told when that is done, never from
 * within this call: the caller may be a handler that a loop over hosts or outcomes has called. */
void
road_prober_stop (RoadProber *self)
{
  g_return_if_fail (self != NULL);

  self->stopped = TRUE;
  g_clear_handle_id (&self->fill_id, g_source_remove);
  road_host_queue_drop_all (&self->queue);
  road_connector_pool_give_up_all (self->pool);
  fill_later (self, 0, 0);
}

/**
 * road_prober_check_host_timeout:
 * @timeout_ms: how long each host may take, in ms
 *
 * Gives up the hosts that have taken longer than that.
 */
void
road_prober_check_host_timeout (RoadProber *self, guint timeout_ms)
{
  double elapsed;
  g_autoptr (GPtrArray) hosts = NULL;

  g_return_if_fail (self != NULL);

  if (self->stopped)
    return;

  elapsed = g_timer_elapsed (self->clock, NULL);
  hosts = road_host_queue_get_hosts (&self->queue);
  for (guint i = 0; i < hosts->len; i++)
    {
      RoadScanHost *host = hosts->pdata[i];

      if (road_scan_host_get_age (host, elapsed) < timeout_ms / 1000.0 ||
          road_host_get_timed_out (road_scan_host_get_host (host)))
        continue;

      road_host_set_timed_out (road_scan_host_get_host (host));
      road_scan_host_drop (host);
      note_change (self, host);
    }
}

/**
 * road_prober_get_load:
 * @n_in_flight: (out): how many probes are in flight
 * @n_threads: (out): how many threads connect, besides the main thread
 */
void
road_prober_get_load (RoadProber *self, guint *n_in_flight, guint *n_threads)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (n_in_flight != NULL && n_threads != NULL);

  *n_in_flight = get_n_in_flight (self);
  *n_threads = road_connector_pool_get_n_threads (self->pool);
}

/* Returns whether nothing is in flight. */
gboolean
road_prober_is_idle (RoadProber *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return get_n_in_flight (self) == 0;
}

/* Returns whether all hosts of all targets are done. */
gboolean
road_prober_is_done (RoadProber *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return road_host_queue_get_n_hosts (&self->queue) == 0 &&
         self->next_target >= road_target_list_get_n_targets (self->targets);
}

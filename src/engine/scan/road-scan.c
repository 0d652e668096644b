/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan.h"

#include <glib/gi18n.h>

#include "road-scan-private.h"

/* A scan resolves its targets, has a prober probe them and a feeder bring the report up to date ten times
 * a second, and says how far it is. All of it runs at a priority below GTK's drawing. */

#define TICK_MS 100

/* The seed of a scan that several machines share, unless they are given another. */
#define SHARD_SEED 1

/* How long the end of a scan waits for the names of addresses. */
#define DNS_PATIENCE_MS 2000

enum
{
  PROP_0,
  PROP_STATE,
  PROP_MESSAGE,
  N_PROPS
};

enum
{
  PROGRESS,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadScan, road_scan, G_TYPE_OBJECT)

static void
road_scan_finalize (GObject *object)
{
  RoadScan *self = ROAD_SCAN (object);

  /* A scan keeps itself alive until complete() has put everything else away. */
  g_assert (self->prober == NULL);

  g_clear_pointer (&self->targets, road_target_spec_unref);
  g_clear_pointer (&self->profile, road_profile_unref);
  g_clear_object (&self->report);
  g_clear_pointer (&self->message, g_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->target_list);
  road_scan_plan_clear (&self->plan);
  g_clear_pointer (&self->clock, g_timer_destroy);
  g_clear_pointer (&self->past, road_scan_past_free);

  G_OBJECT_CLASS (road_scan_parent_class)->finalize (object);
}

static void
road_scan_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadScan *self = ROAD_SCAN (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_scan_class_init (RoadScanClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = road_scan_finalize;
  object_class->get_property = road_scan_get_property;

  /* RoadScan:state: a RoadScanState. */
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, ROAD_SCAN_READY, ROAD_SCAN_FAILED,
                                             ROAD_SCAN_READY, flags);

  /* RoadScan:message: why the scan cannot go on, one sentence for the user; or NULL. */
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* RoadScan::progress: ten times a second while names are resolved, and while ports are scanned, after the report
   * was updated. */
  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_scan_init (RoadScan *self)
{
  self->cancellable = g_cancellable_new ();
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
}

static void
set_state (RoadScan *self, RoadScanState state, const char *message)
{
  gboolean same_message = g_strcmp0 (self->message, message) == 0;

  g_object_freeze_notify (G_OBJECT (self));

  if (!same_message)
    {
      g_free (self->message);
      self->message = g_strdup (message);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
    }

  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

/* In seconds, without pauses. */
static double
get_elapsed (RoadScan *self)
{
  return self->clock != NULL ? self->elapsed_before + g_timer_elapsed (self->clock, NULL) : 0;
}

static void
stop_clock (RoadScan *self)
{
  if (g_timer_is_active (self->clock))
    g_timer_stop (self->clock);
}

/* The end. */

static void
complete (RoadScan *self, RoadScanState state, const char *message)
{
  static const RoadReportStatus statuses[] = {
    [ROAD_SCAN_FINISHED] = ROAD_REPORT_FINISHED,
    [ROAD_SCAN_STOPPED] = ROAD_REPORT_STOPPED,
    [ROAD_SCAN_FAILED] = ROAD_REPORT_FAILED,
  };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *own_message = g_strdup (message);

  /* A handler that is told of the last results may call road_scan_stop(). */
  self->stopping = TRUE;

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->dns_id, g_source_remove);

  stop_clock (self);
  if (self->feeder != NULL && !self->suspended)
    {
      road_report_feeder_flush (self->feeder);
      self->incomplete = road_report_feeder_get_incomplete (self->feeder);
    }
  g_clear_pointer (&self->prober, road_prober_free);
  g_clear_pointer (&self->feeder, road_report_feeder_free);
  g_clear_pointer (&self->reverse_dns, road_reverse_dns_free);
  g_clear_pointer (&self->identifier, road_identifier_free);
  if (self->suspended)
    {
      /* Its results were complete already, and may have been saved. */
      self->suspended = FALSE;
      g_object_unref (self);
      return;
    }

  /* So that a saved report says it, too. */
  if (state == ROAD_SCAN_FAILED && own_message != NULL &&
      !g_strv_contains (road_report_get_problems (self->report), own_message))
    road_report_add_problem (self->report, own_message);
  road_report_finish (self->report, statuses[state], now, get_elapsed (self));
  set_state (self, state, own_message);
  g_signal_emit (self, signals[PROGRESS], 0);
  g_object_unref (self);
}

static gboolean
on_dns_patience_over (gpointer user_data)
{
  RoadScan *self = user_data;

  self->dns_id = 0;
  complete (self, ROAD_SCAN_FINISHED, NULL);

  return G_SOURCE_REMOVE;
}

/* Ends the scan if nothing is left to do. */
static void
check_end (RoadScan *self)
{
  if (!road_prober_is_idle (self->prober))
    return;

  if (self->stopping)
    {
      complete (self, self->message != NULL ? ROAD_SCAN_FAILED : ROAD_SCAN_STOPPED, self->message);
      return;
    }

  if (self->state != ROAD_SCAN_RUNNING || !road_prober_is_done (self->prober))
    return;

  if (!self->all_scanned)
    road_report_feeder_end (self->feeder);
  else
    road_report_feeder_flush (self->feeder);
  self->all_scanned = TRUE;

  if (self->identifier != NULL && road_identifier_is_busy (self->identifier))
    return;
  if (self->reverse_dns == NULL || !road_reverse_dns_is_busy (self->reverse_dns))
    complete (self, ROAD_SCAN_FINISHED, NULL);
  else if (self->dns_id == 0)
    self->dns_id = g_timeout_add (DNS_PATIENCE_MS, on_dns_patience_over, self);
}

static void
on_progressed (gpointer user_data)
{
  check_end (user_data);
}

static void
pause_scan (RoadScan *self, const char *message)
{
  road_prober_pause (self->prober);
  if (self->identifier != NULL)
    road_identifier_pause (self->identifier);
  stop_clock (self);
  set_state (self, ROAD_SCAN_PAUSED, message);
}

/* The start. */

static void
on_failed (const char *message, gpointer user_data)
{
  pause_scan (user_data, message);
}

static gboolean
on_tick (gpointer user_data)
{
  RoadScan *self = user_data;
  guint host_timeout_ms = self->profile->host_timeout;

  if (self->state == ROAD_SCAN_RESOLVING)
    {
      g_signal_emit (self, signals[PROGRESS], 0);
      return G_SOURCE_CONTINUE;
    }

  if (host_timeout_ms != 0)
    road_prober_check_host_timeout (self->prober, host_timeout_ms);
  road_report_feeder_flush (self->feeder);
  road_progress_tick (&self->plan.progress, get_elapsed (self));
  g_signal_emit (self, signals[PROGRESS], 0);
  check_end (self);

  return G_SOURCE_CONTINUE;
}

static void
begin_scanning (RoadScan *self)
{
  static const RoadProberFuncs funcs = { .progressed = on_progressed, .failed = on_failed };
  gboolean lists_down =
      self->profile->list_down || road_target_list_get_n_addresses (self->target_list) == 1;

  if (self->profile->reverse_dns)
    self->reverse_dns = road_reverse_dns_new (self->plan.neighbours, on_progressed, self);
  road_scan_begin_identifying (self, on_progressed);
  self->feeder = road_report_feeder_new (self->report, &self->plan, lists_down, self->reverse_dns,
                                         self->identifier, &self->log);
  self->prober = road_prober_new (&self->plan, self->target_list, self->seed, self->clock,
                                  self->report, self->feeder, self->past, &funcs, self);
  if (self->past != NULL)
    {
      road_report_feeder_note_past (self->feeder);
      road_scan_look_up_known_names (self);
      road_scan_identify_known_ports (self);
    }

  set_state (self, ROAD_SCAN_RUNNING, NULL);
  road_prober_fill (self->prober);
  check_end (self);
}

static void
on_targets_resolved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  RoadScan *self = user_data;
  g_autoptr (GError) error = NULL;
  guint64 n_targets;

  self->target_list = road_target_list_new_finish (result, &error);

  if (self->stopping)
    {
      complete (self, ROAD_SCAN_STOPPED, NULL);
      return;
    }

  if (self->target_list == NULL)
    {
      road_report_add_problem (self->report, error->message);
      complete (self, ROAD_SCAN_FAILED, error->message);
      return;
    }

  road_report_add_problems (self->report, road_target_list_get_problems (self->target_list));
  n_targets = road_target_list_get_n_targets (self->target_list);
  road_report_set_n_targets (self->report, road_target_list_get_n_addresses (self->target_list));
  road_report_set_n_excluded (self->report, road_target_list_get_n_excluded (self->target_list));
  /* Where no ports are scanned, each host counts as one. */
  road_progress_init (&self->plan.progress, n_targets, MAX (self->plan.n_ports, 1),
                      self->plan.discovers);

  begin_scanning (self);
}

/**
 * road_scan_new:
 * @targets: what to scan
 * @profile: how
 *
 * If URLs among @targets name ports, those are scanned on each target, too; the report's profile has them.
 *
 * Returns: (transfer full): a scan that is ready to start
 */
RoadScan *
road_scan_new (RoadTargetSpec *targets, RoadProfile *profile)
{
  RoadScan *self;

  g_return_val_if_fail (targets != NULL, NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (ROAD_TYPE_SCAN, NULL);
  self->targets = road_target_spec_ref (targets);
  self->profile = road_profile_add_ports_of (profile, targets);
  /* All shards have to have the same order. */
  if (profile->shard.n != 0)
    self->seed = SHARD_SEED;
  self->report = road_report_new (road_target_spec_get_text (targets), self->profile);

  return self;
}

/**
 * road_scan_start:
 * @self: a scan in %ROAD_SCAN_READY
 *
 * Starts the scan. It keeps itself alive until it ends or road_scan_stop() is called.
 */
void
road_scan_start (RoadScan *self)
{
  g_autoptr (GDateTime) now = NULL;

  g_return_if_fail (ROAD_IS_SCAN (self));
  g_return_if_fail (self->state == ROAD_SCAN_READY);

  g_object_ref (self); /* until complete() */

  now = g_date_time_new_now_local ();
  if (self->past == NULL)
    road_report_set_started (self->report, now);
  self->clock = g_timer_new ();

  if (!road_scan_plan_init (&self->plan, self->profile, self->seed))
    {
      complete (self, ROAD_SCAN_FAILED, _ ("All ports are excluded: there is nothing to scan."));
      return;
    }

  self->tick_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, TICK_MS, on_tick, self, NULL);
  set_state (self, ROAD_SCAN_RESOLVING, NULL);
  road_target_list_new_async (self->targets, self->profile->exclude_targets, self->profile->family,
                              self->profile->resolve_all, &self->lookups, self->cancellable,
                              on_targets_resolved, self);
}

/* Sends no more probes; those in flight end. Does nothing if the scan is not running. */
void
road_scan_pause (RoadScan *self)
{
  g_return_if_fail (ROAD_IS_SCAN (self));

  if (self->state == ROAD_SCAN_RUNNING && !self->stopping)
    pause_scan (self, NULL);
}

/**
 * road_scan_suspend:
 * @self: a scan
 *
 * Stops the scan, to %ROAD_SCAN_STOPPED, so that road_scan_resume() can continue with what was not scanned
 * yet. Until road_scan_stop() is called, the scan needs as much memory as before. Does nothing if the scan is
 * not active. Must not be called by a handler of a signal of the scan or its report.
 */
void
road_scan_suspend (RoadScan *self)
{
  g_autoptr (GDateTime) now = NULL;

  g_return_if_fail (ROAD_IS_SCAN (self));

  if (!road_scan_get_active (self) || self->stopping)
    return;

  if (self->state == ROAD_SCAN_RESOLVING)
    {
      road_scan_stop (self);
      return;
    }

  /* Only names of addresses are waited for. */
  if (self->dns_id != 0)
    {
      complete (self, ROAD_SCAN_FINISHED, NULL);
      return;
    }

  g_clear_handle_id (&self->tick_id, g_source_remove);
  road_prober_pause (self->prober);
  if (self->identifier != NULL)
    road_identifier_pause (self->identifier);
  stop_clock (self);
  road_report_feeder_flush (self->feeder);
  self->suspended = TRUE;
  now = g_date_time_new_now_local ();
  road_report_finish (self->report, ROAD_REPORT_STOPPED, now, get_elapsed (self));
  set_state (self, ROAD_SCAN_STOPPED, NULL);
  g_signal_emit (self, signals[PROGRESS], 0);
}

/* Whether the scan was stopped by road_scan_suspend() and can be resumed. */
gboolean
road_scan_get_suspended (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), FALSE);

  return self->suspended && !self->stopping;
}

/* Continues after a pause or road_scan_suspend(). Does nothing if the scan is neither paused nor suspended. */
void
road_scan_resume (RoadScan *self)
{
  g_return_if_fail (ROAD_IS_SCAN (self));

  if ((self->state != ROAD_SCAN_PAUSED && !self->suspended) || self->stopping)
    return;

  if (self->suspended)
    {
      self->suspended = FALSE;
      road_report_finish (self->report, ROAD_REPORT_RUNNING, NULL, 0);
      self->tick_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, TICK_MS, on_tick, self, NULL);
    }

  g_timer_continue (self->clock);
  road_prober_unpause (self->prober);
  if (self->identifier != NULL)
    road_identifier_resume (self->identifier);
  set_state (self, ROAD_SCAN_RUNNING, NULL);
  road_prober_fill (self->prober);
  check_end (self);
}

/* Ends the scan with what was found so far. Probes in flight are given up, so the state changes soon, but not
 * at once: to %ROAD_SCAN_STOPPED, or to %ROAD_SCAN_FAILED if our own machine had failed. A suspended scan
 * stays as it is, but cannot be resumed any more. Does nothing if the scan is neither active nor suspended. */
void
road_scan_stop (RoadScan *self)
{
  g_return_if_fail (ROAD_IS_SCAN (self));

  if ((!road_scan_get_active (self) && !self->suspended) || self->stopping)
    return;

  self->stopping = TRUE;
  stop_clock (self);
  g_cancellable_cancel (self->cancellable);

  /* While names are being resolved, their callback ends the scan. */
  if (self->state == ROAD_SCAN_RESOLVING)
    return;

  road_prober_stop (self->prober);
}

/* Returns: (transfer none): what is found, brought up to date ten times a second. */
RoadReport *
road_scan_get_report (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), NULL);

  return self->report;
}

RoadScanState
road_scan_get_state (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), ROAD_SCAN_FAILED);

  return self->state;
}

/* Returns: (nullable): why the scan cannot go on, one sentence for the user; set in %ROAD_SCAN_FAILED and in
 * a %ROAD_SCAN_PAUSED that the user did not ask for. */
const char *
road_scan_get_message (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), NULL);

  return self->message;
}

/* Returns whether the scan was started and has not ended. */
gboolean
road_scan_get_active (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), FALSE);

  return self->state == ROAD_SCAN_RESOLVING || self->state == ROAD_SCAN_RUNNING ||
         self->state == ROAD_SCAN_PAUSED;
}

/* Returns: whether a scan that has finished left out ports as their hosts stopped answering; the report's
 * problems name them */
gboolean
road_scan_get_incomplete (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), FALSE);

  return self->incomplete;
}

/* Returns: (transfer none) (nullable): what is scanned; %NULL while names are resolved */
RoadTargetList *
road_scan_get_target_list (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), NULL);

  return self->target_list;
}

/* @progress: (out caller-allocates): how far it is */
void
road_scan_get_progress (RoadScan *self, RoadScanProgress *progress)
{
  double elapsed;

  g_return_if_fail (ROAD_IS_SCAN (self));
  g_return_if_fail (progress != NULL);

  elapsed = get_elapsed (self);

  *progress = (RoadScanProgress){
    .n_done = self->plan.progress.n_done,
    .n_total = self->plan.progress.n_total,
    .n_open = self->plan.progress.n_open,
    .elapsed = elapsed,
    .remaining = road_progress_estimate_remaining (&self->plan.progress, elapsed),
    .lookups = self->lookups,
  };
  road_progress_get_phase (&self->plan.progress, &progress->phase);
  if (self->identifier != NULL)
    {
      progress->n_identified =
          road_identifier_get_n_done (self->identifier, &progress->n_to_identify);
      progress->identifies = self->all_scanned && road_identifier_is_busy (self->identifier);
    }
  /* Excluded addresses are only left out when it is their turn. */
  if (progress->phase.discovers)
    progress->phase.n_hosts = CLAMP (road_report_get_n_targets (self->report),
                                     progress->phase.n_probed, progress->phase.n_hosts);
}

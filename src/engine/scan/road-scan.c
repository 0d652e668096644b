/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan.h"

#include <glib/gi18n.h>

#include "engine/connect/road-connector-pool.h"
#include "road-reverse-dns.h"
#include "road-scan-findings.h"
#include "road-scan-host.h"
#include "road-scan-plan.h"
#include "engine/base/road-shuffle.h"
#include "road-turns.h"

/*
 *   RoadTargetList ──> active hosts ──> probes ──> pool ───> outcomes ──> active hosts ──> RoadReport
 *     (by arithmetic)   (RoadScanHost)    │                    │           (every 100 ms)
 *                                         └──── RoadPacer <────┘
 *
 * fill() begins as many connects as the pacer allows, whenever outcomes came or a time was reached that
 * the pacer or a host waits for. tick() tells the report and whoever listens, ten times a second. All
 * of it runs at a priority below GTK's drawing.
 */

#define TICK_MS 100

/* So many hosts are scanned side by side at the most: enough to keep the window full when most of them
 * are silent and each has only the few ports in flight that discover hosts. */
#define MAX_ACTIVE_HOSTS 4096

/* So many addresses that are excluded are passed over at a time: some 5 ms, for the window's sake. */
#define MAX_PASSED_OVER 20000

/* Our own machine must have failed for so long, without a single success, before the scan pauses. */
#define FAILURE_PATIENCE_US (3 * G_USEC_PER_SEC)

/* How long the end of a scan waits for names of addresses. */
#define DNS_PATIENCE_MS 2000

struct _RoadScan
{
  GObject parent_instance;

  RoadTargetSpec *targets;
  RoadProfile *profile;
  RoadReport *report;
  guint64 seed;
  RoadScanState state;
  char *message;

  GCancellable *cancellable; /* of name resolution */
  RoadTargetList *target_list;
  RoadShuffle order; /* of the targets */
  guint64 next_target;
  guint n_passed_over; /* excluded targets, in this call of fill() */

  RoadScanPlan plan;
  RoadConnectorPool *pool; /* while it runs */
  RoadTurns turns;
  GPtrArray *dirty; /* of hosts in turns, those of which the report must be told */
  GPtrArray *ended; /* of RoadScanHost, done since the last tick */
  RoadReverseDns *reverse_dns;
  gboolean stopping;
  gboolean suspended; /* stopped, but may be resumed */
  gboolean has_answers;

  RoadScanFindings findings;

  guint tick_id;
  guint fill_id;
  guint dns_id;
  gint64 fill_at;

  RoadProgress progress;
  gint64 running_since;
  gint64 ran_before;    /* µs, up to the last pause */
  gint64 failing_since; /* without a single success */
  gint64 last_success;
};

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

static void fill (RoadScan *self);

static void
road_scan_finalize (GObject *object)
{
  RoadScan *self = ROAD_SCAN (object);

  /* A scan keeps itself alive until complete() has put everything else away. */
  g_assert (self->pool == NULL && road_turns_get_n_hosts (&self->turns) == 0);

  g_clear_pointer (&self->targets, road_target_spec_unref);
  g_clear_object (&self->profile);
  g_clear_object (&self->report);
  g_clear_pointer (&self->message, g_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->target_list);
  road_scan_plan_clear (&self->plan);
  road_turns_clear (&self->turns);
  g_clear_pointer (&self->dirty, g_ptr_array_unref);
  g_clear_pointer (&self->ended, g_ptr_array_unref);

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

  /**
   * RoadScan:state:
   *
   * A #RoadScanState.
   */
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, ROAD_SCAN_READY, ROAD_SCAN_FAILED,
                                             ROAD_SCAN_READY, flags);

  /**
   * RoadScan:message:
   *
   * Why our own machine cannot go on: one sentence, or %NULL.
   */
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * RoadScan::progress:
   *
   * Ten times a second while ports are scanned, after the report was brought up to date.
   */
  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_scan_init (RoadScan *self)
{
  self->cancellable = g_cancellable_new ();
  self->ended = g_ptr_array_new_with_free_func ((GDestroyNotify) road_scan_host_free);
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  self->dirty = g_ptr_array_new ();
  road_turns_init (&self->turns);
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

static gint64
get_elapsed (RoadScan *self)
{
  gint64 elapsed = self->ran_before;

  if (self->running_since != 0)
    elapsed += g_get_monotonic_time () - self->running_since;

  return elapsed;
}

static void
stop_clock (RoadScan *self)
{
  self->ran_before = get_elapsed (self);
  self->running_since = 0;
}

/* The report. */

static gboolean
lists_down (RoadScan *self)
{
  return road_profile_get_list_down (self->profile) ||
         road_target_list_get_n_addresses (self->target_list) == 1;
}

/* Whether a host without new results belongs in the report. */
static gboolean
is_worth_listing (RoadScan *self, RoadScanHost *host)
{
  return road_scan_host_get_gone (host) ||
         road_host_get_timed_out (road_scan_host_get_host (host)) ||
         (self->plan.n_ports == 0 && road_scan_host_get_answered (host));
}

static void
flush_host (RoadScan *self, RoadScanHost *scan_host, GPtrArray *new_hosts)
{
  RoadTurn *turn = road_scan_host_get_turn (scan_host);
  RoadHost *host = road_scan_host_get_host (scan_host);
  guint n_results;

  turn->dirty = FALSE;

  /* As long as it may be down, it is not known to have filtered ports. */
  if (self->plan.discovers && !road_scan_host_get_answered (scan_host) &&
      !road_scan_host_get_down (scan_host) && !road_host_get_timed_out (host))
    return;

  n_results = road_scan_host_flush (scan_host);

  if (road_scan_host_get_down (scan_host) ? !lists_down (self)
                                          : n_results == 0 && !is_worth_listing (self, scan_host))
    return;

  if (!turn->known)
    g_ptr_array_add (new_hosts, host);
  turn->known = TRUE;

  /* A router's word can come before the host's own. */
  if (self->reverse_dns != NULL && road_scan_host_get_answered (scan_host) && !turn->named)
    {
      turn->named = TRUE;
      road_reverse_dns_look_up (self->reverse_dns, host);
    }
}

static void
flush (RoadScan *self)
{
  g_autoptr (GPtrArray) new_hosts = g_ptr_array_new ();
  guint n_down = 0;

  for (guint i = 0; i < self->dirty->len; i++)
    flush_host (self, g_ptr_array_index (self->dirty, i), new_hosts);

  for (guint i = 0; i < self->ended->len; i++)
    {
      RoadScanHost *host = g_ptr_array_index (self->ended, i);

      flush_host (self, host, new_hosts);
      n_down += road_scan_host_get_down (host) && !road_scan_host_get_turn (host)->known;
      if (!road_scan_host_get_gone (host))
        road_host_set_done (road_scan_host_get_host (host));
    }

  road_report_add_hosts (self->report, new_hosts);
  road_report_add_down (self->report, n_down);
  g_ptr_array_set_size (self->dirty, 0);
  g_ptr_array_set_size (self->ended, 0);
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

  /* Whoever is told of the last results may call road_scan_stop(). */
  self->stopping = TRUE;

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->fill_id, g_source_remove);
  g_clear_handle_id (&self->dns_id, g_source_remove);

  stop_clock (self);
  if (!self->suspended)
    flush (self);
  g_clear_pointer (&self->pool, road_connector_pool_free);
  road_turns_free_hosts (&self->turns);
  g_clear_pointer (&self->reverse_dns, road_reverse_dns_free);
  if (self->suspended)
    {
      /* Its results were complete already, and may have been saved. */
      self->suspended = FALSE;
      g_object_unref (self);
      return;
    }

  road_report_finish (self->report, statuses[state], now,
                      (double) self->ran_before / G_USEC_PER_SEC);
  set_state (self, state, own_message);
  g_signal_emit (self, signals[PROGRESS], 0);
  g_object_unref (self);
}

static guint
count_in_flight (RoadScan *self)
{
  return self->pool != NULL ? road_connector_pool_get_n_pending (self->pool) : 0;
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
  if (count_in_flight (self) > 0)
    return;

  if (self->stopping)
    {
      complete (self, self->message != NULL ? ROAD_SCAN_FAILED : ROAD_SCAN_STOPPED, self->message);
      return;
    }

  if (self->state != ROAD_SCAN_RUNNING || road_turns_get_n_hosts (&self->turns) > 0 ||
      self->next_target < road_target_list_get_n_targets (self->target_list))
    return;

  flush (self);
  if (self->dns_id == 0)
    {
      road_scan_findings_end (&self->findings, self->report, &self->plan);
    }
  if (self->reverse_dns == NULL || !road_reverse_dns_is_busy (self->reverse_dns))
    complete (self, ROAD_SCAN_FINISHED, NULL);
  else if (self->dns_id == 0)
    self->dns_id = g_timeout_add (DNS_PATIENCE_MS, on_dns_patience_over, self);
}

static void
on_dns_idle (gpointer user_data)
{
  check_end (user_data);
}

/* Our own machine fails. */

static void
pause_scan (RoadScan *self, const char *message)
{
  stop_clock (self);
  set_state (self, ROAD_SCAN_PAUSED, message);
}

/* Our own machine fails with one host while others answer: no route leads there. */
static void
give_host_up (RoadScan *self, RoadScanHost *host, const RoadOutcome *outcome)
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

/* Whether our own network works, as far as the kernel's routes tell: it finds one to a host that has
 * answered, while none led to this one from the beginning. */
static gboolean
has_route_to_others (RoadScan *self, RoadScanHost *host)
{
  const RoadAddress *other = road_path_check_get_witness (&self->plan.path.check);

  return !road_scan_host_get_reached (host) && other != NULL && road_outcome_has_route (other);
}

static void
note_local_error (RoadScan *self, RoadScanHost *host, gint64 now, const RoadOutcome *outcome)
{
  g_autofree char *message = NULL;
  gint64 host_since = road_scan_host_get_failing_since (host);

  if (self->failing_since == 0)
    self->failing_since = now;

  if (self->state != ROAD_SCAN_RUNNING || self->stopping)
    return;

  if (host_since != 0 && now - host_since >= FAILURE_PATIENCE_US && self->last_success != 0 &&
      (self->last_success > host_since || has_route_to_others (self, host)))
    {
      give_host_up (self, host, outcome);
      return;
    }

  if (now - self->failing_since < FAILURE_PATIENCE_US)
    return;

  /* Translators: %s is what the system says, such as “Network is unreachable” */
  message = g_strdup_printf (_ ("This computer cannot connect: %s."), outcome->error->message);
  pause_scan (self, message);
}

/* Outcomes. */

static void
note_progress (RoadScan *self, RoadScanHost *host)
{
  RoadTurn *turn = road_scan_host_get_turn (host);

  if (!self->stopping && road_scan_host_is_done (host))
    {
      road_scan_findings_add (&self->findings, self->report, &self->plan, host);
      road_turns_remove (&self->turns, host);
      if (turn->dirty)
        g_ptr_array_remove_fast (self->dirty, host);
      g_ptr_array_add (self->ended, host);
      road_progress_end_host (&self->progress, road_scan_host_get_answered (host),
                              road_scan_host_get_n_dropped (host));
      self->progress.n_done += self->plan.n_ports == 0;
      return;
    }

  road_turns_make_ready (&self->turns, host);
  if (!turn->dirty)
    {
      turn->dirty = TRUE;
      g_ptr_array_add (self->dirty, host);
    }
}

/* A host has answered for the first time. When it is the first of all, everybody's first deadlines may
 * come sooner. */
static void
note_host_answer (RoadScan *self)
{
  road_progress_answer_host (&self->progress);
  if (!self->has_answers)
    road_turns_review_all (&self->turns);
  self->has_answers = TRUE;
}

static void
on_outcomes (const RoadProbe *probes, const RoadOutcome *outcomes, guint n, gpointer user_data)
{
  RoadScan *self = user_data;
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    {
      RoadScanHost *host = road_scan_host_from_probe (&probes[i]);
      guint n_done = road_scan_host_get_n_done (host);
      guint n_open = road_scan_host_get_n_open (host);
      gboolean answered = road_scan_host_get_answered (host);

      road_scan_host_handle (host, now, &probes[i], &outcomes[i]);
      self->progress.n_done += road_scan_host_get_n_done (host) - n_done;
      self->progress.n_open += road_scan_host_get_n_open (host) - n_open;
      if (road_scan_host_get_answered (host) && !answered)
        note_host_answer (self);

      if (outcomes[i].kind == ROAD_OUTCOME_LOCAL_ERROR)
        {
          note_local_error (self, host, now, &outcomes[i]);
        }
      else
        {
          self->failing_since = 0;
          self->last_success = now;
        }

      note_progress (self, host);
    }

  fill (self);
  check_end (self);
}

/* Probes. */

static gboolean
may_activate_host (RoadScan *self)
{
  return self->next_target < road_target_list_get_n_targets (self->target_list) &&
         road_turns_get_n_hosts (&self->turns) < MAX_ACTIVE_HOSTS;
}

/* Begins the next host, if there is one and room for it. */
static void
activate_host (RoadScan *self)
{
  RoadTarget target;

  while (may_activate_host (self) && self->n_passed_over < MAX_PASSED_OVER)
    {
      guint64 index = road_shuffle_get (&self->order, self->next_target++);

      if (road_target_list_get (self->target_list, index, &target))
        {
          RoadScanHost *host = road_scan_host_new (&target, &self->plan);

          road_host_set_index (road_scan_host_get_host (host), index);
          for (guint i = 1; target.name != NULL && target.names[i] != NULL; i++)
            road_host_add_user_name (road_scan_host_get_host (host), target.names[i]);
          road_scan_host_get_turn (host)->begun_at = get_elapsed (self);
          road_turns_add (&self->turns, host);
          road_progress_begin_host (&self->progress);
          return;
        }

      self->n_passed_over++;
      road_progress_skip_host (&self->progress);
    }
}

/* The host whose turn it is. Whether a host is up takes longest to find out, so that all are asked for
 * a first time before any is asked more. Without discovery a host is begun when the others wait, so
 * that the first are done early. */
static RoadScanHost *
peek_host (RoadScan *self)
{
  if (self->plan.discovers || road_turns_peek (&self->turns) == NULL)
    activate_host (self);

  return road_turns_peek (&self->turns);
}

/* The next probe, from the hosts in turn. */
static gboolean
take_probe (RoadScan *self, gint64 now, RoadProbe *probe)
{
  RoadScanHost *host;

  while ((host = peek_host (self)) != NULL)
    {
      guint n_done = road_scan_host_get_n_done (host);
      guint n_dropped = road_scan_host_get_n_dropped (host);
      gint64 next = G_MAXINT64;
      gboolean taken = road_scan_host_take_probe (host, now, probe, &next);

      /* Silence may have been judged. */
      if (road_scan_host_get_n_done (host) != n_done ||
          road_scan_host_get_n_dropped (host) != n_dropped || road_scan_host_is_done (host))
        {
          self->progress.n_done += road_scan_host_get_n_done (host) - n_done;
          note_progress (self, host);
        }

      if (taken)
        {
          road_turns_next (&self->turns);
          return TRUE;
        }

      if (road_turns_contains (&self->turns, host))
        road_turns_put_aside (&self->turns, host, next);
    }

  return FALSE;
}

static gboolean
on_fill_time (gpointer user_data)
{
  RoadScan *self = user_data;

  self->fill_id = 0;
  fill (self);
  check_end (self);

  return G_SOURCE_REMOVE;
}

static void
fill_later (RoadScan *self, gint64 now, gint64 when)
{
  if (self->fill_id != 0 && self->fill_at <= when)
    return;

  g_clear_handle_id (&self->fill_id, g_source_remove);
  self->fill_at = when;
  self->fill_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, (guint) ((when - now + 999) / 1000),
                                      on_fill_time, self, NULL);
}

static void
fill (RoadScan *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 next = G_MAXINT64;
  guint allowance, n = 0;

  if (self->state != ROAD_SCAN_RUNNING || self->stopping)
    return;

  self->n_passed_over = 0;
  road_connector_pool_check (self->pool, now);
  road_turns_wake (&self->turns, now);
  allowance = road_pacer_get_allowance (self->plan.pacer, now, count_in_flight (self), &next);

  while (n < allowance)
    {
      RoadProbe probe;

      if (!take_probe (self, now, &probe))
        break;

      road_connector_pool_add (self->pool, &probe);
      n++;
    }

  road_connector_pool_submit (self->pool);

  if (n < allowance && may_activate_host (self))
    next = now; /* so many targets are excluded that they are passed over step by step */
  else if (n < allowance)
    next = road_turns_get_time (&self->turns);
  else if (n > 0)
    road_pacer_get_allowance (self->plan.pacer, now, count_in_flight (self), &next);
  if (next != G_MAXINT64)
    fill_later (self, now, next);
}

/* Gives up the hosts that have taken longer than the user allows. */
static void
check_host_timeout (RoadScan *self)
{
  gint64 timeout = road_profile_get_host_timeout (self->profile) * (gint64) 1000;
  gint64 elapsed = get_elapsed (self);
  g_autoptr (GPtrArray) hosts = NULL;

  if (timeout == 0 || self->stopping)
    return;

  hosts = road_turns_get_hosts (&self->turns);
  for (guint i = 0; i < hosts->len; i++)
    {
      RoadScanHost *host = hosts->pdata[i];

      if (elapsed - road_scan_host_get_turn (host)->begun_at < timeout ||
          road_host_get_timed_out (road_scan_host_get_host (host)))
        continue;

      road_host_set_timed_out (road_scan_host_get_host (host));
      road_scan_host_drop (host);
      note_progress (self, host);
    }
}

static gboolean
on_tick (gpointer user_data)
{
  RoadScan *self = user_data;

  check_host_timeout (self);
  flush (self);
  road_progress_tick (&self->progress, (double) get_elapsed (self) / G_USEC_PER_SEC);
  g_signal_emit (self, signals[PROGRESS], 0);
  check_end (self);

  return G_SOURCE_CONTINUE;
}

/* The start. */

static void
give_up_probe (gpointer tag, gpointer user_data)
{
  RoadScan *self = user_data;

  road_connector_pool_give_up (self->pool, tag);
}

static void
begin_scanning (RoadScan *self)
{
  road_shuffle_init (&self->order, MAX (road_target_list_get_n_targets (self->target_list), 1),
                     self->seed);
  self->pool = road_connector_pool_new (on_outcomes, self);
  self->plan.give_up = give_up_probe;
  self->plan.give_up_data = self;
  road_pacer_set_n_targets (self->plan.pacer, road_target_list_get_n_targets (self->target_list));
  if (road_profile_get_reverse_dns (self->profile))
    self->reverse_dns = road_reverse_dns_new (on_dns_idle, self);
  self->tick_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, TICK_MS, on_tick, self, NULL);

  set_state (self, ROAD_SCAN_RUNNING, NULL);
  fill (self);
  check_end (self);
}

static void
on_targets_resolved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  RoadScan *self = user_data;
  g_autoptr (GError) error = NULL;
  const char *const *problems;
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

  problems = road_target_list_get_problems (self->target_list);
  for (guint i = 0; problems[i] != NULL; i++)
    road_report_add_problem (self->report, problems[i]);

  n_targets = road_target_list_get_n_targets (self->target_list);
  road_report_set_n_targets (self->report, road_target_list_get_n_addresses (self->target_list));
  road_report_set_n_excluded (self->report, road_target_list_get_n_excluded (self->target_list));
  /* Where no ports are scanned, each host is one thing to do. */
  road_progress_init (&self->progress, n_targets, MAX (self->plan.n_ports, 1),
                      self->plan.discovers);

  begin_scanning (self);
}

/**
 * road_scan_new:
 * @targets: what to scan
 * @profile: how
 *
 * If there are URLs among @targets that name ports, those are scanned, too, of each target; the
 * report's profile has them.
 *
 * Returns: (transfer full): a scan that is ready to start
 */
RoadScan *
road_scan_new (RoadTargetSpec *targets, RoadProfile *profile)
{
  RoadScan *self;

  g_return_val_if_fail (targets != NULL, NULL);
  g_return_val_if_fail (ROAD_IS_PROFILE (profile), NULL);

  self = g_object_new (ROAD_TYPE_SCAN, NULL);
  self->targets = road_target_spec_ref (targets);
  self->profile = road_profile_add_ports_of (profile, targets);
  self->report = road_report_new (road_target_spec_get_text (targets), self->profile);

  return self;
}

/**
 * road_scan_set_seed:
 * @self: a scan in %ROAD_SCAN_READY
 * @seed: any number
 *
 * Sets the seed of the order in which hosts and ports are tried: the same for the same seed, targets
 * and ports. A scan has a random one otherwise.
 */
void
road_scan_set_seed (RoadScan *self, guint64 seed)
{
  g_return_if_fail (ROAD_IS_SCAN (self));
  g_return_if_fail (self->state == ROAD_SCAN_READY);

  self->seed = seed;
}

/**
 * road_scan_start:
 * @self: a scan in %ROAD_SCAN_READY
 *
 * Starts it. It goes on until it ends by itself or road_scan_stop() is called, also if nobody else
 * holds a reference any more.
 */
void
road_scan_start (RoadScan *self)
{
  g_autoptr (GDateTime) now = NULL;

  g_return_if_fail (ROAD_IS_SCAN (self));
  g_return_if_fail (self->state == ROAD_SCAN_READY);

  g_object_ref (self); /* until complete() */

  now = g_date_time_new_now_local ();
  road_report_set_started (self->report, now);
  self->running_since = g_get_monotonic_time ();

  if (!road_scan_plan_init (&self->plan, self->profile, self->seed))
    {
      complete (self, ROAD_SCAN_FAILED, _ ("All ports are excluded: there is nothing to scan."));
      return;
    }

  set_state (self, ROAD_SCAN_RESOLVING, NULL);
  road_target_list_new_async (self->targets, road_profile_get_exclude_targets (self->profile),
                              road_profile_get_family (self->profile),
                              road_profile_get_resolve_all (self->profile), self->cancellable,
                              on_targets_resolved, self);
}

/**
 * road_scan_pause:
 * @self: a scan
 *
 * Begins no more connects; those under way end. Does nothing if the scan is not running.
 */
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
 * Stops the scan, to %ROAD_SCAN_STOPPED, so that road_scan_resume() can go on with what was not scanned
 * yet. Until road_scan_stop() is called, the scan needs as much memory as before. Does nothing if the scan is
 * not active; must not be called by a handler of a signal of the scan or its report.
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
  g_clear_handle_id (&self->fill_id, g_source_remove);
  stop_clock (self);
  flush (self);
  self->suspended = TRUE;
  now = g_date_time_new_now_local ();
  road_report_finish (self->report, ROAD_REPORT_STOPPED, now,
                      (double) self->ran_before / G_USEC_PER_SEC);
  set_state (self, ROAD_SCAN_STOPPED, NULL);
  g_signal_emit (self, signals[PROGRESS], 0);
}

/**
 * road_scan_get_suspended:
 * @self: a scan
 *
 * Returns: whether it was stopped by road_scan_suspend() and can be resumed
 */
gboolean
road_scan_get_suspended (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), FALSE);

  return self->suspended && !self->stopping;
}

/**
 * road_scan_resume:
 * @self: a scan
 *
 * Goes on after a pause or after road_scan_suspend(). Does nothing if the scan is neither paused nor
 * suspended.
 */
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

  self->running_since = g_get_monotonic_time ();
  self->failing_since = 0;
  set_state (self, ROAD_SCAN_RUNNING, NULL);
  fill (self);
  check_end (self);
}

/**
 * road_scan_stop:
 * @self: a scan
 *
 * Ends the scan with what is there. Connects under way are given up, so the state changes soon, but
 * not at once: to %ROAD_SCAN_STOPPED, or to %ROAD_SCAN_FAILED if our own machine had failed. A suspended scan
 * stays as it is, but cannot be resumed any more. Does nothing if the scan is neither active nor suspended.
 */
void
road_scan_stop (RoadScan *self)
{
  g_return_if_fail (ROAD_IS_SCAN (self));

  if ((!road_scan_get_active (self) && !self->suspended) || self->stopping)
    return;

  self->stopping = TRUE;
  stop_clock (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->fill_id, g_source_remove);

  /* While names are being resolved, their callback ends the scan. */
  if (self->state == ROAD_SCAN_RESOLVING)
    return;

  road_turns_drop_all (&self->turns);
  road_connector_pool_give_up_all (self->pool);

  /* Not now: the caller may be a handler that a loop over hosts or outcomes has called. */
  fill_later (self, 0, 0);
}

/**
 * road_scan_get_report:
 * @self: a scan
 *
 * Returns: (transfer none): what is found, brought up to date ten times a second
 */
RoadReport *
road_scan_get_report (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), NULL);

  return self->report;
}

/**
 * road_scan_get_state:
 * @self: a scan
 *
 * Returns: its state
 */
RoadScanState
road_scan_get_state (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), ROAD_SCAN_FAILED);

  return self->state;
}

/**
 * road_scan_get_message:
 * @self: a scan
 *
 * Returns: (nullable): why our own machine cannot go on, one sentence for the user; set in
 *   %ROAD_SCAN_FAILED and in a %ROAD_SCAN_PAUSED that the user did not ask for
 */
const char *
road_scan_get_message (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), NULL);

  return self->message;
}

/**
 * road_scan_get_active:
 * @self: a scan
 *
 * Returns: whether it was started and has not ended
 */
gboolean
road_scan_get_active (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), FALSE);

  return self->state == ROAD_SCAN_RESOLVING || self->state == ROAD_SCAN_RUNNING ||
         self->state == ROAD_SCAN_PAUSED;
}

/**
 * road_scan_get_incomplete:
 * @self: a scan that has finished
 *
 * Returns: whether there are ports that were not scanned, as their hosts stopped answering; the report's
 *   problems name them
 */
gboolean
road_scan_get_incomplete (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), FALSE);

  return self->findings.incomplete;
}

/**
 * road_scan_get_progress:
 * @self: a scan
 * @progress: (out caller-allocates): how far it is
 */
void
road_scan_get_progress (RoadScan *self, RoadScanProgress *progress)
{
  double elapsed;

  g_return_if_fail (ROAD_IS_SCAN (self));
  g_return_if_fail (progress != NULL);

  elapsed = (double) get_elapsed (self) / G_USEC_PER_SEC;

  *progress = (RoadScanProgress){
    .n_done = self->progress.n_done,
    .n_total = self->progress.n_total,
    .n_open = self->progress.n_open,
    .elapsed = elapsed,
    .remaining = road_progress_estimate_remaining (&self->progress, elapsed),
  };
  road_progress_get_phase (&self->progress, &progress->phase);
  /* Excluded addresses are only left out when it is their turn. */
  if (progress->phase.discovers)
    progress->phase.n_hosts = CLAMP (road_report_get_n_targets (self->report),
                                     progress->phase.n_probed, progress->phase.n_hosts);
}

/**
 * road_scan_progress_get_fraction:
 * @self: how far a scan is
 *
 * Most hosts may turn out to be down: as long as there is an estimate of the time, that tells more than
 * the number of probes there could be.
 *
 * Returns: how much of the scan is done, from 0 to 1
 */
double
road_scan_progress_get_fraction (const RoadScanProgress *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->remaining >= 0 && self->elapsed > 0)
    return self->elapsed / (self->elapsed + self->remaining);

  return self->n_total > 0 ? (double) self->n_done / (double) self->n_total : 0;
}

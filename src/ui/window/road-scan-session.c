/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-session.h"

#include "store/journal/road-journal.h"
#include "store/road-recent-scans.h"

#include <glib/gi18n.h>

enum
{
  ACTION_PAUSE,
  ACTION_RESUME,
  ACTION_TOGGLE_PAUSE,
  N_ACTIONS
};

/* So often, in µs, results of hosts that are scanned again are shown. */
#define UPDATE_INTERVAL G_USEC_PER_SEC

/* A second click soon after the one that started a scan is no wish to stop it. */
#define MIN_MS_TO_STOP 500

struct _RoadScanSession
{
  GObject parent_instance;

  RoadScan *scan; /* NULL for an opened file */
  RoadScan *next; /* its names are being resolved */
  /* so that they can be continued after a crash; NULL if they are saved or not to be */
  RoadJournal *journal;
  RoadJournal *next_journal;
  RoadScan *again;    /* scans hosts of the report again */
  RoadReport *report; /* that the hosts are scanned for again */
  gint64 updated_at;
  GSignalGroup *scan_signals;
  GSignalGroup *next_signals;
  GSignalGroup *again_signals;
  GSimpleAction *actions[N_ACTIONS];
  guint start_source; /* while a scan was started only now */
};

enum
{
  BEGUN,
  UPDATED,
  FAILED,
  WARNED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadScanSession, road_scan_session, G_TYPE_OBJECT)

static void
delete_journal (RoadJournal **journal)
{
  if (*journal != NULL)
    road_journal_delete (*journal);
  g_clear_object (journal);
}

/* Ends the scan that was shown, if it was stopped and could have been resumed. */
static void
set_scan (RoadScanSession *self, RoadScan *scan)
{
  if (self->scan != NULL && self->scan != scan)
    road_scan_stop (self->scan);
  delete_journal (&self->journal);
  g_set_object (&self->scan, scan);
  g_signal_group_set_target (self->scan_signals, scan);
}

static void
set_next (RoadScanSession *self, RoadScan *scan)
{
  g_set_object (&self->next, scan);
  g_signal_group_set_target (self->next_signals, scan);
}

/* Whether it is paused, or was stopped before it was done. */
static gboolean
can_resume (RoadScanSession *self)
{
  RoadScan *scan = road_scan_session_get_current (self);

  return scan != NULL &&
         (road_scan_get_state (scan) == ROAD_SCAN_PAUSED || road_scan_get_suspended (scan));
}

static void
on_changed (RoadScanSession *self)
{
  const gboolean active = road_scan_session_get_active (self);
  const gboolean resumable = can_resume (self);

  g_simple_action_set_enabled (self->actions[ACTION_PAUSE], active && !resumable);
  g_simple_action_set_enabled (self->actions[ACTION_RESUME], resumable);
  g_simple_action_set_enabled (self->actions[ACTION_TOGGLE_PAUSE], active || resumable);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The names of the next scan are resolved, or cannot be. */
static void
on_next_changed (RoadScanSession *self)
{
  g_autoptr (RoadScan) next = g_object_ref (self->next);
  const RoadScanState state = road_scan_get_state (next);

  if (state != ROAD_SCAN_RESOLVING)
    set_next (self, NULL);
  if (!road_scan_get_active (next))
    delete_journal (&self->next_journal);

  if (road_scan_get_active (next) && state != ROAD_SCAN_RESOLVING && self->report != NULL)
    {
      /* A scan that was stopped can still be continued afterwards. */
      road_report_forget_changes (self->report);
      g_set_object (&self->again, next);
      g_signal_group_set_target (self->again_signals, next);
    }
  else if (road_scan_get_active (next) && state != ROAD_SCAN_RESOLVING)
    {
      set_scan (self, next);
      self->journal = g_steal_pointer (&self->next_journal);
      g_signal_emit (self, signals[BEGUN], 0, next);
    }
  else if (state == ROAD_SCAN_STOPPED)
    {
      g_clear_object (&self->report);
    }
  else if (state == ROAD_SCAN_FAILED)
    {
      g_clear_object (&self->report);
      g_signal_emit (self, signals[FAILED], 0,
                     road_scan_get_message (next) != NULL ? road_scan_get_message (next)
                                                          : _ ("The scan failed."));
    }

  on_changed (self);
}

/* Only what our own machine failed to do is tried again: a scan that the user has paused has no message. */
static void
on_network_changed (RoadScanSession *self)
{
  RoadScan *scan = road_scan_session_get_current (self);

  if (scan != NULL && road_scan_get_state (scan) == ROAD_SCAN_PAUSED &&
      road_scan_get_message (scan) != NULL)
    road_scan_resume (scan);
}

static void
update_report (RoadScanSession *self)
{
  RoadReport *newer = road_scan_get_report (self->again);
  RoadProfile *profile = road_report_get_profile (newer);
  RoadPortSet *excluded = profile->exclude_ports;
  g_autoptr (RoadPortSet) ports = excluded != NULL
                                      ? road_port_set_subtract (profile->ports, excluded)
                                      : road_port_set_ref (profile->ports);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (newer)); i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (newer), i);

      road_report_update_host (self->report, host, road_host_get_done (host) ? ports : NULL);
    }
  self->updated_at = g_get_monotonic_time ();
}

static void
on_again_progress (RoadScanSession *self)
{
  if (g_get_monotonic_time () - self->updated_at >= UPDATE_INTERVAL)
    update_report (self);
}

static void
on_again_changed (RoadScanSession *self)
{
  if (!road_scan_get_active (self->again))
    {
      update_report (self);
      g_signal_group_set_target (self->again_signals, NULL);
      g_clear_object (&self->again);
      g_clear_object (&self->report);
      g_signal_emit (self, signals[UPDATED], 0);
    }

  on_changed (self);
}

static void
on_pause (RoadScanSession *self)
{
  if (road_scan_session_get_active (self))
    road_scan_pause (road_scan_session_get_current (self));
}

static void
on_resume (RoadScanSession *self)
{
  if (can_resume (self))
    road_scan_resume (road_scan_session_get_current (self));
}

static void
on_toggle_pause (RoadScanSession *self)
{
  if (can_resume (self))
    on_resume (self);
  else
    on_pause (self);
}

static void
road_scan_session_dispose (GObject *object)
{
  RoadScanSession *self = ROAD_SCAN_SESSION (object);

  g_clear_handle_id (&self->start_source, g_source_remove);
  g_clear_object (&self->next_signals);
  g_clear_object (&self->scan_signals);
  g_clear_object (&self->again_signals);
  for (guint i = 0; i < N_ACTIONS; i++)
    g_clear_object (&self->actions[i]);
  if (self->next != NULL)
    road_scan_stop (self->next);
  if (self->scan != NULL)
    road_scan_stop (self->scan);
  if (self->again != NULL)
    road_scan_stop (self->again);
  delete_journal (&self->journal);
  delete_journal (&self->next_journal);
  g_clear_object (&self->next);
  g_clear_object (&self->scan);
  g_clear_object (&self->again);
  g_clear_object (&self->report);

  G_OBJECT_CLASS (road_scan_session_parent_class)->dispose (object);
}

static void
road_scan_session_class_init (RoadScanSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = road_scan_session_dispose;

  /* The names of a scan (argument) are resolved: its results replace those that are shown. */
  signals[BEGUN] = g_signal_new ("begun", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, ROAD_TYPE_SCAN);

  /* Hosts of the report that is shown have been scanned again. */
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  /* A scan could not begin. The argument is a sentence that says why. What is shown stays. */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /* Something is wrong, but the scan goes on. The argument is a sentence that says what. */
  signals[WARNED] = g_signal_new ("warned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /* The state or the message of a scan has changed. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_action (RoadScanSession *self, guint index, const char *name, GCallback callback)
{
  self->actions[index] = g_simple_action_new (name, NULL);
  g_simple_action_set_enabled (self->actions[index], FALSE);
  g_signal_connect_object (self->actions[index], "activate", callback, self, G_CONNECT_SWAPPED);
}

static void
road_scan_session_init (RoadScanSession *self)
{
  add_action (self, ACTION_PAUSE, "pause", G_CALLBACK (on_pause));
  add_action (self, ACTION_RESUME, "resume", G_CALLBACK (on_resume));
  add_action (self, ACTION_TOGGLE_PAUSE, "toggle-pause", G_CALLBACK (on_toggle_pause));

  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (on_network_changed), self, G_CONNECT_SWAPPED);

  self->scan_signals = g_signal_group_new (ROAD_TYPE_SCAN);
  g_signal_group_connect_object (self->scan_signals, "notify::state", G_CALLBACK (on_changed), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->scan_signals, "notify::message", G_CALLBACK (on_changed),
                                 self, G_CONNECT_SWAPPED);
  self->next_signals = g_signal_group_new (ROAD_TYPE_SCAN);
  g_signal_group_connect_object (self->next_signals, "notify::state", G_CALLBACK (on_next_changed),
                                 self, G_CONNECT_SWAPPED);
  self->again_signals = g_signal_group_new (ROAD_TYPE_SCAN);
  g_signal_group_connect_object (self->again_signals, "notify::state",
                                 G_CALLBACK (on_again_changed), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->again_signals, "progress", G_CALLBACK (on_again_progress),
                                 self, G_CONNECT_SWAPPED);
}

RoadScanSession *
road_scan_session_new (void)
{
  return g_object_new (ROAD_TYPE_SCAN_SESSION, NULL);
}

/* Adds the actions pause, resume and toggle-pause. */
void
road_scan_session_add_actions (RoadScanSession *self, GActionMap *map)
{
  g_return_if_fail (ROAD_IS_SCAN_SESSION (self));
  g_return_if_fail (G_IS_ACTION_MAP (map));

  for (guint i = 0; i < N_ACTIONS; i++)
    g_action_map_add_action (map, G_ACTION (self->actions[i]));
}

static gboolean
on_start_over (gpointer user_data)
{
  ROAD_SCAN_SESSION (user_data)->start_source = 0;

  return G_SOURCE_REMOVE;
}

static void
on_journal_problem (RoadScanSession *self, GParamSpec *pspec, RoadJournal *journal)
{
  if (road_journal_get_problem (journal) != NULL)
    g_signal_emit (self, signals[WARNED], 0, road_journal_get_problem (journal));
}

/* @journal: (transfer full) (nullable) */
static void
start (RoadScanSession *self, RoadScan *scan, RoadJournal *journal)
{
  g_clear_handle_id (&self->start_source, g_source_remove);
  /* Clicks that wait to be handled come first. */
  self->start_source =
      g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, MIN_MS_TO_STOP, on_start_over, self, NULL);
  self->next_journal = journal;
  if (journal != NULL)
    g_signal_connect_object (journal, "notify::problem", G_CALLBACK (on_journal_problem), self,
                             G_CONNECT_SWAPPED);
  set_next (self, scan);
  road_scan_start (scan);
}

static RoadJournal *
make_journal (RoadScan *scan)
{
  RoadReport *report = road_scan_get_report (scan);
  RoadJournalBegin begin = {
    .owner = g_strdup (ROAD_JOURNAL_OWNER_WINDOW),
    .targets = g_strdup (road_report_get_targets (report)),
    .profile = road_profile_ref (road_report_get_profile (report)),
    .seed = road_scan_get_seed (scan),
    .started = g_date_time_new_now_local (),
  };
  RoadJournal *journal = road_journal_new (scan, &begin);

  road_journal_begin_clear (&begin);

  return journal;
}

/**
 * road_scan_session_start:
 * @scan: a scan that is not started yet
 * @report: (nullable): the report that is shown, if @scan scans hosts of it again and updates it
 *
 * Starts a scan where none is active; see the signals for how it goes on.
 */
void
road_scan_session_start (RoadScanSession *self, RoadScan *scan, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_SCAN_SESSION (self));
  g_return_if_fail (ROAD_IS_SCAN (scan));
  g_return_if_fail (!road_scan_session_get_active (self));

  g_set_object (&self->report, report);
  /* Who keeps no scans wants none on the disk; hosts that are scanned again are among the recent scans. */
  start (self, scan,
         report == NULL && road_recent_scans_get_max (road_recent_scans_get_default ()) > 0
             ? make_journal (scan)
             : NULL);
}

/**
 * road_scan_session_continue:
 * @interrupted: a scan that was interrupted
 * @error: why it cannot be continued
 *
 * Continues a scan where none is active.
 */
gboolean
road_scan_session_continue (RoadScanSession *self, RoadInterruptedScan *interrupted, GError **error)
{
  g_autoptr (RoadScan) scan = NULL;

  g_return_val_if_fail (ROAD_IS_SCAN_SESSION (self), FALSE);
  g_return_val_if_fail (ROAD_IS_INTERRUPTED_SCAN (interrupted), FALSE);
  g_return_val_if_fail (!road_scan_session_get_active (self), FALSE);

  scan = road_interrupted_scan_continue (interrupted, error);
  if (scan == NULL)
    return FALSE;

  g_clear_object (&self->report);
  start (self, scan, road_journal_new_continued (interrupted, scan));

  return TRUE;
}

/* What the scan that is shown has found is saved. */
void
road_scan_session_set_saved (RoadScanSession *self)
{
  g_return_if_fail (ROAD_IS_SCAN_SESSION (self));

  if (self->scan != NULL && road_scan_get_state (self->scan) == ROAD_SCAN_FINISHED)
    delete_journal (&self->journal);
}

/* The program ends although the scan that is shown could not be saved: it is offered at the next start. */
void
road_scan_session_abandon (RoadScanSession *self)
{
  g_return_if_fail (ROAD_IS_SCAN_SESSION (self));

  g_clear_object (&self->journal);
}

/* Something else is shown, such as an opened file. */
void
road_scan_session_leave (RoadScanSession *self)
{
  g_return_if_fail (ROAD_IS_SCAN_SESSION (self));

  set_scan (self, NULL);
}

/* Returns: (transfer none) (nullable): the scan whose results are shown */
RoadScan *
road_scan_session_get_scan (RoadScanSession *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN_SESSION (self), NULL);

  return self->scan;
}

/* Returns: (transfer none) (nullable): the scan that is active, else the one that is shown */
RoadScan *
road_scan_session_get_current (RoadScanSession *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN_SESSION (self), NULL);

  return self->next != NULL ? self->next : self->again != NULL ? self->again : self->scan;
}

gboolean
road_scan_session_get_active (RoadScanSession *self)
{
  RoadScan *scan;

  g_return_val_if_fail (ROAD_IS_SCAN_SESSION (self), FALSE);

  scan = road_scan_session_get_current (self);

  return scan != NULL && road_scan_get_active (scan);
}

/* Stops the active scan, unless that was started only now. It can be resumed until another one begins; one that
 * only scans hosts again cannot. */
void
road_scan_session_stop (RoadScanSession *self)
{
  RoadScan *scan;

  g_return_if_fail (ROAD_IS_SCAN_SESSION (self));

  scan = road_scan_session_get_current (self);
  if (scan != NULL && self->start_source == 0)
    {
      if (scan == self->again)
        road_scan_stop (scan);
      else
        road_scan_suspend (scan);
    }
}

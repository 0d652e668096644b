/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-keeper.h"

#include <glib/gi18n.h>

/* Results that took less time than this, in seconds, are had again sooner than a question about
 * them is answered. */
#define MIN_SECONDS_WORTH_ASKING 10

struct _RoadKeeper
{
  GObject parent_instance;

  RoadRecentScans *recent;
  GSignalGroup *scan_signals;
  RoadScan *scan;     /* NULL for an opened file */
  RoadReport *report; /* of the scan */
  gboolean saved;

  gboolean keeping;
  GFile *file; /* where it was kept */

  GPtrArray *leaving; /* tasks that wait until it is kept */
};

/* Somebody wants to do something that ends what is there. */
typedef struct
{
  GtkWindow *parent;
  char *button;
} Leave;

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadKeeper, road_keeper, G_TYPE_OBJECT)

static void
leave_free (gpointer data)
{
  Leave *leave = data;

  g_clear_object (&leave->parent);
  g_free (leave->button);
  g_free (leave);
}

static gboolean
is_active (RoadKeeper *self)
{
  return self->scan != NULL && road_scan_get_active (self->scan);
}

/* A scan that was stopped before it found anything, or could not begin, is not worth a line. */
static gboolean
is_worth_keeping (RoadReport *report)
{
  return road_report_get_status (report) == ROAD_REPORT_FINISHED ||
         g_list_model_get_n_items (G_LIST_MODEL (report)) > 0;
}

static gboolean
is_kept (RoadKeeper *self)
{
  return self->file != NULL && road_recent_scans_has (self->recent, self->file);
}

/* Whether the user would miss what is there. */
static gboolean
is_worth_asking (RoadKeeper *self)
{
  RoadScanProgress progress;

  if (self->scan == NULL || self->saved || is_kept (self))
    return FALSE;
  if (!is_active (self) && !is_worth_keeping (self->report))
    return FALSE;

  road_scan_get_progress (self->scan, &progress);

  return progress.elapsed >= MIN_SECONDS_WORTH_ASKING;
}

static void go_on_leaving (RoadKeeper *self);

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RoadKeeper *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file =
      road_recent_scans_keep_finish (ROAD_RECENT_SCANS (source), result, &error);

  /* Another scan may have begun meanwhile. */
  if (self->report != g_task_get_task_data (task))
    return;

  self->keeping = FALSE;
  g_set_object (&self->file, file);
  if (file == NULL)
    {
      g_autofree char *message =
          /* Translators: the second sentence says why */
          g_strdup_printf (_ ("The scan could not be added to the recent scans. %s"),
                           error->message);

      g_signal_emit (self, signals[FAILED], 0, message);
    }

  go_on_leaving (self);
}

static void
on_state_changed (RoadKeeper *self)
{
  GTask *task;

  if (is_active (self) || self->keeping || self->file != NULL)
    return;

  if (road_recent_scans_get_max (self->recent) == 0 || !is_worth_keeping (self->report))
    {
      go_on_leaving (self);
      return;
    }

  self->keeping = TRUE;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, on_state_changed);
  g_task_set_task_data (task, g_object_ref (self->report), g_object_unref);
  road_recent_scans_keep_async (self->recent, self->report, on_kept, task);
}

static void
road_keeper_dispose (GObject *object)
{
  RoadKeeper *self = ROAD_KEEPER (object);

  g_clear_object (&self->scan_signals);
  g_clear_object (&self->scan);
  g_clear_object (&self->report);
  g_clear_object (&self->file);
  g_clear_object (&self->recent);

  G_OBJECT_CLASS (road_keeper_parent_class)->dispose (object);
}

static void
road_keeper_finalize (GObject *object)
{
  g_clear_pointer (&ROAD_KEEPER (object)->leaving, g_ptr_array_unref);

  G_OBJECT_CLASS (road_keeper_parent_class)->finalize (object);
}

static void
road_keeper_class_init (RoadKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = road_keeper_dispose;
  object_class->finalize = road_keeper_finalize;

  /**
   * RoadKeeper::failed:
   * @message: a sentence on what could not be kept and why
   *
   * A scan that has ended is nowhere but in the window.
   */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
road_keeper_init (RoadKeeper *self)
{
  self->leaving = g_ptr_array_new_with_free_func (g_object_unref);
  self->scan_signals = g_signal_group_new (ROAD_TYPE_SCAN);
  g_signal_group_connect_object (self->scan_signals, "notify::state", G_CALLBACK (on_state_changed),
                                 self, G_CONNECT_SWAPPED);
}

/**
 * road_keeper_new:
 * @recent: where scans are kept
 *
 * Returns: (transfer full): a keeper with nothing to keep yet
 */
RoadKeeper *
road_keeper_new (RoadRecentScans *recent)
{
  RoadKeeper *self;

  g_return_val_if_fail (ROAD_IS_RECENT_SCANS (recent), NULL);

  self = g_object_new (ROAD_TYPE_KEEPER, NULL);
  self->recent = g_object_ref (recent);

  return self;
}

/**
 * road_keeper_set_scan:
 * @self: a keeper
 * @scan: (nullable): the scan that the window shows, not started yet; %NULL for a file, which needs
 *   no keeping
 *
 * Sets what is kept when it has ended.
 */
void
road_keeper_set_scan (RoadKeeper *self, RoadScan *scan)
{
  RoadReport *report;

  g_return_if_fail (ROAD_IS_KEEPER (self));
  g_return_if_fail (scan == NULL || ROAD_IS_SCAN (scan));

  report = scan != NULL ? road_scan_get_report (scan) : NULL;
  g_set_object (&self->scan, scan);
  g_set_object (&self->report, report);
  g_clear_object (&self->file);
  self->saved = FALSE;
  self->keeping = FALSE;
  g_signal_group_set_target (self->scan_signals, scan);
}

/**
 * road_keeper_set_saved:
 * @self: a keeper
 *
 * The user has saved the results to a file of his choice.
 */
void
road_keeper_set_saved (RoadKeeper *self)
{
  g_return_if_fail (ROAD_IS_KEEPER (self));

  self->saved = TRUE;
}

/**
 * road_keeper_would_lose:
 * @self: a keeper
 *
 * Returns: whether road_keeper_leave_async() has something to ask or to wait for
 */
gboolean
road_keeper_would_lose (RoadKeeper *self)
{
  g_return_val_if_fail (ROAD_IS_KEEPER (self), FALSE);

  return is_active (self) || self->keeping || is_worth_asking (self);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RoadKeeper *self = g_task_get_source_object (task);
  RoadLoss answer = road_loss_dialog_ask_finish (result);

  if (answer != ROAD_LOSS_ACCEPT || !is_active (self))
    {
      g_task_return_int (task, answer);
      return;
    }

  /* What it has found so far is kept before the window goes. */
  g_ptr_array_add (self->leaving, g_object_ref (task));
  road_scan_stop (self->scan);
}

static void
ask (RoadKeeper *self, GTask *task)
{
  Leave *leave = g_task_get_task_data (task);
  RoadLossKind kind = !is_active (self)                              ? ROAD_LOSS_OF_RESULTS
                      : road_recent_scans_get_max (self->recent) > 0 ? ROAD_LOSS_OF_TIME
                                                                     : ROAD_LOSS_OF_SCAN;

  road_loss_dialog_ask_async (leave->parent, kind, leave->button, on_answered, g_object_ref (task));
}

static void
go_on_leaving (RoadKeeper *self)
{
  g_autoptr (GPtrArray) leaving = g_steal_pointer (&self->leaving);

  self->leaving = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < leaving->len; i++)
    {
      GTask *task = g_ptr_array_index (leaving, i);

      if (is_worth_asking (self))
        ask (self, task);
      else
        g_task_return_int (task, ROAD_LOSS_ACCEPT);
    }
}

/**
 * road_keeper_leave_async:
 * @self: a keeper
 * @parent: the window
 * @button: what the button says that accepts the loss of results, with a mnemonic
 * @callback: called when it is known what to do
 * @user_data: for @callback
 *
 * For who is about to end what the window shows. Asks the user if something would be lost by that.
 * If a scan is running and the user agrees, it is stopped and kept first.
 */
void
road_keeper_leave_async (RoadKeeper *self,
                         GtkWindow *parent,
                         const char *button,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Leave *leave;

  g_return_if_fail (ROAD_IS_KEEPER (self));
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (button != NULL);

  leave = g_new0 (Leave, 1);
  leave->parent = g_object_ref (parent);
  leave->button = g_strdup (button);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, road_keeper_leave_async);
  g_task_set_task_data (task, leave, leave_free);

  g_ptr_array_add (self->leaving, g_object_ref (task));
  if (self->keeping)
    return; /* on_kept() goes on */

  if (is_active (self) && !is_worth_asking (self))
    road_scan_stop (self->scan);
  else
    go_on_leaving (self);
}

/**
 * road_keeper_leave_finish:
 * @self: a keeper
 * @result: what the callback was given
 *
 * Returns: %ROAD_LOSS_ACCEPT if it can be ended
 */
RoadLoss
road_keeper_leave_finish (RoadKeeper *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), ROAD_LOSS_CANCEL);
  g_return_val_if_fail (g_async_result_is_tagged (result, road_keeper_leave_async),
                        ROAD_LOSS_CANCEL);

  return (RoadLoss) g_task_propagate_int (G_TASK (result), NULL);
}

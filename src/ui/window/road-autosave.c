/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-autosave.h"

#include "ui/widgets/road-narrow-dialog.h"

#include <glib/gi18n.h>

/* Results that took less time than this, in seconds, are not worth a question: scanning again is quicker. */
#define MIN_SECONDS_WORTH_ASKING 10

struct _RoadAutosave
{
  GObject parent_instance;

  RoadRecentScans *recent;
  GSignalGroup *scan_signals;
  RoadScan *scan;     /* NULL for an opened file */
  RoadReport *report; /* of the scan */
  gboolean saved;     /* by the user */

  gboolean saving;
  GFile *file;     /* among the recent scans */
  GFile *old_file; /* what was saved there before the scan was continued */

  GPtrArray *discards; /* tasks that wait until the scan is saved */
};

/* The user's answer to whether results may be discarded. */
typedef enum
{
  DISCARD_CANCEL,
  DISCARD_SAVE,
  DISCARD_ACCEPT,
} Answer;

/* The task data of road_autosave_discard_async(). */
typedef struct
{
  GtkWindow *parent; /* NULL if the user is not to be asked */
  char *button;
  char *stop_button;
} Discard;

enum
{
  FAILED,
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadAutosave, road_autosave, G_TYPE_OBJECT)

static void
discard_free (gpointer data)
{
  Discard *discard = data;

  g_clear_object (&discard->parent);
  g_free (discard->button);
  g_free (discard->stop_button);
  g_free (discard);
}

static gboolean
is_active (RoadAutosave *self)
{
  return self->scan != NULL && road_scan_get_active (self->scan);
}

/* A scan that could not start, or was stopped before it found anything, is not worth saving. */
static gboolean
is_worth_saving (RoadReport *report)
{
  return road_report_get_status (report) == ROAD_REPORT_FINISHED ||
         g_list_model_get_n_items (G_LIST_MODEL (report)) > 0;
}

static gboolean
is_in_recent (RoadAutosave *self)
{
  return self->file != NULL && road_recent_scans_has (self->recent, self->file);
}

static gboolean
is_worth_asking (RoadAutosave *self)
{
  RoadScanProgress progress;

  if (self->scan == NULL || self->saved || is_in_recent (self))
    return FALSE;
  if (!is_active (self) && !is_worth_saving (self->report))
    return FALSE;

  road_scan_get_progress (self->scan, &progress);

  return progress.elapsed >= MIN_SECONDS_WORTH_ASKING;
}

static void
on_response (GTask *task, int response, GtkWindow *dialog)
{
  RoadAutosave *self = g_task_get_source_object (task);

  /* GTK would use the parent once more after the callback may have closed it. */
  gtk_window_set_transient_for (dialog, NULL);
  gtk_window_destroy (dialog);

  if (response == GTK_RESPONSE_ACCEPT && is_active (self))
    {
      /* What the scan has found so far is saved before the window closes. */
      g_ptr_array_add (self->discards, task);
      road_scan_stop (self->scan);
      return;
    }

  g_task_return_int (task, response == GTK_RESPONSE_ACCEPT  ? DISCARD_ACCEPT
                           : response == GTK_RESPONSE_APPLY ? DISCARD_SAVE
                                                            : DISCARD_CANCEL);
  g_object_unref (task);
}

static void
ask (RoadAutosave *self, GTask *task)
{
  const Discard *discard = g_task_get_task_data (task);
  const gboolean active = is_active (self);
  const gboolean saves = active && road_recent_scans_get_max (self->recent) > 0;
  const char *title = active ? _ ("Stop the scan?") : _ ("Discard results?");
  const char *text = saves    ? _ ("Its results so far will be kept in the recent scans.")
                     : active ? _ ("Its results so far will be lost.")
                              : _ ("They are not saved and will be lost.");
  GtkWidget *dialog, *accept_button;

  dialog = gtk_message_dialog_new (discard->parent, GTK_DIALOG_MODAL, GTK_MESSAGE_QUESTION,
                                   GTK_BUTTONS_NONE, "%s", title);
  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", text);
  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  if (!active)
    gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Save As…"), GTK_RESPONSE_APPLY);
  accept_button =
      gtk_dialog_add_button (GTK_DIALOG (dialog), saves ? discard->stop_button : discard->button,
                             GTK_RESPONSE_ACCEPT);
  gtk_widget_add_css_class (accept_button, "destructive-action");
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);

  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_response), g_object_ref (task));
  road_narrow_dialog_fit (GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
continue_discards (RoadAutosave *self)
{
  g_autoptr (GPtrArray) discards = g_steal_pointer (&self->discards);

  self->discards = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < discards->len; i++)
    {
      GTask *task = g_ptr_array_index (discards, i);

      const Discard *discard = g_task_get_task_data (task);

      if (discard->parent != NULL && is_worth_asking (self))
        ask (self, task);
      else
        g_task_return_int (task, DISCARD_ACCEPT);
    }
}

/* The continued scan has what the file has, and more. */
static void
remove_old_file (RoadAutosave *self)
{
  GListModel *scans = G_LIST_MODEL (self->recent);
  g_autoptr (GFile) old_file = g_steal_pointer (&self->old_file);

  for (guint i = 0; old_file != NULL && i < g_list_model_get_n_items (scans); i++)
    {
      g_autoptr (RoadRecentScan) scan = g_list_model_get_item (scans, i);

      if (g_file_equal (road_recent_scan_get_file (scan), old_file))
        {
          road_recent_scans_remove_async (self->recent, scan, NULL, NULL);
          return;
        }
    }
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RoadAutosave *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file =
      road_recent_scans_keep_finish (ROAD_RECENT_SCANS (source), result, &error);

  /* Another scan may have started meanwhile, or this one may have been continued. */
  if (self->report == g_task_get_task_data (task) && is_active (self))
    g_set_object (&self->old_file, file);
  if (self->report != g_task_get_task_data (task) || !self->saving)
    return;

  self->saving = FALSE;
  g_set_object (&self->file, file);
  if (file == NULL)
    {
      g_autofree char *message =
          /* Translators: the second sentence says why */
          g_strdup_printf (_ ("The scan could not be added to the recent scans. %s"),
                           error->message);

      g_signal_emit (self, signals[FAILED], 0, message);
    }
  else
    {
      remove_old_file (self);
      g_signal_emit (self, signals[SAVED], 0);
    }

  continue_discards (self);
}

static void
on_state_changed (RoadAutosave *self)
{
  GTask *task;

  if (is_active (self))
    {
      /* A scan that was stopped is continued. */
      if (self->file != NULL)
        g_set_object (&self->old_file, self->file);
      g_clear_object (&self->file);
      self->saved = FALSE;
      self->saving = FALSE;
      return;
    }

  if (self->saving || self->file != NULL)
    return;

  if (road_recent_scans_get_max (self->recent) == 0 || !is_worth_saving (self->report))
    {
      continue_discards (self);
      return;
    }

  self->saving = TRUE;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, on_state_changed);
  g_task_set_task_data (task, g_object_ref (self->report), g_object_unref);
  road_recent_scans_keep_async (self->recent, self->report, on_saved, task);
}

static void
road_autosave_dispose (GObject *object)
{
  RoadAutosave *self = ROAD_AUTOSAVE (object);

  g_clear_object (&self->scan_signals);
  g_clear_object (&self->scan);
  g_clear_object (&self->report);
  g_clear_object (&self->file);
  g_clear_object (&self->old_file);
  g_clear_object (&self->recent);

  G_OBJECT_CLASS (road_autosave_parent_class)->dispose (object);
}

static void
road_autosave_finalize (GObject *object)
{
  g_clear_pointer (&ROAD_AUTOSAVE (object)->discards, g_ptr_array_unref);

  G_OBJECT_CLASS (road_autosave_parent_class)->finalize (object);
}

static void
road_autosave_class_init (RoadAutosaveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = road_autosave_dispose;
  object_class->finalize = road_autosave_finalize;

  /* A finished scan could not be saved. The argument is a sentence that says why. */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /* The scan is among the recent ones. */
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_autosave_init (RoadAutosave *self)
{
  self->discards = g_ptr_array_new_with_free_func (g_object_unref);
  self->scan_signals = g_signal_group_new (ROAD_TYPE_SCAN);
  g_signal_group_connect_object (self->scan_signals, "notify::state", G_CALLBACK (on_state_changed),
                                 self, G_CONNECT_SWAPPED);
}

RoadAutosave *
road_autosave_new (RoadRecentScans *recent)
{
  RoadAutosave *self;

  g_return_val_if_fail (ROAD_IS_RECENT_SCANS (recent), NULL);

  self = g_object_new (ROAD_TYPE_AUTOSAVE, NULL);
  self->recent = g_object_ref (recent);

  return self;
}

/**
 * road_autosave_set_scan:
 * @scan: (nullable): the scan that the window shows, not started yet; %NULL for an opened file, which
 *   needs no saving
 *
 * Sets the scan that is saved when it ends.
 */
void
road_autosave_set_scan (RoadAutosave *self, RoadScan *scan)
{
  RoadReport *report;

  g_return_if_fail (ROAD_IS_AUTOSAVE (self));
  g_return_if_fail (scan == NULL || ROAD_IS_SCAN (scan));

  report = scan != NULL ? road_scan_get_report (scan) : NULL;
  g_set_object (&self->scan, scan);
  g_set_object (&self->report, report);
  g_clear_object (&self->file);
  g_clear_object (&self->old_file);
  self->saved = FALSE;
  self->saving = FALSE;
  g_signal_group_set_target (self->scan_signals, scan);
}

/* The user has saved the results to a file. */
void
road_autosave_set_saved (RoadAutosave *self)
{
  g_return_if_fail (ROAD_IS_AUTOSAVE (self));

  self->saved = TRUE;
}

/* The results have changed after the scan had ended. */
void
road_autosave_save_again (RoadAutosave *self)
{
  g_return_if_fail (ROAD_IS_AUTOSAVE (self));

  if (self->scan == NULL)
    return;

  if (self->file != NULL)
    g_set_object (&self->old_file, self->file);
  g_clear_object (&self->file);
  self->saved = FALSE;
  on_state_changed (self);
}

/* Saves a scan that could not be saved among the recent scans, if there is one. */
void
road_autosave_try_again (RoadAutosave *self)
{
  g_return_if_fail (ROAD_IS_AUTOSAVE (self));

  if (self->scan != NULL && !is_active (self))
    on_state_changed (self);
}

/* Returns: whether road_autosave_discard_async() would ask or wait */
gboolean
road_autosave_would_lose (RoadAutosave *self)
{
  g_return_val_if_fail (ROAD_IS_AUTOSAVE (self), FALSE);

  return is_active (self) || self->saving || is_worth_asking (self);
}

/**
 * road_autosave_discard_async:
 * @button: label, with a mnemonic, of the button that accepts the loss
 * @stop_button: the same for a running scan, of which what was found so far is kept
 *
 * To be called before the window's results are discarded. Asks the user if that would lose something.
 * A running scan is stopped and saved first if the user agrees.
 */
void
road_autosave_discard_async (RoadAutosave *self,
                             GtkWindow *parent,
                             const char *button,
                             const char *stop_button,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Discard *discard;

  g_return_if_fail (ROAD_IS_AUTOSAVE (self));
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (button != NULL);
  g_return_if_fail (stop_button != NULL);

  discard = g_new0 (Discard, 1);
  discard->parent = g_object_ref (parent);
  discard->button = g_strdup (button);
  discard->stop_button = g_strdup (stop_button);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, road_autosave_discard_async);
  g_task_set_task_data (task, discard, discard_free);

  g_ptr_array_add (self->discards, g_object_ref (task));
  if (self->saving)
    return; /* on_saved() continues */

  if (is_active (self) && !is_worth_asking (self))
    road_scan_stop (self->scan);
  else
    continue_discards (self);
}

/* To be called when the program has to end at once, as at the end of a session: the user is not asked. A running
 * scan is stopped and saved. @callback calls road_autosave_discard_finish(). */
void
road_autosave_end_async (RoadAutosave *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (ROAD_IS_AUTOSAVE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, road_autosave_discard_async);
  g_task_set_task_data (task, g_new0 (Discard, 1), discard_free);
  g_ptr_array_add (self->discards, task);
  if (self->saving)
    return; /* on_saved() continues */

  if (is_active (self))
    road_scan_stop (self->scan);
  else
    continue_discards (self);
}

/* Returns: whether the results may go. Asks where to save them if the user wants that first. */
gboolean
road_autosave_discard_finish (RoadAutosave *self, GAsyncResult *result)
{
  const Discard *discard;
  Answer answer;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, road_autosave_discard_async), FALSE);

  discard = g_task_get_task_data (G_TASK (result));
  answer = (Answer) g_task_propagate_int (G_TASK (result), NULL);
  if (answer == DISCARD_SAVE)
    gtk_widget_activate_action (GTK_WIDGET (discard->parent), "win.save-as", NULL);

  return answer == DISCARD_ACCEPT;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-recent-scans-private.h"

#include "formats/road-format.h"

/* Saving and removing scans: the files change in a thread, then the folder is read again. */

typedef struct
{
  RoadReport *report;
  GFile *file;
} Keep;

typedef struct
{
  GPtrArray *scans;
  gboolean (*func) (RoadRecentScan *scan, GCancellable *cancellable, GError **error);
} Change;

static void
keep_free (gpointer data)
{
  Keep *keep = data;

  g_clear_object (&keep->report);
  g_clear_object (&keep->file);
  g_free (keep);
}

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->scans, g_ptr_array_unref);
  g_free (change);
}

/* When the last window is closed, the program goes on until the files are written. */
static GTask *
new_task (RoadRecentScans *self, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GApplication *application = g_application_get_default ();

  g_task_set_source_tag (task, tag);
  if (application != NULL)
    {
      g_application_hold (application);
      g_signal_connect_object (task, "notify::completed", G_CALLBACK (g_application_release),
                               application, G_CONNECT_SWAPPED);
    }

  return task;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (road_format_save_finish (result, &error))
    road_recent_scans_load (g_task_get_source_object (task), task);
  else
    g_task_return_error (task, error);
}

static void
on_folder_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Keep *keep = g_task_get_task_data (task);

  road_format_save_async (ROAD_FORMAT_JSON, keep->report, ROAD_FORMAT_FLAGS_NONE, keep->file, NULL,
                          on_saved, g_object_ref (task));
}

static GFile *
name_file (RoadRecentScans *self)
{
  g_autofree char *name = road_recent_scan_make_name (road_recent_scans_count_arrival (self));

  return g_file_get_child (road_watched_folder_get_file (road_recent_scans_get_folder (self)),
                           name);
}

/**
 * road_recent_scans_keep_async:
 * @report: the report of a scan that has ended
 * @callback: called when the file is written and in the list, or on error
 *
 * Saves a scan, and deletes the oldest scans if there are too many.
 */
void
road_recent_scans_keep_async (RoadRecentScans *self,
                              RoadReport *report,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;
  Keep *keep;

  g_return_if_fail (ROAD_IS_RECENT_SCANS (self));
  g_return_if_fail (ROAD_IS_REPORT (report));

  keep = g_new0 (Keep, 1);
  keep->report = g_object_ref (report);
  keep->file = name_file (self);

  task = new_task (self, road_recent_scans_keep_async, callback, user_data);
  g_task_set_task_data (task, keep, keep_free);
  road_watched_folder_make_async (road_recent_scans_get_folder (self), on_folder_made, task);
}

/* Returns: (transfer full) (nullable): the file that it was saved to */
GFile *
road_recent_scans_keep_finish (RoadRecentScans *self, GAsyncResult *result, GError **error)
{
  Keep *keep;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, road_recent_scans_keep_async), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  keep = g_task_get_task_data (G_TASK (result));

  return g_object_ref (keep->file);
}

static void
change_thread (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  Change *change = data;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < change->scans->len; i++)
    change->func (g_ptr_array_index (change->scans, i), cancellable, error == NULL ? &error : NULL);

  if (error != NULL)
    g_task_return_error (step, g_steal_pointer (&error));
  else
    g_task_return_boolean (step, TRUE);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RoadRecentScans *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      road_recent_scans_load (self, task);
      return;
    }

  road_recent_scans_load (self, NULL);
  g_task_return_error (task, error);
}

static void
change_async (GTask *task,
              GPtrArray *scans,
              gboolean (*func) (RoadRecentScan *, GCancellable *, GError **))
{
  Change *change = g_new0 (Change, 1);
  g_autoptr (GTask) step = g_task_new (NULL, NULL, on_changed, task);

  change->scans = scans;
  change->func = func;
  g_task_set_source_tag (step, change_async);
  g_task_set_task_data (step, change, change_free);
  g_task_run_in_thread (step, change_thread);
}

static GPtrArray *
list_one (RoadRecentScan *scan)
{
  GPtrArray *scans = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (scans, g_object_ref (scan));

  return scans;
}

/* Removes a scan. It can be restored as long as @scan exists; after that nothing is left of it. */
void
road_recent_scans_remove_async (RoadRecentScans *self,
                                RoadRecentScan *scan,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (ROAD_IS_RECENT_SCANS (self));
  g_return_if_fail (ROAD_IS_RECENT_SCAN (scan));

  change_async (new_task (self, change_async, callback, user_data), list_one (scan),
                road_recent_scan_remove);
}

void
road_recent_scans_restore_async (RoadRecentScans *self,
                                 RoadRecentScan *scan,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (ROAD_IS_RECENT_SCANS (self));
  g_return_if_fail (ROAD_IS_RECENT_SCAN (scan));

  change_async (new_task (self, change_async, callback, user_data), list_one (scan),
                road_recent_scan_restore);
}

/* Removes all scans for good, including those that cannot be read. */
void
road_recent_scans_clear_async (RoadRecentScans *self,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GPtrArray *scans;

  g_return_if_fail (ROAD_IS_RECENT_SCANS (self));

  scans = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    g_ptr_array_add (scans, g_list_model_get_item (G_LIST_MODEL (self), i));
  change_async (new_task (self, change_async, callback, user_data), scans, road_recent_scan_delete);
}

/* Ends removing, restoring or clearing.
 * Returns: %FALSE if not all of it could be done */
gboolean
road_recent_scans_change_finish (RoadRecentScans *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, change_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-recent-folder.h"

#include <glib/gstdio.h>

#include "formats/road-format.h"

/* A file that road-output was writing when the program was killed; in a day it is no longer being
 * written by another instance. */
#define LEFTOVER_PREFIX ".roadstead-"
#define LEFTOVER_SECONDS (24 * 60 * 60)

typedef struct
{
  GFile *folder;
  guint max;
  GPtrArray *known; /* what was read before */
  gboolean watch;

  GPtrArray *scans;
  GFileMonitor *monitor;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_object (&self->folder);
  g_clear_pointer (&self->known, g_ptr_array_unref);
  g_clear_pointer (&self->scans, g_ptr_array_unref);
  g_clear_object (&self->monitor);
  g_free (self);
}

static int
compare_scans (gconstpointer a, gconstpointer b)
{
  return road_recent_scan_compare (*(RoadRecentScan *const *) a, *(RoadRecentScan *const *) b);
}

static void
make (GFile *folder)
{
  g_autofree char *path = g_file_get_path (folder);

  /* Who was scanned is nobody else's business. What fails here is said by who writes there. */
  g_mkdir_with_parents (path, 0700);
}

static void
remove_leftover (GFile *file, GFileInfo *info, GCancellable *cancellable)
{
  const gint64 modified =
      (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED);

  if (g_str_has_prefix (g_file_info_get_name (info), LEFTOVER_PREFIX) &&
      modified < g_get_real_time () / G_USEC_PER_SEC - LEFTOVER_SECONDS)
    g_file_delete (file, cancellable, NULL);
}

/* What was read of the file before if that still holds, else what is read of it now. */
static RoadRecentScan *
read_scan (Reading *self, GFile *file, GFileInfo *info, GCancellable *cancellable)
{
  for (guint i = 0; i < self->known->len; i++)
    {
      RoadRecentScan *scan = g_ptr_array_index (self->known, i);

      if (g_file_equal (road_recent_scan_get_file (scan), file) &&
          road_recent_scan_is_read_from (scan, info))
        return g_object_ref (scan);
    }

  return road_recent_scan_read (file, info, cancellable);
}

static void
read_scans (Reading *self, GCancellable *cancellable)
{
  g_autoptr (GFileEnumerator) files =
      g_file_enumerate_children (self->folder, ROAD_RECENT_SCAN_ATTRIBUTES,
                                 G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, NULL);
  GFileInfo *info;
  GFile *file;

  while (files != NULL && g_file_enumerator_iterate (files, &info, &file, cancellable, NULL) &&
         info != NULL)
    {
      const char *name = g_file_info_get_name (info);
      g_autoptr (RoadRecentScan) scan = NULL;

      if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
        continue;
      if (name[0] == '.')
        remove_leftover (file, info, cancellable);
      else if (g_str_has_suffix (name, road_format_get_suffix (ROAD_FORMAT_JSON)))
        scan = read_scan (self, file, info, cancellable);

      if (scan != NULL)
        g_ptr_array_add (self->scans, g_steal_pointer (&scan));
    }
}

/* The oldest go. What cannot be read is not ours to remove: it may be from a newer version. */
static void
remove_surplus (Reading *self, GCancellable *cancellable)
{
  guint n_kept = 0;

  for (guint i = 0; i < self->scans->len;)
    {
      RoadRecentScan *scan = g_ptr_array_index (self->scans, i);

      if (road_recent_scan_get_digest (scan) == NULL || n_kept++ < self->max ||
          !g_file_delete (road_recent_scan_get_file (scan), cancellable, NULL))
        i++;
      else
        g_ptr_array_remove_index (self->scans, i);
    }
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reading *self = data;

  if (self->max > 0)
    make (self->folder);

  /* First, so that no change after the reading is missed. Its signals come to the main context. */
  if (self->watch)
    self->monitor = g_file_monitor_directory (self->folder, G_FILE_MONITOR_NONE, cancellable, NULL);

  read_scans (self, cancellable);
  g_ptr_array_sort (self->scans, compare_scans);
  remove_surplus (self, cancellable);
  g_task_return_boolean (task, TRUE);
}

static void
make_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  make (data);
  g_task_return_boolean (task, TRUE);
}

/**
 * road_recent_folder_make_async:
 * @folder: a folder
 * @callback: called when it is there, or cannot be: who writes there will say why
 * @user_data: for @callback
 *
 * Makes a folder that only its owner can look into, unless it is there.
 */
void
road_recent_folder_make_async (GFile *folder, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (folder));

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, road_recent_folder_make_async);
  g_task_set_task_data (task, g_object_ref (folder), g_object_unref);
  g_task_run_in_thread (task, make_thread);
}

/**
 * road_recent_folder_read_async:
 * @folder: a folder
 * @max: how many scans are kept; the oldest beyond that are deleted
 * @known: (element-type RoadRecentScan): what was read before, and is read again only if it changed
 * @watch: whether to begin to watch the folder, too
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Reads which scans there are. A folder that is not there has none.
 */
void
road_recent_folder_read_async (GFile *folder,
                               guint max,
                               GPtrArray *known,
                               gboolean watch,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Reading *self;

  g_return_if_fail (G_IS_FILE (folder));
  g_return_if_fail (known != NULL);

  self = g_new0 (Reading, 1);
  self->folder = g_object_ref (folder);
  self->max = max;
  self->known = g_ptr_array_copy (known, (GCopyFunc) g_object_ref, NULL);
  self->watch = watch;
  self->scans = g_ptr_array_new_with_free_func (g_object_unref);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, road_recent_folder_read_async);
  g_task_set_task_data (task, self, reading_free);
  g_task_run_in_thread (task, read_thread);
}

/**
 * road_recent_folder_read_finish:
 * @result: what the callback was given
 * @monitor: (out) (transfer full) (nullable): what watches the folder from now on
 *
 * Returns: (transfer full) (element-type RoadRecentScan): the scans, the latest first
 */
GPtrArray *
road_recent_folder_read_finish (GAsyncResult *result, GFileMonitor **monitor)
{
  Reading *self;

  g_return_val_if_fail (g_async_result_is_tagged (result, road_recent_folder_read_async), NULL);
  g_return_val_if_fail (monitor != NULL, NULL);

  self = g_task_get_task_data (G_TASK (result));
  *monitor = g_steal_pointer (&self->monitor);

  return g_steal_pointer (&self->scans);
}

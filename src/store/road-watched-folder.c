/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-watched-folder.h"

#include <glib/gstdio.h>

/* Changes come in bursts: an editor that saves a file makes several. In ms. */
#define READ_DELAY 100

struct _RoadWatchedFolder
{
  GObject parent_instance;

  GFile *file;
  const RoadFolderReader *reader;
  GObject *owner; /* not owned; a reading keeps it alive */

  RoadFolderFlags flags;
  GFileMonitor *monitor;
  guint delay_source;
  gboolean reading;
  gboolean read_again;
  GPtrArray *served;  /* tasks that this reading completes */
  GPtrArray *waiting; /* tasks that the next reading completes */
};

/* One reading, in a thread. */
typedef struct
{
  GObject *owner;
  RoadFolderFlags flags;
  gpointer state;
  GFileMonitor *monitor;
} Reading;

G_DEFINE_FINAL_TYPE (RoadWatchedFolder, road_watched_folder, G_TYPE_OBJECT)

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_object (&reading->owner);
  g_clear_object (&reading->monitor);
  g_free (reading);
}

static void
make (GFile *folder)
{
  g_autofree char *path = g_file_get_path (folder);

  /* An error is reported when a file is written there. */
  g_mkdir_with_parents (path, 0700);
}

static gboolean
read_files (RoadWatchedFolder *self, gpointer state, GError **error)
{
  g_autoptr (GFileEnumerator) files = NULL;
  g_autoptr (GError) local_error = NULL;
  GFileInfo *info;
  GFile *file;

  files = g_file_enumerate_children (self->file, self->reader->attributes, self->reader->flags,
                                     NULL, &local_error);
  if (files == NULL && !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  while (files != NULL)
    {
      if (!g_file_enumerator_iterate (files, &info, &file, NULL, error))
        return FALSE;
      if (info == NULL)
        break;
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
        self->reader->read_file (state, file, info);
    }

  if (self->reader->finish != NULL)
    self->reader->finish (state);

  return TRUE;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  RoadWatchedFolder *self = source;
  Reading *reading = data;
  GError *error = NULL;

  if (reading->flags & ROAD_FOLDER_MAKE)
    make (self->file);

  /* Before the files are read, so that no change is missed. The signals go to the main context. */
  if (reading->flags & ROAD_FOLDER_WATCH)
    reading->monitor = g_file_monitor_directory (self->file, G_FILE_MONITOR_NONE, NULL, NULL);

  if (read_files (self, reading->state, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
on_delay_over (gpointer user_data)
{
  RoadWatchedFolder *self = user_data;

  self->delay_source = 0;
  road_watched_folder_read (self, self->flags, NULL);

  return G_SOURCE_REMOVE;
}

/* Hidden files are ones that are still being written. */
static void
on_changed (RoadWatchedFolder *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  if (name[0] != '.' && self->delay_source == 0)
    self->delay_source = g_timeout_add (READ_DELAY, on_delay_over, self);
}

static void start (RoadWatchedFolder *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RoadWatchedFolder *self = ROAD_WATCHED_FOLDER (source);
  Reading *reading = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) served = g_steal_pointer (&self->served);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    self->reader->take (self->owner, reading->state);
  else
    g_debug ("%s", error->message);
  g_clear_pointer (&reading->state, self->reader->free);

  if (reading->monitor != NULL && g_set_object (&self->monitor, reading->monitor))
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_changed), self,
                             G_CONNECT_SWAPPED);

  self->reading = FALSE;
  if (self->read_again)
    start (self);
  else if (self->reader->done != NULL)
    self->reader->done (self->owner);

  for (guint i = 0; i < served->len; i++)
    g_task_return_boolean (g_ptr_array_index (served, i), TRUE);
}

static void
start (RoadWatchedFolder *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_read, NULL);
  Reading *reading = g_new0 (Reading, 1);

  reading->owner = g_object_ref (self->owner);
  reading->flags = self->monitor == NULL ? self->flags : self->flags & ~ROAD_FOLDER_WATCH;
  reading->state = self->reader->prepare (self->owner);

  self->reading = TRUE;
  self->read_again = FALSE;
  self->served = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);

  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_thread);
}

static void
make_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  make (ROAD_WATCHED_FOLDER (source)->file);
  g_task_return_boolean (task, TRUE);
}

static void
road_watched_folder_dispose (GObject *object)
{
  RoadWatchedFolder *self = ROAD_WATCHED_FOLDER (object);

  g_clear_handle_id (&self->delay_source, g_source_remove);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (road_watched_folder_parent_class)->dispose (object);
}

static void
road_watched_folder_finalize (GObject *object)
{
  RoadWatchedFolder *self = ROAD_WATCHED_FOLDER (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (road_watched_folder_parent_class)->finalize (object);
}

static void
road_watched_folder_class_init (RoadWatchedFolderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = road_watched_folder_dispose;
  object_class->finalize = road_watched_folder_finalize;
}

static void
road_watched_folder_init (RoadWatchedFolder *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * road_watched_folder_new:
 * @file: a folder of this computer, which need not exist
 * @reader: (transfer none): how to read its files; must outlive the folder
 * @owner: (transfer none): given to @reader's functions; owns the new folder
 *
 * Returns: (transfer full): the folder, not read yet
 */
RoadWatchedFolder *
road_watched_folder_new (GFile *file, const RoadFolderReader *reader, GObject *owner)
{
  RoadWatchedFolder *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (reader != NULL, NULL);
  g_return_val_if_fail (G_IS_OBJECT (owner), NULL);

  self = g_object_new (ROAD_TYPE_WATCHED_FOLDER, NULL);
  self->file = g_object_ref (file);
  self->reader = reader;
  self->owner = owner;

  return self;
}

GFile *
road_watched_folder_get_file (RoadWatchedFolder *self)
{
  g_return_val_if_fail (ROAD_IS_WATCHED_FOLDER (self), NULL);

  return self->file;
}

gboolean
road_watched_folder_is_reading (RoadWatchedFolder *self)
{
  g_return_val_if_fail (ROAD_IS_WATCHED_FOLDER (self), FALSE);

  return self->reading;
}

/**
 * road_watched_folder_read:
 * @flags: for this reading and those that follow changes
 * @task: (nullable) (transfer none): returns %TRUE when the owner has taken what was found in a reading that
 *   began after this call
 *
 * Reads the folder in a thread. If it is being read, it is read once more after that.
 */
void
road_watched_folder_read (RoadWatchedFolder *self, RoadFolderFlags flags, GTask *task)
{
  g_return_if_fail (ROAD_IS_WATCHED_FOLDER (self));

  self->flags = flags;
  if (task != NULL)
    g_ptr_array_add (self->waiting, g_object_ref (task));

  if (self->reading)
    self->read_again = TRUE;
  else
    start (self);
}

/**
 * road_watched_folder_read_sync:
 * @error: (nullable): a #GIOErrorEnum
 *
 * Reads the folder once. Blocks.
 *
 * Returns: %FALSE on error; the owner has taken nothing then
 */
gboolean
road_watched_folder_read_sync (RoadWatchedFolder *self, GError **error)
{
  gpointer state;
  gboolean success;

  g_return_val_if_fail (ROAD_IS_WATCHED_FOLDER (self), FALSE);

  state = self->reader->prepare (self->owner);
  success = read_files (self, state, error);
  if (success)
    self->reader->take (self->owner, state);
  self->reader->free (state);

  return success;
}

/**
 * road_watched_folder_make_async:
 * @callback: called when it exists or cannot be created; writing a file there reports the error
 *
 * Creates the folder if it is missing, readable only by its owner.
 */
void
road_watched_folder_make_async (RoadWatchedFolder *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ROAD_IS_WATCHED_FOLDER (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, road_watched_folder_make_async);
  g_task_run_in_thread (task, make_thread);
}

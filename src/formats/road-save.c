/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-save.h"

#include "road-output.h"

/* Saving without blocking the main loop. The source belongs to the main thread, so the text is made there in
 * an idle source, a few pieces at a time. All disk access is done in threads:
 *
 *     open (thread) -> [ fill (idle) -> write (thread) ]... -> commit or discard (thread) -> callback
 *
 * The idle source has the same low priority as the one that starts a scan's probes, so that they take
 * turns. */
#define FILL_PRIORITY G_PRIORITY_DEFAULT_IDLE

#define CHUNK_SIZE (64 * 1024)

/* A frame takes 16 ms on most displays; this is our share of it. */
#define MAX_FILL_USEC 4000

typedef struct
{
  GFile *file;
  RoadPieceFunc next;
  gpointer source;
  GDestroyNotify free_source;
  RoadOutput *output;
  GString *chunk;
  gboolean more;
  GError *error; /* why the file is discarded */
} Save;

static void
save_free (gpointer data)
{
  Save *self = data;

  g_clear_object (&self->file);
  self->free_source (self->source);
  g_clear_pointer (&self->output, road_output_free);
  g_string_free (self->chunk, TRUE);
  g_clear_error (&self->error);
  g_free (self);
}

static void
finish_thread (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  Save *self = data;

  if (self->error == NULL)
    road_output_commit (self->output, cancellable, &self->error);
  g_clear_pointer (&self->output, road_output_free);
  g_task_return_boolean (step, TRUE);
}

static void
finish_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *self = g_task_get_task_data (task);

  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (task, TRUE);
}

/* Each step in a thread is a task of its own that is always awaited, even when cancelled, so that the state
 * is never used by two threads at once. */
static void
run_step (GTask *task, GTaskThreadFunc func, GAsyncReadyCallback done)
{
  g_autoptr (GTask) step =
      g_task_new (NULL, g_task_get_cancellable (task), done, g_object_ref (task));

  g_task_set_source_tag (step, run_step);
  g_task_set_check_cancellable (step, FALSE);
  g_task_set_task_data (step, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (step, func);
}

static void start_fill (GTask *task);

static void
write_thread (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  Save *self = data;

  road_output_write (self->output, self->chunk->str, self->chunk->len, cancellable, &self->error);
  g_task_return_boolean (step, TRUE);
}

static void
write_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *self = g_task_get_task_data (task);

  g_string_truncate (self->chunk, 0);

  if (self->error == NULL && self->more)
    start_fill (task);
  else
    run_step (task, finish_thread, finish_done);
}

static gboolean
fill (gpointer user_data)
{
  GTask *task = user_data;
  Save *self = g_task_get_task_data (task);
  const gint64 end = g_get_monotonic_time () + MAX_FILL_USEC;

  do
    self->more = self->next (self->source, self->chunk);
  while (self->more && self->chunk->len < CHUNK_SIZE && g_get_monotonic_time () < end);

  if (self->more && self->chunk->len < CHUNK_SIZE)
    return G_SOURCE_CONTINUE;

  run_step (task, write_thread, write_done);
  return G_SOURCE_REMOVE;
}

static void
start_fill (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, FILL_PRIORITY);
  g_source_set_callback (source, fill, g_object_ref (task), g_object_unref);
  g_source_set_static_name (source, "[roadstead] fill");
  g_source_attach (source, g_task_get_context (task));
}

static void
open_thread (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  Save *self = data;

  self->output = road_output_open (self->file, cancellable, &self->error);
  g_task_return_boolean (step, TRUE);
}

static void
open_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *self = g_task_get_task_data (task);

  if (self->output != NULL)
    start_fill (task);
  else
    g_task_return_error (task, g_steal_pointer (&self->error));
}

/* Where pieces go: to a file, or to a stream if that is %NULL. */
typedef struct
{
  RoadOutput *output;
  GOutputStream *stream;
} Sink;

static gboolean
write_chunk (const Sink *sink, const GString *chunk, GCancellable *cancellable, GError **error)
{
  if (sink->output != NULL)
    return road_output_write (sink->output, chunk->str, chunk->len, cancellable, error);

  return g_output_stream_write_all (sink->stream, chunk->str, chunk->len, NULL, cancellable, error);
}

static gboolean
write_pieces (RoadPieceFunc next,
              gpointer source,
              const Sink *sink,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GString) chunk = g_string_new (NULL);
  gboolean more;

  do
    {
      more = next (source, chunk);
      if (chunk->len >= CHUNK_SIZE || !more)
        {
          if (!write_chunk (sink, chunk, cancellable, error))
            return FALSE;
          g_string_truncate (chunk, 0);
        }
    }
  while (more);

  return TRUE;
}

/**
 * road_save_to_stream:
 * @next: returns the pieces
 * @source: the argument of @next
 * @error: (nullable): an error of @stream
 *
 * Writes pieces to @stream without closing it. Blocks.
 *
 * Returns: %FALSE on error
 */
gboolean
road_save_to_stream (RoadPieceFunc next,
                     gpointer source,
                     GOutputStream *stream,
                     GCancellable *cancellable,
                     GError **error)
{
  const Sink sink = { NULL, stream };

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  return write_pieces (next, source, &sink, cancellable, error);
}

/**
 * road_save:
 * @next: returns the pieces
 * @source: the argument of @next
 * @error: (nullable): a #GIOErrorEnum, a sentence that names the file
 *
 * Writes a file, replacing an existing one in one step when everything is written; on error that one is
 * unchanged. Devices and pipes are written to directly. Blocks.
 *
 * Returns: %FALSE on error
 */
gboolean
road_save (
    RoadPieceFunc next, gpointer source, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoadOutput) output = NULL;
  Sink sink = { NULL };

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  sink.output = output = road_output_open (file, cancellable, error);

  return output != NULL && write_pieces (next, source, &sink, cancellable, error) &&
         road_output_commit (output, cancellable, error);
}

/**
 * road_save_async:
 * @next: returns the pieces; called in the main thread
 * @source: (transfer full): the argument of @next
 * @free_source: frees @source
 *
 * Like road_save(), without blocking.
 */
void
road_save_async (RoadPieceFunc next,
                 gpointer source,
                 GDestroyNotify free_source,
                 GFile *file,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Save *self;

  g_return_if_fail (G_IS_FILE (file));

  self = g_new0 (Save, 1);
  self->file = g_object_ref (file);
  self->next = next;
  self->source = source;
  self->free_source = free_source;
  self->chunk = g_string_new (NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, road_save_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, save_free);
  run_step (task, open_thread, open_done);
}

gboolean
road_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, road_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-format.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/base/road-error.h"
#include "formats/json/road-json-reader.h"
#include "formats/xml/road-xml-reader.h"
#include "road-descriptor-stream.h"

/* Opening a file: a thread feeds it piece by piece to the reader for its first bytes. The progress is a
 * number that the main loop polls. */

#define CHUNK_SIZE (64 * 1024)

#define PROGRESS_INTERVAL_MS 100

/* The progress is a number of these steps, or PROGRESS_UNKNOWN. */
#define N_PROGRESS_STEPS 10000
#define PROGRESS_UNKNOWN (-1)

/* The first bytes of other kinds of file. */
static const struct
{
  const char *start;
  const char *message;
} others[] = {
  { "\x1f\x8b", N_ ("The file is compressed: unpack it first, with gunzip") },
  { "BZh", N_ ("The file is compressed: unpack it first, with bunzip2") },
  { "\xfd"
    "7zXZ",
    N_ ("The file is compressed: unpack it first, with unxz") },
  { "\x28\xb5\x2f\xfd", N_ ("The file is compressed: unpack it first, with unzstd") },
  { "PK\x03\x04", N_ ("The file is compressed: unpack it first, with unzip") },
  { "\xff\xfe", N_ ("The file is damaged: its text is not valid UTF-8") },
  { "\xfe\xff", N_ ("The file is damaged: its text is not valid UTF-8") },
  { "<!DOCTYPE html", N_ ("The file is a web page: only JSON and XML (nmap -oX) can be opened") },
  { "# Nmap ", N_ ("The file is a text report: only JSON and XML (nmap -oX) can be opened") },
  { "Starting ", N_ ("The file is a text report: only JSON and XML (nmap -oX) can be opened") },
};

static const RoadReportReaderClass *
fail (GError **error, const char *message)
{
  g_propagate_error (error, road_error_new_at (ROAD_ERROR_FORMAT, 1, 0, "%s", message));
  return NULL;
}

/* Chooses the reader by the first piece of the file. */
static const RoadReportReaderClass *
get_class (const char *data, gsize length, GError **error)
{
  const char *text = data;

  if (length == 0)
    return fail (error, _ ("The file is empty"));

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (length >= strlen (others[i].start) &&
          memcmp (data, others[i].start, strlen (others[i].start)) == 0)
        return fail (error, _ (others[i].message));
    }

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    text += 3;
  while (text < data + length && g_ascii_isspace (*text))
    text++;

  if (text < data + length && *text == '<')
    return &road_xml_reader;
  if (text < data + length && *text != '{' && *text != '[' && !g_ascii_isspace (*text))
    return fail (error, _ ("The file is not a report: it is neither JSON nor XML"));

  return &road_json_reader;
}

static RoadReport *
read_stream (
    GInputStream *stream, goffset size, int *progress, GCancellable *cancellable, GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK_SIZE);
  const RoadReportReaderClass *klass = NULL;
  RoadReport *report = NULL;
  gpointer reader = NULL;
  goffset n_read = 0;
  gsize length;

  do
    {
      if (!g_input_stream_read_all (stream, chunk, CHUNK_SIZE, &length, cancellable, error))
        goto out;
      if (reader == NULL)
        {
          klass = get_class (chunk, length, error);
          if (klass == NULL)
            return NULL;
          reader = klass->begin ();
        }
      if (!klass->feed (reader, chunk, length, error))
        goto out;

      n_read += (goffset) length;
      if (size > 0)
        g_atomic_int_set (progress,
                          (int) (MIN ((double) n_read / (double) size, 1.0) * N_PROGRESS_STEPS));
    }
  while (length == CHUNK_SIZE);

  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    report = klass->end (reader, error);

out:
  if (reader != NULL)
    klass->free (reader);

  return report;
}

/**
 * road_format_read:
 * @stream: a report in JSON, or in XML as nmap and masscan write it
 * @error: (nullable): %ROAD_ERROR_FORMAT or %ROAD_ERROR_VERSION, with the line if there is one, or an error
 *   of @stream
 *
 * Reads a report piece by piece; the file is never in memory as a whole. The first bytes tell the format.
 * Blocks.
 *
 * Returns: (transfer full) (nullable): the report
 */
RoadReport *
road_format_read (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  int progress = PROGRESS_UNKNOWN;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  return read_stream (stream, 0, &progress, cancellable, error);
}

typedef struct
{
  GFile *file;
  int progress; /* atomic */
  RoadFormatProgressFunc func;
  gpointer user_data;
  GSource *source; /* in the main loop */
} Open;

static void
stop_progress (Open *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static void
open_free (gpointer data)
{
  Open *self = data;

  stop_progress (self);
  g_clear_object (&self->file);
  g_free (self);
}

/* To open a pipe would block for ever, and could not be cancelled, until somebody writes to it. */
static GInputStream *
open_stream (GFile *file, GCancellable *cancellable, GError **error)
{
  const char *path = g_file_peek_path (file);
  struct stat status;
  int fd;

  if (path == NULL || stat (path, &status) != 0 || !S_ISFIFO (status.st_mode))
    return G_INPUT_STREAM (g_file_read (file, cancellable, error));

  fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
  if (fd < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
                           g_strerror (errno));
      return NULL;
    }

  return road_descriptor_input_new (fd);
}

static goffset
get_size (GInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GFileInfo) info = NULL;

  if (!G_IS_FILE_INPUT_STREAM (stream))
    return 0;

  info = g_file_input_stream_query_info (G_FILE_INPUT_STREAM (stream),
                                         G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, NULL);

  return info != NULL ? g_file_info_get_size (info) : 0;
}

/**
 * road_format_open:
 * @file: a report in JSON, or in XML as nmap and masscan write it
 * @error: (nullable): as for road_format_read()
 *
 * Reads a saved report. Blocks; needs no thread, which the system may refuse.
 *
 * Returns: (transfer full) (nullable): the report
 */
RoadReport *
road_format_open (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  stream = open_stream (file, cancellable, error);

  return stream != NULL ? road_format_read (stream, cancellable, error) : NULL;
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Open *self = data;
  GError *error = NULL;
  g_autoptr (GInputStream) stream = open_stream (self->file, cancellable, &error);
  RoadReport *report = NULL;

  if (stream != NULL)
    report =
        read_stream (stream, get_size (stream, cancellable), &self->progress, cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, g_object_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
on_progress (gpointer user_data)
{
  Open *self = user_data;
  const int progress = g_atomic_int_get (&self->progress);

  self->func (progress == PROGRESS_UNKNOWN ? -1 : progress / (double) N_PROGRESS_STEPS,
              self->user_data);

  return G_SOURCE_CONTINUE;
}

/**
 * road_format_open_async:
 * @file: a report in JSON, or in XML as nmap and masscan write it
 * @progress: (nullable): called until road_format_open_finish()
 *
 * Reads a saved report in a thread. The content of the file tells the format.
 */
void
road_format_open_async (GFile *file,
                        GCancellable *cancellable,
                        RoadFormatProgressFunc progress,
                        gpointer progress_data,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Open *self;

  g_return_if_fail (G_IS_FILE (file));

  self = g_new0 (Open, 1);
  self->file = g_object_ref (file);
  self->progress = PROGRESS_UNKNOWN;
  self->func = progress;
  self->user_data = progress_data;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, road_format_open_async);
  g_task_set_task_data (task, self, open_free);
  if (progress != NULL)
    {
      self->source = g_timeout_source_new (PROGRESS_INTERVAL_MS);
      g_source_set_callback (self->source, on_progress, self, NULL);
      g_source_attach (self->source, g_main_context_get_thread_default ());
    }
  g_task_run_in_thread (task, open_thread);
}

/**
 * road_format_open_finish:
 * @error: (nullable): as for road_format_read()
 *
 * Returns: (transfer full) (nullable): the report
 */
RoadReport *
road_format_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, road_format_open_async), NULL);

  stop_progress (g_task_get_task_data (G_TASK (result)));

  return g_task_propagate_pointer (G_TASK (result), error);
}

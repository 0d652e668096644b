/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-recent-scan.h"

#include <stdio.h>

#include "formats/road-format.h"
#include "formats/road-output.h"

#define CHUNK_SIZE (64 * 1024)

struct _RoadRecentScan
{
  GObject parent_instance;

  GFile *file;
  goffset size;
  gint64 modified; /* µs */
  guint arrival;

  GDateTime *time;
  RoadDigest *digest;
  char *problem; /* why it could not be read */

  GFileInputStream *content; /* of a removed file */
};

G_DEFINE_FINAL_TYPE (RoadRecentScan, road_recent_scan, G_TYPE_OBJECT)

static gint64
get_modified (GFileInfo *info)
{
  return (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) *
             G_USEC_PER_SEC +
         g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);
}

/* The end of the scan counts, so that a scan that took a week is not deleted first. */
static GDateTime *
find_time (RoadRecentScan *self)
{
  g_autoptr (GDateTime) modified = NULL;

  if (self->digest != NULL && self->digest->finished != NULL)
    return g_date_time_to_local (self->digest->finished);
  if (self->digest != NULL && self->digest->started != NULL)
    return g_date_time_to_local (self->digest->started);

  modified = g_date_time_new_from_unix_local (self->modified / G_USEC_PER_SEC);

  return modified != NULL ? g_steal_pointer (&modified) : g_date_time_new_from_unix_local (0);
}

/* The file's name says in which order scans were kept: their times do not, if the clock was wrong once. */
static guint
find_arrival (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  guint arrival, number;

  return sscanf (name, "%*[0-9T-]Z-%9u-%8x", &arrival, &number) == 2 ? arrival : 0;
}

static void
road_recent_scan_finalize (GObject *object)
{
  RoadRecentScan *self = ROAD_RECENT_SCAN (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->time, g_date_time_unref);
  g_clear_pointer (&self->digest, road_digest_free);
  g_free (self->problem);
  g_clear_object (&self->content);

  G_OBJECT_CLASS (road_recent_scan_parent_class)->finalize (object);
}

static void
road_recent_scan_class_init (RoadRecentScanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_recent_scan_finalize;
}

static void
road_recent_scan_init (RoadRecentScan *self)
{
}

/**
 * road_recent_scan_read:
 * @info: with %ROAD_RECENT_SCAN_ATTRIBUTES
 *
 * Reads the digest of a saved scan, or finds out why it cannot be read. Blocks.
 *
 * Returns: (transfer full) (nullable): the scan; %NULL if another instance has just removed it
 */
RoadRecentScan *
road_recent_scan_read (GFile *file, GFileInfo *info, GCancellable *cancellable)
{
  RoadRecentScan *self;
  g_autoptr (RoadDigest) digest = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (G_IS_FILE_INFO (info), NULL);

  digest = road_digest_read (file, cancellable, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return NULL;

  self = g_object_new (ROAD_TYPE_RECENT_SCAN, NULL);
  self->file = g_object_ref (file);
  self->size = g_file_info_get_size (info);
  self->modified = get_modified (info);
  self->arrival = find_arrival (file);
  self->digest = g_steal_pointer (&digest);
  self->problem = error != NULL ? g_strdup (error->message) : NULL;
  self->time = find_time (self);

  return self;
}

GFile *
road_recent_scan_get_file (RoadRecentScan *self)
{
  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (self), NULL);

  return self->file;
}

/* Returns: (transfer none) (nullable): its digest; %NULL if the file cannot be read */
const RoadDigest *
road_recent_scan_get_digest (RoadRecentScan *self)
{
  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (self), NULL);

  return self->digest;
}

/* Returns: (nullable): a sentence that says why the file cannot be read */
const char *
road_recent_scan_get_problem (RoadRecentScan *self)
{
  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (self), NULL);

  return self->problem;
}

/* Returns: (transfer none): when it ended, in local time */
GDateTime *
road_recent_scan_get_time (RoadRecentScan *self)
{
  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (self), NULL);

  return self->time;
}

/**
 * road_recent_scan_is_read_from:
 * @info: the present state of its file, with %ROAD_RECENT_SCAN_ATTRIBUTES
 *
 * Returns: whether the file has not changed since it was read
 */
gboolean
road_recent_scan_is_read_from (RoadRecentScan *self, GFileInfo *info)
{
  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (self), FALSE);
  g_return_val_if_fail (G_IS_FILE_INFO (info), FALSE);

  return self->size == g_file_info_get_size (info) && self->modified == get_modified (info);
}

/**
 * road_recent_scan_make_name:
 * @arrival: greater than that of all scans before
 *
 * Returns: (transfer full): a name for the file of a scan; two instances may save one in the same second
 */
char *
road_recent_scan_make_name (guint arrival)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H-%M-%SZ");

  return g_strdup_printf ("%s-%06u-%08x%s", time, arrival, g_random_int (),
                          road_format_get_suffix (ROAD_FORMAT_JSON));
}

/* Returns: how many scans were kept before and with it, roughly; 0 if its file's name does not say it */
guint
road_recent_scan_get_arrival (RoadRecentScan *self)
{
  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (self), 0);

  return self->arrival;
}

/* Returns: negative if @a was kept after @b or, if that is not known, ended after it; 0 only for the same file */
int
road_recent_scan_compare (RoadRecentScan *a, RoadRecentScan *b)
{
  int result;
  g_autofree char *name_a = NULL;
  g_autofree char *name_b = NULL;

  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (a), 0);
  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (b), 0);

  if (a->arrival != b->arrival)
    return a->arrival > b->arrival ? -1 : 1;

  result = g_date_time_compare (b->time, a->time);
  if (result != 0)
    return result;

  name_a = g_file_get_basename (a->file);
  name_b = g_file_get_basename (b->file);

  return g_strcmp0 (name_a, name_b);
}

gboolean
road_recent_scan_delete (RoadRecentScan *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (self), FALSE);

  /* Another instance may have deleted it first. */
  if (g_file_delete (self->file, cancellable, &local_error) ||
      g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Deletes the file but keeps its content open. The scan can be restored as long as @self exists; after that
 * nothing is left of it, even if the program crashes. Blocks.
 * Returns: %FALSE if the file is still there */
gboolean
road_recent_scan_remove (RoadRecentScan *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) content = NULL;

  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (self), FALSE);

  /* A file that cannot be read can still be removed. */
  content = g_file_read (self->file, cancellable, NULL);
  if (!road_recent_scan_delete (self, cancellable, error))
    return FALSE;

  g_set_object (&self->content, content);

  return TRUE;
}

static gboolean
copy (GInputStream *content, RoadOutput *output, GCancellable *cancellable, GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK_SIZE);
  gssize length;

  while ((length = g_input_stream_read (content, chunk, CHUNK_SIZE, cancellable, error)) > 0)
    {
      if (!road_output_write (output, chunk, (gsize) length, cancellable, error))
        return FALSE;
    }

  return length == 0;
}

/* Writes the removed file again. Blocks.
 * Returns: %FALSE on error, after which it can be tried again */
gboolean
road_recent_scan_restore (RoadRecentScan *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoadOutput) output = NULL;

  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (self), FALSE);

  if (self->content == NULL)
    return TRUE;

  output = road_output_open (self->file, cancellable, error);
  if (output == NULL ||
      !g_seekable_seek (G_SEEKABLE (self->content), 0, G_SEEK_SET, cancellable, error) ||
      !copy (G_INPUT_STREAM (self->content), output, cancellable, error) ||
      !road_output_commit (output, cancellable, error))
    return FALSE;

  g_clear_object (&self->content);

  return TRUE;
}

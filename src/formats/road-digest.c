/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-digest.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "formats/json/road-json-fields.h"
#include "road-format.h"

/* A report of a million ports takes 100 MB, but a list needs only what comes before and after its hosts.
 * road_json_writer puts the hosts on lines of their own between these two texts, and writes no other line
 * breaks that would look the same. So the hosts can be left out; the rest is read as a report without hosts,
 * and its summary has the counts.
 *
 * Files with any other layout are read as a whole. So are files with an error, so that the message is the
 * same as on opening them. */
#define HOSTS_BEGIN "\n\"hosts\": ["
#define HOSTS_END "\n],\n"
#define SUMMARY_BEGIN "\n\"summary\": "

/* Enough for the targets and the profile before the hosts, or the problems after them. In bytes. */
#define PART_SIZE (64 * 1024)

/* 2^64. Larger numbers of addresses are written as this one. */
#define TOO_MANY 18446744073709551616.0

static RoadDigest *
digest_new (RoadReport *report)
{
  RoadDigest *self = g_new0 (RoadDigest, 1);
  GDateTime *started = road_report_get_started (report);
  GDateTime *finished = road_report_get_finished (report);

  self->targets = g_strdup (road_report_get_targets (report));
  self->started = started != NULL ? g_date_time_ref (started) : NULL;
  self->finished = finished != NULL ? g_date_time_ref (finished) : NULL;
  self->status = road_report_get_status (report);
  self->n_up = road_report_get_n_hosts (report, ROAD_HOST_UP);
  self->n_down = road_report_get_n_hosts (report, ROAD_HOST_DOWN);
  self->n_open = road_report_get_n_ports (report, ROAD_PORT_OPEN);
  self->only_hosts = road_profile_get_only_discovers (road_report_get_profile (report));

  return self;
}

static gboolean
read_count (JsonObject *object, const char *name, guint64 *count)
{
  double number = 0;

  if (!json_object_has_member (object, name) ||
      !road_json_read_double (object, name, TOO_MANY, &number, NULL))
    return FALSE;

  *count += number < TOO_MANY ? (guint64) number : G_MAXUINT64 - *count;

  return TRUE;
}

/* @text is valid JSON: the reader has accepted it. */
static gboolean
read_counts (RoadDigest *self, const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *summary, *hosts = NULL, *ports = NULL;

  if (!json_parser_load_from_data (parser, text, -1, NULL))
    return FALSE;

  summary = road_json_as_object (json_parser_get_root (parser), "summary", NULL);

  return summary != NULL && road_json_read_object (summary, "hosts", &hosts, NULL) &&
         road_json_read_object (summary, "ports", &ports, NULL) && hosts != NULL && ports != NULL &&
         read_count (hosts, road_host_state_to_string (ROAD_HOST_UP), &self->n_up) &&
         read_count (hosts, road_host_state_to_string (ROAD_HOST_DOWN), &self->n_down) &&
         read_count (ports, road_port_state_to_string (ROAD_PORT_OPEN), &self->n_open);
}

/* Returns the text before and after the hosts; %NULL if the layout is different or the file cannot be read.
 * */
static GString *
read_frame (GInputStream *stream, GCancellable *cancellable)
{
  g_autofree char *part = g_malloc (PART_SIZE);
  g_autoptr (GString) frame = NULL;
  const char *place;
  gsize length;
  goffset size;

  if (!g_seekable_can_seek (G_SEEKABLE (stream)) ||
      !g_input_stream_read_all (stream, part, PART_SIZE, &length, cancellable, NULL))
    return NULL;

  place = memmem (part, length, HOSTS_BEGIN, strlen (HOSTS_BEGIN));
  if (place == NULL)
    return NULL;
  frame = g_string_new_len (part, place - part + (gssize) strlen (HOSTS_BEGIN));

  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, cancellable, NULL))
    return NULL;
  size = g_seekable_tell (G_SEEKABLE (stream));
  if (!g_seekable_seek (G_SEEKABLE (stream), MAX ((goffset) frame->len, size - PART_SIZE),
                        G_SEEK_SET, cancellable, NULL) ||
      !g_input_stream_read_all (stream, part, PART_SIZE, &length, cancellable, NULL))
    return NULL;

  place = memmem (part, length, HOSTS_END, strlen (HOSTS_END));
  if (place == NULL)
    return NULL;
  g_string_append_len (frame, place, (gssize) length - (place - part));

  return g_steal_pointer (&frame);
}

static RoadDigest *
read_around_hosts (GInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GString) frame = read_frame (stream, cancellable);
  g_autoptr (GInputStream) memory = NULL;
  g_autoptr (RoadReport) report = NULL;
  g_autoptr (RoadDigest) self = NULL;
  char *summary, *end;

  if (frame == NULL)
    return NULL;

  memory = g_memory_input_stream_new_from_data (frame->str, (gssize) frame->len, NULL);
  report = road_format_read (memory, cancellable, NULL);
  summary = strstr (frame->str, SUMMARY_BEGIN);
  if (report == NULL || summary == NULL)
    return NULL;

  /* The summary must be the last member and on one line; otherwise it belongs to an object inside another
   * member. */
  summary += strlen (SUMMARY_BEGIN);
  end = strchr (summary, '\n');
  if (end == NULL || strcmp (end, "\n}\n") != 0)
    return NULL;
  *end = '\0';

  self = digest_new (report);

  return read_counts (self, summary) ? g_steal_pointer (&self) : NULL;
}

/**
 * road_digest_read:
 * @file: a report that was saved as %ROAD_FORMAT_JSON
 * @error: (nullable): as for road_format_open_finish()
 *
 * Reads what a list shows of a saved report. Of a file as Roadstead writes it, only the beginning and the end
 * are read. Blocks.
 *
 * Returns: (transfer full) (nullable): the digest
 */
RoadDigest *
road_digest_read (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (RoadReport) report = NULL;
  RoadDigest *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;

  self = read_around_hosts (G_INPUT_STREAM (stream), cancellable);
  if (self != NULL)
    return self;

  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error))
    return NULL;
  report = road_format_read (G_INPUT_STREAM (stream), cancellable, error);

  return report != NULL ? digest_new (report) : NULL;
}

void
road_digest_free (RoadDigest *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->targets);
  g_clear_pointer (&self->started, g_date_time_unref);
  g_clear_pointer (&self->finished, g_date_time_unref);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-format.h"

#include <string.h>

#include "formats/html/road-html-writer.h"
#include "formats/json/road-json-writer.h"
#include "formats/text/road-csv-writer.h"
#include "formats/text/road-grepable-writer.h"
#include "formats/text/road-text-writer.h"
#include "formats/xml/road-xml-writer.h"
#include "road-output.h"
#include "road-save.h"

static const struct
{
  const char *name;
  const char *suffixes[3]; /* new files get the first one */
  const RoadReportWriterClass *writer;
} formats[ROAD_N_FORMATS] = {
  [ROAD_FORMAT_TEXT] = { "text", { ".txt", ".nmap" }, &road_text_writer },
  [ROAD_FORMAT_JSON] = { "json", { ".json" }, &road_json_writer },
  [ROAD_FORMAT_XML] = { "xml", { ".xml" }, &road_xml_writer },
  [ROAD_FORMAT_GREPABLE] = { "grepable", { ".gnmap" }, &road_grepable_writer },
  [ROAD_FORMAT_CSV] = { "csv", { ".csv" }, &road_csv_writer },
  [ROAD_FORMAT_HTML] = { "html", { ".html", ".htm" }, &road_html_writer },
};

/* Returns: the name on the command line; not translated */
const char *
road_format_get_name (RoadFormat format)
{
  g_return_val_if_fail (format < G_N_ELEMENTS (formats), NULL);

  return formats[format].name;
}

/* Returns: the suffix of new files, with the dot */
const char *
road_format_get_suffix (RoadFormat format)
{
  g_return_val_if_fail (format < G_N_ELEMENTS (formats), NULL);

  return formats[format].suffixes[0];
}

gboolean
road_format_from_name (const char *name, RoadFormat *format)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      if (g_str_equal (formats[i].name, name))
        {
          *format = (RoadFormat) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * road_format_from_file_name:
 * @file_name: a file name, with or without a path
 * @format: (out): the format
 *
 * Finds the format by the suffix, ignoring case.
 *
 * Returns: %FALSE if the suffix is unknown
 */
gboolean
road_format_from_file_name (const char *file_name, RoadFormat *format)
{
  gsize length;

  g_return_val_if_fail (file_name != NULL, FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  length = strlen (file_name);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      for (const char *const *suffix = formats[i].suffixes; *suffix != NULL; suffix++)
        {
          if (length > strlen (*suffix) &&
              g_ascii_strcasecmp (file_name + length - strlen (*suffix), *suffix) == 0)
            {
              *format = (RoadFormat) i;
              return TRUE;
            }
        }
    }

  return FALSE;
}

/* A report that is being written in pieces, so that the whole file is never in memory and the main loop never
 * waits. It writes the hosts that the report has at the beginning, even if the scan goes on. */
typedef struct
{
  const RoadReportWriterClass *klass;
  RoadReport *report;
  GPtrArray *hosts;
  RoadFormatFlags flags;
  RoadReportSummary summary;
  guint n_hosts;
  guint next_host;
  guint part; /* of the class's parts */
  gboolean begun;
  gboolean part_begun;
  gboolean ended;
} Writer;

static void
count_host (Writer *self, RoadHost *host)
{
  self->summary.n_hosts[road_host_get_state (host)]++;
  self->summary.n_done += road_host_get_done (host) ? 1 : 0;
  for (guint i = 0; i < ROAD_N_PORT_STATES; i++)
    self->summary.n_ports[i] += road_host_get_n_ports (host, (RoadPortState) i);
}

static Writer *
writer_new (RoadFormat format, RoadReport *report, RoadFormatFlags flags)
{
  Writer *self = g_new0 (Writer, 1);
  GDateTime *started = road_report_get_started (report);
  GDateTime *finished = road_report_get_finished (report);

  self->klass = formats[format].writer;
  self->report = g_object_ref (report);
  self->flags = flags;
  self->hosts = road_report_dup_hosts (report);
  self->n_hosts = self->hosts->len;

  self->summary.status = road_report_get_status (report);
  self->summary.finished = finished != NULL ? g_date_time_ref (finished) : NULL;
  self->summary.elapsed = road_report_get_elapsed (report);
  if (self->summary.status == ROAD_REPORT_RUNNING && started != NULL)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      self->summary.elapsed =
          MAX (0.0, (double) g_date_time_difference (now, started) / G_TIME_SPAN_SECOND);
    }
  self->summary.n_unlisted_down = road_report_get_n_unlisted_down (report);
  self->summary.n_excluded = road_report_get_n_excluded (report);
  self->summary.n_targets = MAX (road_report_get_n_targets (report), self->n_hosts);

  return self;
}

static void
writer_free (Writer *self)
{
  g_clear_object (&self->report);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);
  g_clear_pointer (&self->summary.finished, g_date_time_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writer, writer_free)

static void
write_begin (Writer *self, GString *out)
{
  for (guint i = 0; self->klass->parts != NULL && i < self->n_hosts; i++)
    count_host (self, g_ptr_array_index (self->hosts, i));
  self->klass->begin (self->report, &self->summary, self->flags, out);
  self->begun = TRUE;
}

/* The beginning of a part, a host, or the end of the part. */
static void
write_part (Writer *self, const RoadReportWriterPart *part, GString *out)
{
  if (!self->part_begun)
    {
      part->begin (self->report, &self->summary, out);
      self->part_begun = TRUE;
    }
  else if (self->next_host < self->n_hosts)
    {
      part->host (self->report, g_ptr_array_index (self->hosts, self->next_host), self->next_host,
                  out);
      self->next_host++;
    }
  else
    {
      part->end (self->report, &self->summary, out);
      self->part_begun = FALSE;
      self->next_host = 0;
      self->part++;
    }
}

/* The beginning, a host, or the end. */
static gboolean
next_piece (gpointer source, GString *out)
{
  Writer *self = source;

  if (!self->begun)
    write_begin (self, out);
  else if (self->klass->parts != NULL && self->klass->parts[self->part] != NULL)
    write_part (self, self->klass->parts[self->part], out);
  else if (self->klass->parts == NULL && self->next_host < self->n_hosts)
    {
      RoadHost *host = g_ptr_array_index (self->hosts, self->next_host);

      count_host (self, host);
      self->klass->host (self->report, host, self->next_host, self->flags, out);
      self->next_host++;
    }
  else if (!self->ended)
    {
      self->klass->end (self->report, &self->summary, self->flags, out);
      self->ended = TRUE;
    }
  else
    return FALSE;

  return TRUE;
}

/**
 * road_format_write:
 * @error: (nullable): an error of @stream
 *
 * Writes a report, host by host, without closing @stream. Blocks.
 *
 * Returns: %FALSE on error
 */
gboolean
road_format_write (RoadFormat format,
                   RoadReport *report,
                   RoadFormatFlags flags,
                   GOutputStream *stream,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (Writer) writer = NULL;

  g_return_val_if_fail (format < G_N_ELEMENTS (formats), FALSE);
  g_return_val_if_fail (ROAD_IS_REPORT (report), FALSE);

  writer = writer_new (format, report, flags);

  return road_save_to_stream (next_piece, writer, stream, cancellable, error);
}

/**
 * road_format_save:
 * @error: (nullable): a #GIOErrorEnum
 *
 * Writes a file, replacing an existing one in one step when everything is written; on error that one is
 * unchanged. Devices and pipes are written to directly. Blocks.
 *
 * Returns: %FALSE on error
 */
gboolean
road_format_save (RoadFormat format,
                  RoadReport *report,
                  RoadFormatFlags flags,
                  GFile *file,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (Writer) writer = NULL;

  g_return_val_if_fail (format < G_N_ELEMENTS (formats), FALSE);
  g_return_val_if_fail (ROAD_IS_REPORT (report), FALSE);

  writer = writer_new (format, report, flags);

  return road_save (next_piece, writer, file, cancellable, error);
}

/* Like road_format_save(), without blocking. The report may grow meanwhile; only the hosts that it has now
 * are written. */
void
road_format_save_async (RoadFormat format,
                        RoadReport *report,
                        RoadFormatFlags flags,
                        GFile *file,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (format < G_N_ELEMENTS (formats));
  g_return_if_fail (ROAD_IS_REPORT (report));

  road_save_async (next_piece, writer_new (format, report, flags), (GDestroyNotify) writer_free,
                   file, cancellable, callback, user_data);
}

gboolean
road_format_save_finish (GAsyncResult *result, GError **error)
{
  return road_save_finish (result, error);
}

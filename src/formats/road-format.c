/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-format.h"

#include <string.h>

#include "road-output.h"
#include "road-report-writer.h"
#include "road-save.h"

static const struct
{
  const char *name;
  const char *suffixes[3]; /* the first is the one that new files get */
} formats[ROAD_N_FORMATS] = {
  [ROAD_FORMAT_TEXT] = { "text", { ".txt", ".nmap" } },
  [ROAD_FORMAT_JSON] = { "json", { ".json" } },
  [ROAD_FORMAT_XML] = { "xml", { ".xml" } },
  [ROAD_FORMAT_GREPABLE] = { "grepable", { ".gnmap" } },
  [ROAD_FORMAT_CSV] = { "csv", { ".csv" } },
};

/**
 * road_format_get_name:
 * @format: a format
 *
 * Returns: its name on the command line; not translated
 */
const char *
road_format_get_name (RoadFormat format)
{
  g_return_val_if_fail (format < G_N_ELEMENTS (formats), NULL);

  return formats[format].name;
}

/**
 * road_format_get_suffix:
 * @format: a format
 *
 * Returns: what the names of its files end in, with the dot
 */
const char *
road_format_get_suffix (RoadFormat format)
{
  g_return_val_if_fail (format < G_N_ELEMENTS (formats), NULL);

  return formats[format].suffixes[0];
}

/**
 * road_format_from_name:
 * @name: a name that road_format_get_name() gives
 * @format: (out): the format
 *
 * Returns: %FALSE if there is no such format
 */
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
 * @file_name: a file's name, with or without a path
 * @format: (out): the format
 *
 * Tells the format from the suffix, in small or capital letters.
 *
 * Returns: %FALSE if the suffix is none of ours
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

static gboolean
next_piece (gpointer writer, GString *out)
{
  return road_report_writer_next (writer, out);
}

/**
 * road_format_write:
 * @format: a format
 * @report: the report
 * @flags: how to write it
 * @stream: where to
 * @cancellable: (nullable): to stop
 * @error: (nullable): an error of @stream
 *
 * Writes a report, host by host, and does not close @stream. Blocks.
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
  g_autoptr (RoadReportWriter) writer = NULL;

  g_return_val_if_fail (ROAD_IS_REPORT (report), FALSE);

  writer = road_report_writer_new (format, report, flags);

  return road_save_to_stream (next_piece, writer, stream, cancellable, error);
}

/**
 * road_format_save:
 * @format: a format
 * @report: the report
 * @flags: how to write it
 * @file: the file
 * @cancellable: (nullable): to stop
 * @error: (nullable): a #GIOErrorEnum
 *
 * Writes a file, or replaces it in one step when everything is written: on error, what was there
 * stays. A device or a pipe is written to. Blocks.
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
  g_autoptr (RoadReportWriter) writer = NULL;

  g_return_val_if_fail (ROAD_IS_REPORT (report), FALSE);

  writer = road_report_writer_new (format, report, flags);

  return road_save (next_piece, writer, file, cancellable, error);
}

/**
 * road_format_save_async:
 * @format: a format
 * @report: the report
 * @flags: how to write it
 * @file: the file
 * @cancellable: (nullable): to stop
 * @callback: called when it is on the disk, or not
 * @user_data: for @callback
 *
 * Like road_format_save(), without keeping the main loop waiting. The report may go on growing
 * meanwhile: the hosts are written that it has now.
 */
void
road_format_save_async (RoadFormat format,
                        RoadReport *report,
                        RoadFormatFlags flags,
                        GFile *file,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (ROAD_IS_REPORT (report));

  road_save_async (next_piece, road_report_writer_new (format, report, flags),
                   (GDestroyNotify) road_report_writer_free, file, cancellable, callback,
                   user_data);
}

/**
 * road_format_save_finish:
 * @result: what the callback was given
 * @error: (nullable): a #GIOErrorEnum
 *
 * Returns: %FALSE if the file was not written; what was there is still there then
 */
gboolean
road_format_save_finish (GAsyncResult *result, GError **error)
{
  return road_save_finish (result, error);
}

/**
 * road_format_check_writable:
 * @file: a file to save to later
 * @error: (nullable): a #GIOErrorEnum that says why that cannot be
 *
 * For saying so before a scan and not after it. Leaves no trace. Asks the file system, which blocks
 * for as long as that takes.
 *
 * Returns: whether @file could be written, as far as can be told
 */
gboolean
road_format_check_writable (GFile *file, GError **error)
{
  return road_output_check (file, error);
}

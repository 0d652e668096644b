/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "road-error.h"
#include "road-format.h"

static char *
write_report (RoadFormat format, RoadReport *report)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  road_format_write (format, report, ROAD_FORMAT_FLAGS_REASON, stream, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static RoadReport *
read_report (const char *data, gsize size, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);

  return road_format_read (stream, NULL, error);
}

/* Whatever a file holds, it is either a report, which is the same once it was saved and opened
 * again, or one sentence with a line of the file; and json-glib never complains. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadReport) report = NULL;
  g_autoptr (RoadReport) again = NULL;
  g_autofree char *json = NULL;
  g_autofree char *json_again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  report = read_report ((const char *) data, size, &error);
  if (report == NULL)
    {
      g_assert_true (error->domain == ROAD_ERROR);
      g_assert_true (error->code == ROAD_ERROR_FORMAT || error->code == ROAD_ERROR_VERSION);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpuint (road_error_get_line (error), <=, size + 1);
      return 0;
    }
  g_assert_no_error (error);

  json = write_report (ROAD_FORMAT_JSON, report);
  again = read_report (json, strlen (json), &error);
  g_assert_no_error (error);
  json_again = write_report (ROAD_FORMAT_JSON, again);
  g_assert_cmpstr (json, ==, json_again);

  text = write_report (ROAD_FORMAT_TEXT, report);
  text_again = write_report (ROAD_FORMAT_TEXT, again);
  g_assert_cmpstr (text, ==, text_again);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p++)
    g_assert_true ((guchar) *p >= ' ' || *p == '\n');

  return 0;
}

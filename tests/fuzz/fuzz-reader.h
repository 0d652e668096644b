/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "format-fixture.h"
#include "fuzz.h"
#include "engine/base/road-error.h"

/* What the fuzz targets of the readers share. */

/* Whatever a file holds, it is either a report, which is the same once it was saved as JSON and opened
 * again, or one sentence with a line of the file; and no library ever complains. */
static inline void
check_reading (const char *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadReport) report = NULL;
  g_autoptr (RoadReport) again = NULL;
  g_autofree char *json = NULL;
  g_autofree char *json_again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  report = read_report (data, (gssize) size, &error);
  if (report == NULL)
    {
      g_assert_true (error->domain == ROAD_ERROR);
      g_assert_true (error->code == ROAD_ERROR_FORMAT || error->code == ROAD_ERROR_VERSION);
      assert_printable (error->message);
      g_assert_cmpuint (road_error_get_line (error), <=, size + 1);
      return;
    }
  g_assert_no_error (error);

  json = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_REASON);
  again = read_report (json, -1, &error);
  g_assert_no_error (error);
  json_again = write_report (ROAD_FORMAT_JSON, again, ROAD_FORMAT_FLAGS_REASON);
  g_assert_cmpstr (json, ==, json_again);

  text = write_report (ROAD_FORMAT_TEXT, report, ROAD_FORMAT_FLAGS_REASON);
  text_again = write_report (ROAD_FORMAT_TEXT, again, ROAD_FORMAT_FLAGS_REASON);
  g_assert_cmpstr (text, ==, text_again);
  assert_printable (text);
}

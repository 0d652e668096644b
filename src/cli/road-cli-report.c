/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-report.h"

#include <string.h>

#include "formats/road-format.h"
#include "road-cli-sandbox.h"

/**
 * road_cli_report_open:
 * @path: a file, or “-” for standard input
 * @error: one sentence that names the file
 *
 * Returns: (transfer full) (nullable): the report
 */
RoadReport *
road_cli_report_open (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;
  RoadReport *report;

  if (!road_cli_sandbox_check_input (path, error))
    return NULL;

  file = g_str_equal (path, "-") ? g_file_new_for_path ("/dev/stdin")
                                 : g_file_new_for_commandline_arg (path);
  report = road_format_open (file, NULL, error);
  name = g_filename_display_name (path);
  /* The system's messages contain the file name themselves. */
  if (report == NULL && strstr ((*error)->message, name) == NULL)
    g_prefix_error (error, "%s: ", name);

  return report;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-merge.h"

#include <glib/gi18n.h>

#include "engine/base/road-error.h"
#include "engine/report/road-report-merge.h"
#include "road-cli-command.h"
#include "road-cli-message.h"
#include "road-cli-outputs.h"
#include "road-cli-report.h"

#define EXIT_DONE 0
#define EXIT_USAGE 1
#define EXIT_FAILED 2

typedef struct
{
  gboolean quiet;
  RoadCliOutputNames outputs;
  char **files;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  road_cli_output_names_clear (&arguments->outputs);
  g_strfreev (arguments->files);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
parse_arguments (Arguments *arguments, int argc, char *argv[], GError **error)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments->outputs.files,
      N_ ("Write the report to FILE (.txt, .json, .xml, .gnmap, .csv or .html; - for standard "
          "output); can be repeated"),
      N_ ("FILE") },
    { "format", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments->outputs.formats,
      N_ ("Output format if the suffix of FILE does not tell it: text, json, xml, grepable, csv or "
          "html"),
      N_ ("FORMAT") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &arguments->quiet,
      N_ ("Print only errors (files are still written)"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments->files, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  const RoadCliCommand command = {
    .name = "merge",
    .parameters =
        /* Translators: in the help of the command line: stands for files */
    _ ("FILE…"),
    .summary = _ ("Makes one report of several."),
    .description = _ (
        "A report is a JSON or XML file from Roadstead, or an XML file from nmap or masscan; - is "
        "standard input.\n"
        "Where two reports give different states for a port, that of the later scan is used, and "
        "the conflict is named.\n"
        "Exit status: 0 success, 1 usage error, 2 error."),
  };

  return road_cli_command_parse (&command, entries, argc, argv, error);
}

static gboolean
check_files (char **files, GError **error)
{
  if (files != NULL)
    return road_cli_command_check_stdin (files, error);

  g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                       _ ("No report: give the files to merge."));
  return FALSE;
}

static RoadReport *
merge (char **files, GError **error)
{
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; files[i] != NULL; i++)
    {
      RoadReport *report = road_cli_report_open (files[i], error);

      if (report == NULL)
        return NULL;
      g_ptr_array_add (reports, report);
      g_ptr_array_add (names, g_filename_display_name (files[i]));
    }

  return road_report_merge (reports, (const char *const *) names->pdata);
}

static gboolean
run (const Arguments *arguments, GError **error)
{
  g_autoptr (GArray) outputs = road_cli_outputs_new (&arguments->outputs, arguments->quiet, error);
  g_autoptr (RoadReport) report = NULL;
  const char *const *problems;

  if (outputs == NULL || !road_cli_outputs_check (outputs, error))
    return FALSE;

  report = merge (arguments->files, error);
  if (report == NULL)
    return FALSE;

  problems = road_report_get_problems (report);
  for (guint i = 0; problems[i] != NULL; i++)
    road_cli_complain (problems[i]);

  for (guint i = 0; i < outputs->len; i++)
    {
      if (!road_cli_output_write (&g_array_index (outputs, RoadCliOutput, i), report,
                                  ROAD_FORMAT_FLAGS_NONE, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * road_cli_merge_run:
 * @argv: the arguments from “merge” on
 *
 * Runs the command that makes one report of several.
 *
 * Returns: the exit status: 0 success, 1 usage error, 2 file error
 */
int
road_cli_merge_run (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_auto (Arguments) arguments = { FALSE };

  if (!parse_arguments (&arguments, argc, argv, &error) || !check_files (arguments.files, &error))
    {
      road_cli_complain (error->message);
      return EXIT_USAGE;
    }

  if (!run (&arguments, &error))
    {
      road_cli_complain (error->message);
      return EXIT_FAILED;
    }

  return EXIT_DONE;
}

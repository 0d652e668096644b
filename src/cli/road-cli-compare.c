/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-compare.h"

#include <glib/gi18n.h>

#include "engine/base/road-error.h"
#include "formats/compare/road-comparison-writer.h"
#include "road-cli-command.h"
#include "road-cli-message.h"
#include "road-cli-outputs.h"
#include "road-cli-report.h"

/* The same as those of diff. */
#define EXIT_SAME 0
#define EXIT_DIFFERENT 1
#define EXIT_TROUBLE 2

typedef struct
{
  gboolean all;
  gboolean open_only;
  gboolean reason;
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
    { "all", 'a', 0, G_OPTION_ARG_NONE, &arguments->all,
      N_ ("Also list what did not change and what was not compared"), NULL },
    { "open", 0, 0, G_OPTION_ARG_NONE, &arguments->open_only,
      N_ ("Ignore changes between closed and filtered"), NULL },
    { "reason", 0, 0, G_OPTION_ARG_NONE, &arguments->reason,
      N_ ("Treat a different reason for the same state as a change"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments->outputs.files,
      N_ ("Write the comparison to FILE (.txt or .json; - for standard output); can be repeated"),
      N_ ("FILE") },
    { "format", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments->outputs.formats,
      N_ ("Output format if the suffix of FILE does not tell it: text or json"), N_ ("FORMAT") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &arguments->quiet,
      N_ ("Print only errors (files are still written)"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments->files, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  const RoadCliCommand command = {
    .name = "compare",
    .parameters =
        /* Translators: in the help of the command line: stands for two files, the older and the newer report */
    _ ("BEFORE AFTER"),
    .summary = _ ("Compares two saved reports."),
    .description = _ (
        "A report is a JSON or XML file from Roadstead, or an XML file from nmap or masscan; - is "
        "standard input.\n"
        "Hosts and ports that only one of the scans covered are not compared.\n"
        "Each line begins with a mark: + new, - gone, ~ changed, = unchanged, ? not compared.\n"
        "Exit status: 0 no differences, 1 differences, 2 error."),
  };

  return road_cli_command_parse (&command, entries, argc, argv, error);
}

static gboolean
check_arguments (const Arguments *arguments, GError **error)
{
  if (arguments->files == NULL || g_strv_length (arguments->files) != ROAD_N_SIDES)
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                           _ ("Two reports are needed: give the older file, then the newer one."));
      return FALSE;
    }

  return road_cli_command_check_stdin (arguments->files, error);
}

static gboolean
check_formats (GArray *outputs, GError **error)
{
  for (guint i = 0; i < outputs->len; i++)
    {
      RoadFormat format = g_array_index (outputs, RoadCliOutput, i).format;

      if (!road_comparison_can_write (format))
        {
          g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                       /* Translators: a format, such as “csv” */
                       _ ("A comparison cannot be written as %s: use text or json."),
                       road_format_get_name (format));
          return FALSE;
        }
    }

  return TRUE;
}

static RoadCompareFlags
get_flags (const Arguments *arguments)
{
  RoadCompareFlags flags = ROAD_COMPARE_FLAGS_NONE;

  if (arguments->open_only)
    flags |= ROAD_COMPARE_OPEN;
  if (arguments->reason)
    flags |= ROAD_COMPARE_REASONS;

  return flags;
}

static gboolean
write_outputs (RoadComparison *comparison, GArray *outputs, gboolean all, GError **error)
{
  for (guint i = 0; i < outputs->len; i++)
    {
      RoadCliOutput *output = &g_array_index (outputs, RoadCliOutput, i);
      g_autoptr (GOutputStream) stream = NULL;
      GError *reason = NULL;

      if (output->file != NULL)
        {
          if (!road_comparison_save (comparison, output->format, all, output->file, NULL, error))
            return FALSE;
          continue;
        }

      stream = road_cli_outputs_open_stdout ();
      if (!road_comparison_write (comparison, output->format, all, stream, NULL, &reason))
        return road_cli_outputs_fail_stdout (reason, error);
    }

  return TRUE;
}

static RoadComparison *
compare (const Arguments *arguments, GError **error)
{
  g_autoptr (RoadReport) before = road_cli_report_open (arguments->files[ROAD_BEFORE], error);
  g_autoptr (RoadReport) after = NULL;

  if (before == NULL)
    return NULL;

  after = road_cli_report_open (arguments->files[ROAD_AFTER], error);

  return after != NULL ? road_comparison_new (before, after, get_flags (arguments)) : NULL;
}

static RoadComparison *
run (int argc, char *argv[], GError **error)
{
  g_auto (Arguments) arguments = { FALSE };
  g_autoptr (GArray) outputs = NULL;
  g_autoptr (RoadComparison) comparison = NULL;

  if (!parse_arguments (&arguments, argc, argv, error) || !check_arguments (&arguments, error))
    return NULL;

  outputs = road_cli_outputs_new (&arguments.outputs, arguments.quiet, error);
  if (outputs == NULL || !check_formats (outputs, error) ||
      !road_cli_outputs_check (outputs, error))
    return NULL;

  comparison = compare (&arguments, error);
  if (comparison == NULL || !write_outputs (comparison, outputs, arguments.all, error))
    return NULL;

  return g_steal_pointer (&comparison);
}

/**
 * road_cli_compare_run:
 * @argv: the arguments from “compare” on
 *
 * Runs the command that compares two saved reports.
 *
 * Returns: the exit status, as of diff: 0 no differences, 1 differences, 2 error
 */
int
road_cli_compare_run (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadComparison) comparison = run (argc, argv, &error);

  if (comparison == NULL)
    {
      road_cli_complain (error->message);
      return EXIT_TROUBLE;
    }

  return road_comparison_is_same (comparison) ? EXIT_SAME : EXIT_DIFFERENT;
}

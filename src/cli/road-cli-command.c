/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-command.h"

#include <glib/gi18n.h>

#include "engine/base/road-error.h"

/**
 * road_cli_command_parse:
 * @self: a command of roadstead-cli
 * @entries: its options
 * @argv: the arguments from its name on
 * @error: a %G_OPTION_ERROR
 *
 * Parses the arguments of a command. “--help” is handled here and ends the program.
 */
gboolean
road_cli_command_parse (
    const RoadCliCommand *self, const GOptionEntry *entries, int argc, char *argv[], GError **error)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *name = NULL;
  g_auto (GStrv) strv = g_new0 (char *, argc + 1);

  g_return_val_if_fail (self != NULL && entries != NULL, FALSE);

  /* The help shows the first argument as the name of the command. */
  for (int i = 0; i < argc; i++)
    strv[i] = g_strdup (argv[i]);
  name = g_strconcat ("roadstead-cli ", self->name, NULL);
  g_set_prgname (name);

  context = g_option_context_new (self->parameters);
  g_option_context_set_summary (context, self->summary);
  g_option_context_set_description (context, self->description);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return g_option_context_parse_strv (context, &strv, error);
}

/**
 * road_cli_command_check_stdin:
 * @files: (nullable): the reports that a command reads
 * @error: %ROAD_ERROR_SYNTAX
 *
 * Returns: whether at most one of them is standard input
 */
gboolean
road_cli_command_check_stdin (char **files, GError **error)
{
  guint n_stdin = 0;

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    n_stdin += g_str_equal (files[i], "-");
  if (n_stdin <= 1)
    return TRUE;

  g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                       _ ("Only one report can be read from standard input: use “-” once."));
  return FALSE;
}

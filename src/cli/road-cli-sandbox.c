/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-sandbox.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

#include "formats/road-sandbox.h"

/* Returns: (transfer full): the option of “flatpak run” that shares the folder of @path, as it was given. The
 * shell outside knows what a relative path is relative to; the sandbox may not have that folder. */
static char *
make_permission (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *quoted = NULL;

  if (!g_path_is_absolute (path))
    return g_strdup (g_str_has_prefix (path, "../") ? "--filesystem=\"$(realpath ..)\""
                                                    : "--filesystem=$PWD");

  quoted = g_shell_quote (folder);

  return g_strconcat ("--filesystem=",
                      strpbrk (folder, " '\"\\$`&;()<>*?") != NULL ? quoted : folder, NULL);
}

/* Returns: (transfer full): @path for a shell, in quotation marks only if it needs them */
static char *
make_word (const char *path)
{
  return strpbrk (path, " '\"\\$`&;()<>*?!#~|") != NULL ? g_shell_quote (path) : g_strdup (path);
}

/**
 * road_cli_sandbox_check_input:
 * @path: a file to read as it was given, or “-” for standard input
 * @error: %G_IO_ERROR_NOT_FOUND: one sentence that says how to read it
 *
 * Returns: %FALSE if the file is not there and the sandbox of a Flatpak may be why
 */
gboolean
road_cli_sandbox_check_input (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *local = g_file_get_path (file);
  g_autofree char *name = NULL;
  g_autofree char *permission = NULL;

  if (g_str_equal (path, "-") || local == NULL || !road_sandbox_hides (local))
    return TRUE;

  name = g_filename_display_name (path);
  permission = make_permission (path);
  g_set_error (
      error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
      /* Translators: a file, and an option such as --filesystem=$PWD; “Open…” is the menu item */
      _ ("The Flatpak sandbox has no file “%s”: share its folder with “flatpak run %s …”, "
         "or choose the file with Open… in the window."),
      name, permission);
  return FALSE;
}

/**
 * road_cli_sandbox_check_output:
 * @error: %G_IO_ERROR_NOT_SUPPORTED: one sentence that says how to keep the file
 *
 * Returns: %FALSE if the file would be lost with the sandbox of a Flatpak
 */
gboolean
road_cli_sandbox_check_output (const RoadCliOutput *output, GError **error)
{
  g_autofree char *local = g_file_get_path (output->file);
  g_autofree char *name = NULL;
  g_autofree char *word = NULL;
  g_autofree char *permission = NULL;
  g_autofree char *printed = NULL;
  struct stat status;

  /* What else there is in its place, a pipe or a device, takes the report to somebody. */
  if (local == NULL || (stat (local, &status) == 0 && !S_ISREG (status.st_mode)) ||
      !road_sandbox_loses (local))
    return TRUE;

  name = g_strdup (output->argument);
  word = make_word (output->argument);
  permission = make_permission (output->argument);
  printed =
      output->format == ROAD_FORMAT_TEXT
          ? g_strdup_printf ("-o - > %s", word)
          : g_strdup_printf ("-o - --format %s > %s", road_format_get_name (output->format), word);
  g_set_error (
      error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
      /* Translators: a file; the end of a command; an option such as --filesystem=$PWD */
      _ ("Cannot write “%s”: it would be lost with the Flatpak sandbox. Use “%s”, or share "
         "the folder with “flatpak run %s …”."),
      name, printed, permission);
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-target-file.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "road-cli-message.h"
#include "engine/base/road-error.h"

/* A pipe or a device is read like a file: all of it. */
static GBytes *
read_bytes (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();

  file = g_file_new_for_path (g_str_equal (path, "-") ? "/dev/stdin" : path);
  input = G_INPUT_STREAM (g_file_read (file, NULL, error));
  if (input == NULL ||
      g_output_stream_splice (output, input, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE, NULL, error) <
          0 ||
      !g_output_stream_write_all (output, "", 1, NULL, NULL, error) ||
      !g_output_stream_close (output, NULL, error))
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
}

/* What is behind a NUL would be left out without a word: targets, or exclusions. */
static gboolean
check_no_nul (const char *text, gsize length, GError **error)
{
  const char *nul = memchr (text, '\0', length);
  const char *line = text;
  guint number = 1;

  if (nul == NULL)
    return TRUE;

  for (const char *p = text; p < nul; p++)
    {
      if (*p == '\n')
        {
          line = p + 1;
          number++;
        }
    }
  g_propagate_error (error, road_error_new_at (ROAD_ERROR_SYNTAX, number, (guint) (nul - line) + 1,
                                               _ ("There is a NUL byte: this is not text in "
                                                  "UTF-8")));

  return FALSE;
}

/**
 * road_cli_target_file_read:
 * @path: a file's path, or “-” for standard input
 * @error: %ROAD_ERROR_SYNTAX, with the line of the fault in its message, or %G_IO_ERROR; both name the
 *   file
 *
 * Reads a file of targets, for which see road_target_spec_parse_lines().
 *
 * Returns: (transfer full) (nullable): the targets
 */
RoadTargetSpec *
road_cli_target_file_read (const char *path, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;
  RoadTargetSpec *spec = NULL;
  const char *text;
  gsize size;

  g_return_val_if_fail (path != NULL, NULL);

  name = g_filename_display_name (path);
  bytes = read_bytes (path, error);
  if (bytes == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }

  text = g_bytes_get_data (bytes, &size);
  if (check_no_nul (text, size - 1, error))
    spec = road_target_spec_parse_lines (text, error);
  if (spec == NULL)
    road_cli_point_at_fault (error, name, text);

  return spec;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "engine/report/road-builtin-profiles.h"
#include "formats/road-format.h"
#include "store/road-profile-file.h"

/* print-json [FILE]...: the report in each file as Roadstead saves it, or the built-in profiles if no
 * file is named; a NUL after each. */

static gboolean
print_report (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (RoadReport) report = NULL;

  if (stream == NULL)
    return FALSE;
  report = road_format_read (G_INPUT_STREAM (stream), NULL, error);
  if (report == NULL ||
      !road_format_write (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE, out, NULL, error))
    return FALSE;

  fwrite (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)), 1,
          g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)), stdout);
  putchar ('\0');

  return TRUE;
}

static void
print_profiles (void)
{
  for (guint i = 0; i < road_builtin_profiles_get_n (); i++)
    {
      g_autoptr (RoadProfile) profile = road_builtin_profiles_make (i);
      g_autofree char *text = road_profile_file_print (profile, NULL);

      printf ("%s%c", text, '\0');
    }
}

int
main (int argc, char **argv)
{
  if (argc == 1)
    print_profiles ();

  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!print_report (argv[i], &error))
        {
          g_printerr ("%s: %s\n", argv[i], error->message);
          return EXIT_FAILURE;
        }
    }

  return EXIT_SUCCESS;
}

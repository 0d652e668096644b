/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "random-report.h"

/* write-random SEED FOLDER: writes one report in every format, the same one for the same number. */

int
main (int argc, char *argv[])
{
  g_autofree char *seed = g_strdup_printf ("--seed=R02S%032" G_GINT64_MODIFIER "x",
                                           g_ascii_strtoull (argv[1], NULL, 10));
  char *seed_argv[] = { argv[0], seed, NULL };
  char **test_argv = seed_argv;
  int test_argc = 2;
  g_autoptr (RoadReport) report = NULL;

  g_assert (argc == 3);
  g_test_init (&test_argc, &test_argv, NULL);
  report = random_report ();

  for (RoadFormat format = ROAD_FORMAT_TEXT; format < ROAD_N_FORMATS; format++)
    {
      g_autofree char *name = g_strconcat ("report", road_format_get_suffix (format), NULL);
      g_autofree char *path = g_build_filename (argv[2], name, NULL);
      g_autofree char *text = write_report (format, report, ROAD_FORMAT_FLAGS_REASON);
      g_autoptr (GError) error = NULL;

      g_file_set_contents (path, text, -1, &error);
      g_assert_no_error (error);
    }

  return 0;
}

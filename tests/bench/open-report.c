/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>
#include <sys/resource.h>

#include "formats/road-format.h"

/* open-report FILE: what opening a report takes, in memory and in processor time. */

static void
on_progress (double fraction, gpointer user_data)
{
  guint *n_calls = user_data;

  (*n_calls)++;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **opened = user_data;

  *opened = g_object_ref (result);
}

int
main (int argc, char **argv)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadReport) report = NULL;
  struct rusage before, after;
  guint n_calls = 0;

  if (argc != 2)
    {
      g_printerr ("Usage: open-report FILE\n");
      return EXIT_FAILURE;
    }

  file = g_file_new_for_commandline_arg (argv[1]);
  getrusage (RUSAGE_SELF, &before);
  road_format_open_async (file, NULL, on_progress, &n_calls, on_opened, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  getrusage (RUSAGE_SELF, &after);

  report = road_format_open_finish (result, &error);
  info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  if (report == NULL || info == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "The file has no size");
      return EXIT_FAILURE;
    }

  g_print ("file %.1f MB, %u hosts, %" G_GUINT64_FORMAT " open ports, peak memory %.1f MB more, "
           "%.1f s of processor time, progress told %u times\n",
           (double) g_file_info_get_size (info) / 1e6,
           g_list_model_get_n_items (G_LIST_MODEL (report)),
           road_report_get_n_ports (report, ROAD_PORT_OPEN),
           (double) (after.ru_maxrss - before.ru_maxrss) * 1024 / 1e6,
           (double) (after.ru_utime.tv_sec - before.ru_utime.tv_sec) +
               (double) (after.ru_utime.tv_usec - before.ru_utime.tv_usec) / 1e6,
           n_calls);

  return EXIT_SUCCESS;
}

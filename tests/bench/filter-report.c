/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "formats/road-format.h"
#include "ui/rows/road-group-list.h"
#include "ui/rows/road-result-tree.h"

/* filter-report FILE FILTER…: how long the filters take in the tree of a report, one after the other, and how long
 * grouping takes. The files of make-report.py are large enough. */

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **opened = user_data;

  *opened = g_object_ref (result);
}

static RoadReport *
open_report (const char *name, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (name);
  g_autoptr (GAsyncResult) result = NULL;

  road_format_open_async (file, NULL, NULL, NULL, on_opened, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return road_format_open_finish (result, error);
}

static void
measure (RoadResultTree *tree, RoadFilter *filter, const char *text)
{
  const gint64 start = g_get_monotonic_time ();
  const clock_t cpu_start = clock ();
  double seconds;

  road_filter_set (filter, text, 0);
  seconds = (double) (g_get_monotonic_time () - start) / 1e6;
  g_print ("%-24s %.3f s (%.3f s of processor time), %u rows\n", *text != '\0' ? text : "(none)",
           seconds, (double) (clock () - cpu_start) / CLOCKS_PER_SEC,
           g_list_model_get_n_items (G_LIST_MODEL (road_result_tree_get_rows (tree))));
}

static void
measure_grouping (RoadResultTree *tree,
                  RoadSortOrder *order,
                  RoadFilter *filter,
                  RoadGrouping grouping)
{
  const gint64 start = g_get_monotonic_time ();
  const clock_t cpu_start = clock ();
  g_autoptr (RoadGroupList) groups =
      road_group_list_new (road_result_tree_get_hosts (tree), order, filter, grouping);

  g_print ("by %-21s %.3f s (%.3f s of processor time), %u groups\n",
           grouping == ROAD_GROUPING_PORT ? "port" : "service",
           (double) (g_get_monotonic_time () - start) / 1e6,
           (double) (clock () - cpu_start) / CLOCKS_PER_SEC,
           g_list_model_get_n_items (G_LIST_MODEL (groups)));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadReport) report = NULL;
  g_autoptr (RoadSortOrder) order = road_sort_order_new ();
  g_autoptr (RoadFilter) filter = road_filter_new ();
  g_autoptr (RoadResultTree) tree = NULL;

  if (argc < 3)
    {
      g_printerr ("Usage: filter-report FILE FILTER…\n");
      return EXIT_FAILURE;
    }

  report = open_report (argv[1], &error);
  if (report == NULL)
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  tree = road_result_tree_new (report, order, filter);
  g_print ("%u hosts, %" G_GUINT64_FORMAT " open ports\n",
           g_list_model_get_n_items (G_LIST_MODEL (report)),
           road_report_get_n_ports (report, ROAD_PORT_OPEN));
  for (int i = 2; i < argc; i++)
    measure (tree, filter, argv[i]);
  measure (tree, filter, "");
  measure_grouping (tree, order, filter, ROAD_GROUPING_PORT);
  measure_grouping (tree, order, filter, ROAD_GROUPING_SERVICE);

  return EXIT_SUCCESS;
}

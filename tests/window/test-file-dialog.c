/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/files/road-file-dialog.h"

/* Losing this: a target with a slash results in an invalid file name. */
static void
test_file_name (void)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (RoadReport) report = road_report_new ("192.168.1.0/24, [::1] ../x", profile);
  g_autoptr (GDateTime) started = g_date_time_new_local (2026, 11, 21, 12, 0, 0);
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;

  road_report_set_started (report, started);
  json = road_file_dialog_make_name (report, ROAD_FORMAT_JSON);
  text = road_file_dialog_make_name (report, ROAD_FORMAT_TEXT);
  g_assert_cmpstr (json, ==, "scan-192.168.1.0-24-1-x-2026-11-21.roadstead.json");
  g_assert_cmpstr (text, ==, "scan-192.168.1.0-24-1-x-2026-11-21.txt");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/file-dialog/name", test_file_name);

  return g_test_run ();
}

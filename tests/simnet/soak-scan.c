/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib-unix.h>
#include <signal.h>

#include "formats/road-format.h"
#include "engine/scan/road-scan.h"

/*
 * soak-scan MAX-RATE PORTS FILE TARGETS
 *
 * Scans; SIGUSR1 pauses and SIGUSR2 resumes, as only the window can. The report goes to FILE, as JSON.
 */

static gboolean
on_pause (gpointer scan)
{
  if (road_scan_get_state (scan) == ROAD_SCAN_RUNNING)
    road_scan_pause (scan);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_resume (gpointer scan)
{
  if (road_scan_get_state (scan) == ROAD_SCAN_PAUSED)
    road_scan_resume (scan);

  return G_SOURCE_CONTINUE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadPortSet) ports = NULL;
  g_autoptr (RoadTargetSpec) targets = NULL;
  g_autoptr (RoadProfile) profile = NULL;
  g_autoptr (RoadScan) scan = NULL;
  g_autoptr (GFile) file = NULL;

  g_assert_cmpint (argc, ==, 5);
  ports = road_port_set_parse (argv[2], &error);
  g_assert_no_error (error);
  file = g_file_new_for_path (argv[3]);
  targets = road_target_spec_parse (argv[4], &error);
  g_assert_no_error (error);

  profile = road_profile_new ("ports", ports, "reverse-dns", FALSE, "max-rate",
                              (guint) atoi (argv[1]), NULL);
  scan = road_scan_new (targets, profile);
  g_unix_signal_add (SIGUSR1, on_pause, scan);
  g_unix_signal_add (SIGUSR2, on_resume, scan);
  road_scan_start (scan);
  while (road_scan_get_active (scan))
    g_main_context_iteration (NULL, TRUE);

  road_format_save (ROAD_FORMAT_JSON, road_scan_get_report (scan), ROAD_FORMAT_FLAGS_NONE, file,
                    NULL, &error);
  g_assert_no_error (error);

  return 0;
}

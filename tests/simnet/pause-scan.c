/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "formats/road-format.h"
#include "engine/scan/road-scan.h"

/*
 * pause-scan PORTS FILE TARGETS
 *
 * Scans, with a pause when a third of the ports are done, as only the window can. The report goes to
 * FILE, as JSON.
 */

#define PAUSE_MS 2000

static guint64 done_at_pause;

static guint64
count_done (RoadScan *scan)
{
  RoadScanProgress progress;

  road_scan_get_progress (scan, &progress);

  return progress.n_done;
}

static gboolean
resume (gpointer scan)
{
  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_PAUSED);
  done_at_pause = count_done (scan);
  road_scan_resume (scan);

  return G_SOURCE_REMOVE;
}

static void
on_progress (RoadScan *scan, gpointer user_data)
{
  static gboolean paused = FALSE;
  RoadScanProgress progress;

  road_scan_get_progress (scan, &progress);
  if (paused || progress.n_done < progress.n_total / 3)
    return;

  paused = TRUE;
  road_scan_pause (scan);
  g_timeout_add (PAUSE_MS, resume, scan);
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

  g_assert_cmpint (argc, ==, 4);
  ports = road_port_set_parse (argv[1], &error);
  g_assert_no_error (error);
  file = g_file_new_for_path (argv[2]);
  targets = road_target_spec_parse (argv[3], &error);
  g_assert_no_error (error);

  profile = road_profile_new ("ports", ports, "discovery", FALSE, "reverse-dns", FALSE, NULL);
  scan = road_scan_new (targets, profile);
  g_signal_connect (scan, "progress", G_CALLBACK (on_progress), NULL);
  road_scan_start (scan);
  while (road_scan_get_active (scan))
    g_main_context_iteration (NULL, TRUE);

  /* The pause was in the middle. */
  g_assert_cmpuint (done_at_pause, >, 0);
  g_assert_cmpuint (done_at_pause, <, count_done (scan));

  road_format_save (ROAD_FORMAT_JSON, road_scan_get_report (scan), ROAD_FORMAT_FLAGS_NONE, file,
                    NULL, &error);
  g_assert_no_error (error);

  return 0;
}

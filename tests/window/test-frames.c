/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "find-widget.h"
#include "frame-times.h"

#include "ui/details/road-port-map.h"
#include "ui/page/road-report-page.h"
#include "ui/window/road-application.h"
#include "ui/window/road-window.h"

/* The limit for the time between two frames during a scan. */
#define MAX_FRAME_GAP_MS 34.0
#define PERCENTILE 0.99

/* With the port map beside the results, once the scan has run for a second. */
#define MAX_LATE_GAP_MS 100.0

/* Other programs can delay frames in ways that are not counted, so one good run is enough. */
#define MAX_RUNS 3

typedef struct
{
  FrameTimes times;
  gboolean with_details;
  gboolean shows_details;
  GtkWidget *window; /* the last one, while it exists */
  guint n_runs;
  gboolean begun;
  gboolean passed;
} Frames;

static gboolean
judge (Frames *frames, RoadScan *scan)
{
  FrameTimes *times = &frames->times;
  RoadScanProgress progress;
  double p99;

  g_assert_cmpuint (times->gaps->len, >, 0);
  road_scan_get_progress (scan, &progress);
  p99 = frame_times_get_own_percentile (times, PERCENTILE);

  g_test_message ("run %u: %" G_GUINT64_FORMAT " ports in %.2f s, %u frames; "
                  "gap median %.1f, p99 %.1f, max %.1f ms; "
                  "without waiting for a processor %.1f, %.1f, %.1f ms, after the first second "
                  "at most %.1f ms",
                  frames->n_runs, progress.n_done, progress.elapsed, times->gaps->len,
                  frame_times_get_percentile (times, 0.5),
                  frame_times_get_percentile (times, PERCENTILE),
                  frame_times_get_percentile (times, 1),
                  frame_times_get_own_percentile (times, 0.5), p99,
                  frame_times_get_own_percentile (times, 1), times->longest_late);

  g_assert_cmpuint (progress.n_done, ==, 65535);
  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_FINISHED);

  return p99 <= MAX_FRAME_GAP_MS &&
         (!frames->with_details || times->longest_late <= MAX_LATE_GAP_MS);
}

static void
begin_run (Frames *frames, GtkWidget *window)
{
  frames->n_runs++;
  frames->shows_details = FALSE;
  frame_times_begin (&frames->times);
  frames->begun = TRUE;
  gtk_widget_activate_action (window, "win.scan-target", "s", "127.0.0.1");
}

/* Selects the host, whose details then have the port map, as soon as it is in the list. */
static void
show_details (Frames *frames, GtkWidget *window)
{
  GtkWidget *page = find_widget (window, ROAD_TYPE_REPORT_PAGE);
  GtkWidget *list = find_widget (page, GTK_TYPE_COLUMN_VIEW);
  GtkSelectionModel *rows =
      list != NULL ? gtk_column_view_get_model (GTK_COLUMN_VIEW (list)) : NULL;

  if (rows == NULL || g_list_model_get_n_items (G_LIST_MODEL (rows)) == 0)
    return;

  gtk_widget_activate_action (page, "page.show-details", NULL);
  gtk_selection_model_select_item (rows, 0, TRUE);
  frames->shows_details = TRUE;
}

/* Requests every frame, like an animation. */
static gboolean
on_frame (GtkWidget *window, GdkFrameClock *clock, gpointer user_data)
{
  Frames *frames = user_data;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));
  RoadScan *scan = road_window_get_scan (ROAD_WINDOW (window));

  if (!frames->begun)
    begin_run (frames, window);
  if (scan == NULL)
    return G_SOURCE_CONTINUE;

  frame_times_note (&frames->times);
  if (frames->with_details && !frames->shows_details)
    show_details (frames, window);
  if (road_scan_get_active (scan))
    return G_SOURCE_CONTINUE;

  g_assert_true (frames->shows_details == frames->with_details);
  g_assert_true (!frames->with_details ||
                 gtk_widget_get_mapped (find_widget (window, ROAD_TYPE_PORT_MAP)));

  frames->passed = judge (frames, scan);
  frames->begun = FALSE;
  if (!frames->passed && frames->n_runs < MAX_RUNS)
    g_action_group_activate_action (G_ACTION_GROUP (application), "new-window", NULL);
  gtk_window_destroy (GTK_WINDOW (window));

  return G_SOURCE_REMOVE;
}

static void
on_window_added (GtkApplication *application, GtkWindow *window, gpointer user_data)
{
  Frames *frames = user_data;

  g_set_weak_pointer (&frames->window, GTK_WIDGET (window));
  gtk_widget_add_tick_callback (GTK_WIDGET (window), on_frame, frames, NULL);
}

/* GIO logs several messages for each connect, all of which the test framework would print. */
static void
ignore_message (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

static void
scan (gboolean with_details)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (RoadApplication) application = road_application_new ();
  Frames frames = { .with_details = with_details };

  frame_times_init (&frames.times);
  g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_DEBUG, ignore_message, NULL);
  g_settings_set_string (settings, "default-profile", "all");
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), &frames);
  g_application_run (G_APPLICATION (application), 0, NULL);

  frame_times_clear (&frames.times);
  g_assert_cmpuint (frames.n_runs, >, 0);
  g_assert_true (frames.passed);

  /* A closed window is freed, with its scan. */
  g_assert_null (frames.window);
}

/* Losing this: the window freezes while it scans, and the user cannot read, scroll or stop. */
static void
test_full_scan (void)
{
  scan (FALSE);
}

/* Losing this: the same, while the user watches the port map fill. */
static void
test_port_map (void)
{
  scan (TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/window/frames-of-full-scan", test_full_scan);
  g_test_add_func ("/window/frames-of-port-map", test_port_map);

  return g_test_run ();
}

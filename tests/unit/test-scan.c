/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/scan/road-scan.h"

#include "listeners.h"
#include "engine/connect/road-client-connect.h"
#include "engine/connect/road-limits.h"

#define PATIENCE_S 60

static gboolean
on_patience_over (gpointer user_data)
{
  g_error ("the scan did not end within %d s", PATIENCE_S);

  return G_SOURCE_REMOVE;
}

static RoadScan *
make_scan (const char *targets, const char *ports, guint max_rate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadTargetSpec) spec = road_target_spec_parse (targets, &error);
  g_autoptr (RoadPortSet) set = road_port_set_parse (ports, &error);
  g_autoptr (RoadProfile) profile = NULL;

  g_assert_no_error (error);
  profile = road_profile_new ("ports", set, "reverse-dns", FALSE, "max-rate", max_rate, NULL);

  return road_scan_new (spec, profile);
}

static void
wait_for_end (RoadScan *scan)
{
  guint id = g_timeout_add_seconds (PATIENCE_S, on_patience_over, NULL);

  while (road_scan_get_active (scan))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

static void
wait_for_done (RoadScan *scan, guint64 n_done)
{
  guint id = g_timeout_add_seconds (PATIENCE_S, on_patience_over, NULL);
  RoadScanProgress progress;

  do
    {
      g_main_context_iteration (NULL, TRUE);
      road_scan_get_progress (scan, &progress);
    }
  while (progress.n_done < n_done && road_scan_get_active (scan));
  g_source_remove (id);
}

static guint
count_results (RoadScan *scan)
{
  RoadReport *report = road_scan_get_report (scan);
  guint n = 0;

  for (guint state = 0; state < ROAD_N_PORT_STATES; state++)
    n += road_report_get_n_ports (report, (RoadPortState) state);

  return n;
}

static void
count (gpointer object, guint *counter)
{
  (*counter)++;
}

static void
count_hosts (GListModel *report, guint position, guint removed, guint added, guint *counter)
{
  *counter += added;
}

static void
count_notify (gpointer object, GParamSpec *pspec, guint *counter)
{
  (*counter)++;
}

/* Losing this: the plainest scan goes wrong, or its numbers do not add up. */
static void
test_finish (void)
{
  guint16 open_port, closed_port;
  int open_fd = make_open (&open_port);
  int closed_fd = make_closed (&closed_port);
  g_autofree char *ports = g_strdup_printf ("%u,%u", open_port, closed_port);
  g_autoptr (RoadScan) scan = make_scan ("127.0.0.1 127.0.0.2", ports, 0);
  RoadScanProgress progress;
  RoadPortResult result;
  g_autoptr (RoadHost) host = NULL;

  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_READY);
  g_assert_false (road_scan_get_active (scan));
  road_scan_start (scan);
  g_assert_true (road_scan_get_active (scan));
  wait_for_end (scan);

  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_FINISHED);
  g_assert_null (road_scan_get_message (scan));
  g_assert_cmpint (road_report_get_status (road_scan_get_report (scan)), ==, ROAD_REPORT_FINISHED);
  road_scan_get_progress (scan, &progress);
  g_assert_cmpuint (progress.n_done, ==, 4);
  g_assert_cmpuint (progress.n_total, ==, 4);
  g_assert_cmpuint (progress.n_open, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (road_scan_get_report (scan))), ==, 2);

  host = g_list_model_get_item (G_LIST_MODEL (road_scan_get_report (scan)), 0);
  g_assert_cmpint (road_host_get_state (host), ==, ROAD_HOST_UP);
  g_assert_true (road_host_get_done (host));
  g_assert_cmpuint (road_host_get_latency (host), >, 0);
  g_assert_true (road_host_get_result (host, open_port, &result));
  g_assert_cmpint (result.state, ==, ROAD_PORT_OPEN);
  g_assert_true (road_host_get_result (host, closed_port, &result));
  g_assert_cmpint (result.state, ==, ROAD_PORT_CLOSED);

  close (open_fd);
  close (closed_fd);
}

/* Losing this: Stop loses what was found, or says that everything was scanned. */
static void
test_stop (void)
{
  g_autoptr (RoadScan) scan = make_scan ("127.0.0.1", "1-60000", 2000);
  RoadScanProgress progress;

  road_scan_start (scan);
  wait_for_done (scan, 100);
  road_scan_stop (scan);
  road_scan_stop (scan);
  g_assert_true (road_scan_get_active (scan)); /* not at once */
  wait_for_end (scan);

  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_STOPPED);
  g_assert_cmpint (road_report_get_status (road_scan_get_report (scan)), ==, ROAD_REPORT_STOPPED);
  road_scan_get_progress (scan, &progress);
  g_assert_cmpuint (progress.n_done, >=, 100);
  g_assert_cmpuint (progress.n_done, <, progress.n_total);
  g_assert_cmpuint (count_results (scan), ==, progress.n_done);
}

static void
run_main_loop (guint ms)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add_once (ms, (GSourceOnceFunc) g_main_loop_quit, loop);
  g_main_loop_run (loop);
}

/* Losing this: a scan that was stopped cannot be continued, or loses or repeats ports; or what was saved of it
 * when it was stopped changes. */
static void
test_suspend (void)
{
  g_autoptr (RoadScan) scan = make_scan ("127.0.0.1-3", "1-1000", 2000);
  RoadReport *report = road_scan_get_report (scan);
  guint64 n_results;

  road_scan_start (scan);
  for (guint i = 1; i <= 2; i++)
    {
      wait_for_done (scan, 500 * i);
      road_scan_suspend (scan);
      g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_STOPPED);
      g_assert_true (road_scan_get_suspended (scan));
      g_assert_cmpint (road_report_get_status (report), ==, ROAD_REPORT_STOPPED);
      n_results = count_results (scan);
      g_assert_cmpuint (n_results, <, 3000);
      run_main_loop (300);
      g_assert_cmpuint (count_results (scan), ==, n_results);
      road_scan_resume (scan);
      g_assert_true (road_scan_get_active (scan));
      g_assert_false (road_scan_get_suspended (scan));
      g_assert_cmpint (road_report_get_status (report), ==, ROAD_REPORT_RUNNING);
    }

  wait_for_end (scan);
  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_FINISHED);
  g_assert_cmpint (road_report_get_status (report), ==, ROAD_REPORT_FINISHED);
  g_assert_cmpuint (count_results (scan), ==, 3000);
  g_assert_cmpfloat (road_report_get_elapsed (report), <, 3);
}

/* Losing this: a stopped scan that nobody continues is never freed, or stopping it for good changes its
 * results. */
static void
test_suspend_stop (void)
{
  RoadScan *scan = make_scan ("127.0.0.1-3", "1-1000", 2000);
  g_autoptr (RoadReport) report = g_object_ref (road_scan_get_report (scan));
  GDateTime *finished;

  road_scan_start (scan);
  wait_for_done (scan, 500);
  road_scan_suspend (scan);
  finished = road_report_get_finished (report);
  g_object_add_weak_pointer (G_OBJECT (scan), (gpointer *) &scan);
  road_scan_stop (scan);
  road_scan_resume (scan);
  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_STOPPED);
  g_object_unref (scan);
  while (scan != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (road_report_get_finished (report) == finished);
  g_assert_cmpint (road_report_get_status (report), ==, ROAD_REPORT_STOPPED);
}

/* Losing this: Pause goes on sending, or Resume loses or repeats ports. */
static void
test_pause (void)
{
  g_autoptr (RoadScan) scan = make_scan ("127.0.0.1", "1-3000", 2000);
  RoadScanProgress paused, settled, progress;

  road_scan_pause (scan); /* not started: nothing happens */
  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_READY);
  road_scan_start (scan);
  wait_for_done (scan, 200);

  road_scan_pause (scan);
  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_PAUSED);
  road_scan_get_progress (scan, &paused);
  /* What is under way ends; then nothing comes. 2,000 a second would be the rest by then. */
  run_main_loop (400);
  road_scan_get_progress (scan, &settled);
  run_main_loop (1500);
  road_scan_get_progress (scan, &progress);
  g_assert_cmpuint (settled.n_done, <, 3000);
  g_assert_cmpuint (progress.n_done, ==, settled.n_done);
  g_assert_cmpfloat (progress.elapsed, ==, paused.elapsed);

  road_scan_resume (scan);
  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_RUNNING);
  wait_for_end (scan);
  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_FINISHED);
  road_scan_get_progress (scan, &progress);
  g_assert_cmpuint (progress.n_done, ==, 3000);
  g_assert_cmpuint (count_results (scan), ==, 3000);
}

/* Losing this: a scan that was paused cannot be stopped. */
static void
test_stop_paused (void)
{
  g_autoptr (RoadScan) scan = make_scan ("127.0.0.1", "1-60000", 1000);

  road_scan_start (scan);
  wait_for_done (scan, 10);
  road_scan_pause (scan);
  road_scan_stop (scan);
  road_scan_resume (scan); /* too late */
  wait_for_end (scan);
  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_STOPPED);
}

static void
stop_it (RoadScan *scan)
{
  road_scan_stop (scan);
}

static void
on_hosts_stop (GListModel *report, guint position, guint removed, guint added, RoadScan *scan)
{
  road_scan_stop (scan);
}

/* Losing this: a window or a command that stops a scan from one of its signals crashes. */
static void
test_stop_in_handler (void)
{
  for (guint i = 0; i < 3; i++)
    {
      RoadScan *scan = make_scan ("127.0.0.1-50", "1-500", 5000);
      RoadReport *report = road_scan_get_report (scan);
      gpointer weak = scan;

      if (i == 0)
        g_signal_connect (scan, "notify::state", G_CALLBACK (stop_it), NULL);
      else if (i == 1)
        g_signal_connect (scan, "progress", G_CALLBACK (stop_it), NULL);
      else
        g_signal_connect (report, "items-changed", G_CALLBACK (on_hosts_stop), scan);

      g_object_ref (report);
      g_object_add_weak_pointer (G_OBJECT (scan), &weak);
      road_scan_start (scan);
      g_object_unref (scan);
      while (weak != NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (road_report_get_status (report), ==, ROAD_REPORT_STOPPED);
      g_object_unref (report);
    }
}

/* Losing this: a scan dies with the window that began it, and takes the report with it. */
static void
test_unref (void)
{
  RoadScan *scan = make_scan ("127.0.0.1", "1-2000", 0);
  g_autoptr (RoadReport) report = g_object_ref (road_scan_get_report (scan));
  gpointer weak = scan;

  g_object_add_weak_pointer (G_OBJECT (scan), &weak);
  road_scan_start (scan);
  g_object_unref (scan);
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (road_report_get_status (report), ==, ROAD_REPORT_FINISHED);
  g_assert_cmpuint (road_report_get_n_ports (report, ROAD_PORT_CLOSED) +
                        road_report_get_n_ports (report, ROAD_PORT_OPEN),
                    ==, 2000);
}

/* Losing this: a scan that was never started leaks or crashes. */
static void
test_never_started (void)
{
  RoadScan *scan = make_scan ("127.0.0.1", "1-2000", 0);

  road_scan_stop (scan);
  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_READY);
  g_object_unref (scan);
}

/* Losing this: Stop waits for a name server that does not answer. */
static void
test_stop_resolving (void)
{
  g_autoptr (RoadScan) scan = make_scan ("localhost", "1-2000", 0);

  road_scan_start (scan);
  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_RESOLVING);
  road_scan_stop (scan);
  wait_for_end (scan);
  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_STOPPED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (road_scan_get_report (scan))), ==, 0);
}

/* Losing this: the user is not told why nothing happens, or a saved report does not say it. */
static void
test_nothing_to_scan (void)
{
  g_autoptr (RoadTargetSpec) spec = road_target_spec_parse ("127.0.0.1", NULL);
  g_autoptr (RoadPortSet) set = road_port_set_parse ("1-10", NULL);
  g_autoptr (RoadProfile) no_ports = road_profile_new ("ports", set, "exclude-ports", set, NULL);
  g_autoptr (RoadProfile) no_targets =
      road_profile_new ("ports", set, "exclude-targets", spec, NULL);
  RoadProfile *profiles[] = { no_ports, no_targets };

  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autoptr (RoadScan) scan = road_scan_new (spec, profiles[i]);
      const char *const *problems;

      road_scan_start (scan);
      wait_for_end (scan);
      g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_FAILED);
      g_assert_nonnull (road_scan_get_message (scan));
      g_assert_cmpint (road_report_get_status (road_scan_get_report (scan)), ==,
                       ROAD_REPORT_FAILED);
      problems = road_report_get_problems (road_scan_get_report (scan));
      g_assert_cmpuint (g_strv_length ((char **) problems), ==, 1);
      g_assert_cmpstr (problems[0], ==, road_scan_get_message (scan));
    }
}

/* Losing this: the window stands still for seconds because most of a large network is excluded. */
static void
test_exclude_millions (void)
{
  guint16 port;
  int fd = make_open (&port);
  g_autoptr (RoadTargetSpec) targets = road_target_spec_parse ("127.0.0.0/8", NULL);
  g_autoptr (RoadTargetSpec) excluded =
      road_target_spec_parse ("127.0.0.0 127.0.0.2-127.255.255.255", NULL);
  g_autoptr (RoadPortSet) set = road_port_set_new (&port, 1);
  g_autoptr (RoadProfile) profile =
      road_profile_new ("ports", set, "reverse-dns", FALSE, "exclude-targets", excluded, NULL);
  g_autoptr (RoadScan) scan = road_scan_new (targets, profile);
  RoadScanProgress progress;
  guint n_rounds = 0;

  road_scan_start (scan);
  for (; road_scan_get_active (scan); n_rounds++)
    g_main_context_iteration (NULL, TRUE);

  road_scan_get_progress (scan, &progress);
  g_assert_cmpuint (progress.n_open, ==, 1);
  g_assert_cmpuint (progress.n_total, ==, 1);
  g_assert_cmpuint (n_rounds, >, 256 * 256 * 256 / 50000);

  close (fd);
}

/* Scans an open port of eight addresses. Returns: the last byte of each, in the order probed. */
static char *
get_order (guint64 seed)
{
  guint16 port;
  int fd = make_open (&port);
  g_autoptr (RoadTargetSpec) spec = road_target_spec_parse ("127.0.0.1-8", NULL);
  g_autoptr (RoadPortSet) set = road_port_set_new (&port, 1);
  g_autoptr (RoadProfile) profile =
      road_profile_new ("ports", set, "reverse-dns", FALSE, "discovery", FALSE, "max-parallelism",
                        1, NULL);
  g_autoptr (RoadScan) scan = road_scan_new (spec, profile);
  GString *order = g_string_new (NULL);

  road_scan_set_seed (scan, seed);
  road_scan_start (scan);
  wait_for_end (scan);

  for (guint i = 0; i < 8; i++)
    {
      struct sockaddr_in address;
      socklen_t length = sizeof address;
      int connection = accept (fd, NULL, NULL);

      g_assert_cmpint (getsockname (connection, (struct sockaddr *) &address, &length), ==, 0);
      g_string_append_printf (order, "%u ", ntohl (address.sin_addr.s_addr) & 0xff);
      close (connection);
    }
  close (fd);

  return g_string_free (order, FALSE);
}

/* Losing this: a scan whose order matters cannot be repeated, or goes through a network in a row. */
static void
test_seed (void)
{
  g_autofree char *first = get_order (1);
  g_autofree char *again = get_order (1);
  g_autofree char *other = get_order (2);

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other);
  g_assert_cmpstr (first, !=, "1 2 3 4 5 6 7 8 ");
}

/* Losing this: a window is told of each port and does nothing but redraw. */
static void
test_batches (void)
{
  g_autoptr (RoadScan) scan = make_scan ("127.0.0.1", "1-20000", 0);
  guint n_progress = 0, n_states = 0, n_hosts = 0;
  gint64 start = g_get_monotonic_time ();
  double seconds;

  g_signal_connect (scan, "progress", G_CALLBACK (count), &n_progress);
  g_signal_connect (scan, "notify::state", G_CALLBACK (count_notify), &n_states);
  g_signal_connect (road_scan_get_report (scan), "items-changed", G_CALLBACK (count_hosts),
                    &n_hosts);
  road_scan_start (scan);
  wait_for_end (scan);
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;

  g_assert_cmpuint (n_progress, >, 0);
  g_assert_cmpfloat (n_progress, <=, seconds * 10 + 2);
  g_assert_cmpuint (n_states, ==, 3); /* resolving, running, finished */
  g_assert_cmpuint (n_hosts, ==, 1);
}

static guint
count_threads (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_strdup_printf ("/proc/self/task/%s/comm", name);
      g_autofree char *comm = NULL;

      if (g_file_get_contents (path, &comm, NULL, NULL))
        n += g_str_has_prefix (comm, "road-connector");
    }

  return n;
}

/* A thread that was joined is among the kernel's for a moment more. */
static void
wait_for_no_threads (void)
{
  for (guint i = 0; i < 1000 && count_threads () > 0; i++)
    g_usleep (10000);
  g_assert_cmpuint (count_threads (), ==, 0);
}

static void
note_threads (RoadScan *scan, guint *most)
{
  *most = MAX (*most, count_threads ());
}

/* Losing this: a scan of many silent ports crawls, or one with several threads loses ports. */
static void
test_threads (void)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GString) ports = g_string_new (NULL);
  g_autoptr (RoadTargetSpec) spec = road_target_spec_parse ("127.0.0.1-127.0.0.128", NULL);
  g_autoptr (RoadPortSet) set = NULL;
  g_autoptr (RoadProfile) profile = NULL;
  g_autoptr (RoadScan) scan = NULL;
  guint most = 0;

  road_limits_raise_files ();
  if (road_limits_get_free_files () < 2000)
    {
      g_test_skip ("too few file descriptors are allowed");
      return;
    }

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (ports, "%s%u", i > 0 ? "," : "", make_silent (fds));
  set = road_port_set_parse (ports->str, NULL);
  profile = road_profile_new ("ports", set, "reverse-dns", FALSE, "timeout", 400u, "max-retries", 0,
                              "max-parallelism", 1500u, NULL);
  scan = road_scan_new (spec, profile);
  g_signal_connect (scan, "progress", G_CALLBACK (note_threads), &most);
  road_scan_start (scan);
  wait_for_end (scan);

  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_FINISHED);
  g_assert_cmpuint (road_report_get_n_ports (road_scan_get_report (scan), ROAD_PORT_FILTERED), ==,
                    128 * 20);
  g_assert_cmpuint (count_results (scan), ==, 128 * 20);
  g_assert_cmpuint (most, ==, MIN (3, g_get_num_processors ()));
  wait_for_no_threads ();

  close_silent (fds);
}

/* Losing this: Stop while several threads are connecting hangs or crashes. */
static void
test_stop_threads (void)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  g_autofree char *ports = NULL;
  g_autoptr (RoadTargetSpec) spec = road_target_spec_parse ("127.0.0.0/16", NULL);
  g_autoptr (RoadPortSet) set = NULL;
  g_autoptr (RoadProfile) profile = NULL;
  g_autoptr (RoadScan) scan = NULL;

  ports = g_strdup_printf ("%u,1-20", make_silent (fds));
  set = road_port_set_parse (ports, NULL);
  profile = road_profile_new ("ports", set, "reverse-dns", FALSE, "timeout", 200u, "max-retries", 0,
                              "max-parallelism", 1500u, NULL);
  scan = road_scan_new (spec, profile);
  road_scan_start (scan);
  wait_for_done (scan, 20000);
  road_scan_stop (scan);
  wait_for_end (scan);
  g_assert_cmpint (road_scan_get_state (scan), ==, ROAD_SCAN_STOPPED);
  wait_for_no_threads ();

  close_silent (fds);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  road_client_connect_drop_debug_messages ();

  g_test_add_func ("/scan/finish", test_finish);
  g_test_add_func ("/scan/stop", test_stop);
  g_test_add_func ("/scan/suspend", test_suspend);
  g_test_add_func ("/scan/suspend-stop", test_suspend_stop);
  g_test_add_func ("/scan/pause", test_pause);
  g_test_add_func ("/scan/stop-paused", test_stop_paused);
  g_test_add_func ("/scan/stop-in-handler", test_stop_in_handler);
  g_test_add_func ("/scan/unref", test_unref);
  g_test_add_func ("/scan/never-started", test_never_started);
  g_test_add_func ("/scan/stop-resolving", test_stop_resolving);
  g_test_add_func ("/scan/nothing-to-scan", test_nothing_to_scan);
  g_test_add_func ("/scan/exclude-millions", test_exclude_millions);
  g_test_add_func ("/scan/seed", test_seed);
  g_test_add_func ("/scan/batches", test_batches);
  g_test_add_func ("/scan/threads", test_threads);
  g_test_add_func ("/scan/stop-threads", test_stop_threads);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/report/road-report.h"

static RoadReport *
make_report (void)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);

  return road_report_new ("192.0.2.0/24", profile);
}

static RoadHost *
make_host (guint number, RoadHostState state, guint n_open)
{
  g_autofree char *text = g_strdup_printf ("192.0.2.%u", number);
  RoadAddress address;
  RoadHost *host;

  g_assert_true (road_address_parse (&address, text));
  host = road_host_new (&address, NULL, NULL);
  road_host_set_state (host, state, ROAD_REASON_SYN_ACK);
  for (guint i = 1; i <= n_open; i++)
    {
      const RoadPortResult result = { .port = (guint16) i, .state = ROAD_PORT_OPEN };

      road_host_add_results (host, &result, 1);
    }

  return host;
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

/* Losing this: a list of hosts in the window is redrawn host by host, or not at all. */
static void
test_hosts (void)
{
  g_autoptr (RoadReport) report = make_report ();
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (report, "items-changed", G_CALLBACK (on_items_changed), log);
  road_report_add_hosts (report, hosts);
  g_ptr_array_add (hosts, make_host (1, ROAD_HOST_UP, 3));
  g_ptr_array_add (hosts, make_host (2, ROAD_HOST_DOWN, 0));
  road_report_add_hosts (report, hosts);
  g_ptr_array_set_size (hosts, 0);
  g_ptr_array_add (hosts, make_host (3, ROAD_HOST_UP, 4));
  road_report_add_hosts (report, hosts);

  g_assert_cmpstr (log->str, ==, "0-0+2 2-0+1 ");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (report)), ==, 3);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (report)) == ROAD_TYPE_HOST);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (report), 3));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (report), i);
      g_autofree char *address = g_strdup_printf ("192.0.2.%u", i + 1);

      g_assert_cmpstr (road_host_get_address_string (host), ==, address);
    }

  g_assert_cmpuint (road_report_get_n_hosts (report, ROAD_HOST_UP), ==, 2);
  g_assert_cmpuint (road_report_get_n_hosts (report, ROAD_HOST_DOWN), ==, 1);
  g_assert_cmpuint (road_report_get_n_hosts (report, ROAD_HOST_UNKNOWN), ==, 0);
  g_assert_cmpuint (road_report_get_n_ports (report, ROAD_PORT_OPEN), ==, 7);
  g_assert_cmpuint (road_report_get_n_ports (report, ROAD_PORT_CLOSED), ==, 0);
}

/* Losing this: the user is not told of a name that could not be resolved. */
static void
test_problems (void)
{
  g_autoptr (RoadReport) report = make_report ();
  const char *const *problems = road_report_get_problems (report);

  g_assert_null (problems[0]);
  road_report_add_problem (report, "one");
  road_report_add_problem (report, "two");
  problems = road_report_get_problems (report);
  g_assert_cmpstr (problems[0], ==, "one");
  g_assert_cmpstr (problems[1], ==, "two");
  g_assert_null (problems[2]);
}

static void
count_notify (gpointer object, GParamSpec *pspec, guint *counter)
{
  (*counter)++;
}

/* Losing this: a scan that was stopped is taken for a whole one. */
static void
test_finish (void)
{
  g_autoptr (RoadReport) report = make_report ();
  g_autoptr (GDateTime) started = g_date_time_new_utc (2026, 1, 2, 3, 4, 5);
  g_autoptr (GDateTime) finished = g_date_time_new_utc (2026, 1, 2, 3, 5, 5);
  guint n = 0;

  g_signal_connect (report, "notify::status", G_CALLBACK (count_notify), &n);
  g_assert_cmpint (road_report_get_status (report), ==, ROAD_REPORT_RUNNING);
  g_assert_cmpstr (road_report_get_targets (report), ==, "192.0.2.0/24");
  g_assert_cmpstr (road_report_get_scanner_name (report), ==, "Roadstead");
  g_assert_cmpstr (road_report_get_scanner_version (report), ==, PACKAGE_VERSION);
  road_report_set_started (report, started);
  road_report_set_n_targets (report, 256);
  road_report_finish (report, ROAD_REPORT_STOPPED, finished, 60);

  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (road_report_get_status (report), ==, ROAD_REPORT_STOPPED);
  g_assert_true (g_date_time_equal (road_report_get_started (report), started));
  g_assert_true (g_date_time_equal (road_report_get_finished (report), finished));
  g_assert_cmpfloat (road_report_get_elapsed (report), ==, 60);
  g_assert_cmpuint (road_report_get_n_targets (report), ==, 256);
}

/* Losing this: saved reports cannot be told finished from stopped. */
static void
test_status_names (void)
{
  static const char *const names[] = { "running", "finished", "stopped", "failed" };
  RoadReportStatus status;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true (road_report_status_from_string (names[i], &status));
      g_assert_cmpuint (status, ==, i);
      g_assert_cmpstr (road_report_status_to_string (status), ==, names[i]);
    }
  g_assert_false (road_report_status_from_string ("done", &status));
  g_assert_false (road_report_status_from_string (NULL, &status));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report/hosts", test_hosts);
  g_test_add_func ("/report/problems", test_problems);
  g_test_add_func ("/report/finish", test_finish);
  g_test_add_func ("/report/status-names", test_status_names);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "random-report.h"
#include "sample-report.h"

#include <string.h>

/* What we write as XML, opened again. */

#define N_RANDOM_REPORTS 100

static RoadReport *
open_again (const char *xml)
{
  g_autoptr (GError) error = NULL;
  RoadReport *report = read_report (xml, -1, &error);

  g_assert_no_error (error);
  return report;
}

/* Line by line, for a message that can be read. What is before the hosts is the command line, which is
 * made anew; what is after them counts targets that can be too many for a reader's numbers. */
static void
assert_same_hosts (const char *xml_a, const char *xml_b)
{
  g_auto (GStrv) a = g_strsplit (strstr (xml_a, "<debugging level=\"0\"/>\n"), "\n", -1);
  g_auto (GStrv) b = g_strsplit (strstr (xml_b, "<debugging level=\"0\"/>\n"), "\n", -1);

  for (guint i = 0; !g_str_has_prefix (a[i], "<runstats>"); i++)
    g_assert_cmpstr (a[i], ==, b[i]);
  g_assert_cmpuint (g_strv_length (a), ==, g_strv_length (b));
}

/* Something would be lost between saving a report as XML and opening it that is in the file. */
static void
test_round_trip (void)
{
  for (guint i = 0; i < N_RANDOM_REPORTS; i++)
    {
      g_autoptr (RoadReport) report = random_report ();
      g_autofree char *xml = write_report (ROAD_FORMAT_XML, report, ROAD_FORMAT_FLAGS_NONE);
      g_autoptr (RoadReport) again = open_again (xml);
      g_autofree char *xml_again = write_report (ROAD_FORMAT_XML, again, ROAD_FORMAT_FLAGS_NONE);

      g_assert_cmpint (road_report_get_status (report), ==, road_report_get_status (again));

      /* That only open ports are listed is no longer known, so others are listed again. */
      if (!road_report_get_profile (report)->open_only)
        assert_same_hosts (xml, xml_again);
    }
}

/* The same of what can be compared with what it was: the one report that has something of each kind. */
static void
test_sample (void)
{
  const char *const others[] = { "10.0.0.9", "::1", NULL };
  g_autoptr (RoadReport) report = new_sample_report (FALSE);
  g_autoptr (RoadReport) again = NULL;
  g_autoptr (GPtrArray) hosts = NULL;
  g_autofree char *xml = NULL;
  RoadHost *gate;

  finish_sample (report, ROAD_REPORT_STOPPED);
  xml = write_report (ROAD_FORMAT_XML, report, ROAD_FORMAT_FLAGS_NONE);
  again = open_again (xml);
  hosts = road_report_dup_hosts (again);

  g_assert_cmpint (road_report_get_status (again), ==, ROAD_REPORT_STOPPED);
  g_assert_cmpstr (road_report_get_scanner_name (again), ==, "Roadstead");
  g_assert_cmpstr (road_report_get_scan_type (again), ==, road_report_get_scan_type (report));
  g_assert_cmpstr (road_report_get_profile (again)->name, ==, "Web & more");
  g_assert_cmpstr (road_report_get_targets (again), ==, road_report_get_targets (report));
  g_assert_cmpstrv (road_report_get_problems (again), road_report_get_problems (report));
  g_assert_cmpuint (road_report_get_n_targets (again), ==, 5);
  g_assert_cmpuint (road_report_get_n_unlisted_down (again), ==, 1);
  g_assert_true (
      g_date_time_equal (road_report_get_started (again), road_report_get_started (report)));
  g_assert_true (
      g_date_time_equal (road_report_get_finished (again), road_report_get_finished (report)));

  g_assert_cmpuint (hosts->len, ==, 3);
  gate = g_ptr_array_index (hosts, 0);
  g_assert_cmpstrv (road_host_get_other_addresses (gate), others);
  g_assert_true (road_host_get_done (gate));
  g_assert_false (road_host_get_done (g_ptr_array_index (hosts, 1)));
  g_assert_cmpuint (road_host_get_latency (gate), ==, 95);
  g_assert_cmpuint (road_host_get_n_notes (gate), ==, 6);
  g_assert_cmpstr (road_host_get_version (gate, 22), ==, "OpenSSH 9.2p1");
  g_assert_cmpstr (road_host_get_service_name (gate, 8080), ==, "ssl/http");
}

static void
assert_names (RoadHost *host, const char *names)
{
  g_autofree char *joined = g_strjoinv (" ", (GStrv) road_host_get_user_names (host));

  g_assert_cmpstr (joined, ==, names);
}

/* nmap scans a host as often as it has names; its report would have the host twice, or one name less,
 * or count more hosts than there are. */
static void
test_names (void)
{
  const char *xml =
      "<nmaprun scanner=\"nmap\" args=\"nmap -p 1,2 one.test two.test 10.0.0.3\">"
      "<scaninfo type=\"connect\" protocol=\"tcp\" numservices=\"2\" services=\"1-2\"/>"
      "<host><status state=\"up\" reason=\"syn-ack\"/><address addr=\"10.0.0.1\" "
      "addrtype=\"ipv4\"/><hostnames><hostname name=\"one.test\" type=\"user\"/>"
      "<hostname name=\"ptr.test\" type=\"PTR\"/></hostnames><ports>"
      "<port protocol=\"tcp\" portid=\"1\"><state state=\"open\" reason=\"syn-ack\"/></port>"
      "</ports></host>"
      "<host><status state=\"up\" reason=\"syn-ack\"/><address addr=\"10.0.0.1\" "
      "addrtype=\"ipv4\"/><hostnames><hostname name=\"two.test\" type=\"user\"/>"
      "<hostname name=\"ONE.test\" type=\"user\"/></hostnames><ports>"
      "<port protocol=\"tcp\" portid=\"1\"><state state=\"closed\" reason=\"reset\"/></port>"
      "<port protocol=\"tcp\" portid=\"2\"><state state=\"closed\" reason=\"reset\"/></port>"
      "</ports></host>"
      "<runstats><finished time=\"1\" exit=\"success\"/><hosts up=\"2\" down=\"1\" total=\"3\"/>"
      "</runstats></nmaprun>";
  g_autoptr (RoadReport) report = open_again (xml);
  g_autofree char *again = write_report (ROAD_FORMAT_XML, report, ROAD_FORMAT_FLAGS_NONE);
  g_autoptr (RoadReport) second = open_again (again);
  g_autoptr (GPtrArray) hosts = road_report_dup_hosts (report);
  g_autoptr (GPtrArray) hosts_again = road_report_dup_hosts (second);

  g_assert_cmpuint (hosts->len, ==, 1);
  assert_names (g_ptr_array_index (hosts, 0), "one.test two.test");
  g_assert_cmpuint (road_host_get_n_ports (g_ptr_array_index (hosts, 0), ROAD_PORT_OPEN), ==, 1);
  g_assert_cmpuint (road_host_get_n_ports (g_ptr_array_index (hosts, 0), ROAD_PORT_CLOSED), ==, 1);
  g_assert_nonnull (strstr (again, "<hosts up=\"1\" down=\"1\" total=\"2\"/>"));
  g_assert_cmpuint (hosts_again->len, ==, 1);
  assert_names (g_ptr_array_index (hosts_again, 0), "one.test two.test");
}

/* A host that timed out would become one that was stopped, or the other way round; or after a host discovery
 * the common ports would seem to have been scanned. */
static void
test_opened (void)
{
  const char *nmap = "<nmaprun scanner=\"nmap\" args=\"nmap -sn 10.0.0.1\"><host timedout=\"true\">"
                     "<status state=\"up\" reason=\"syn-ack\"/><address addr=\"10.0.0.1\" "
                     "addrtype=\"ipv4\"/></host></nmaprun>";
  g_autoptr (RoadReport) late = new_timed_out_report ();
  g_autoptr (RoadReport) hosts = new_hosts_report (FALSE);
  g_autoptr (RoadReport) stopped = new_sample_report (FALSE);
  g_autoptr (RoadReport) by_nmap = open_again (nmap);
  g_autoptr (RoadHost) nmaps_host = g_list_model_get_item (G_LIST_MODEL (by_nmap), 0);
  RoadReport *reports[] = { late, hosts, stopped };

  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      g_autofree char *xml = NULL;
      g_autofree char *xml_again = NULL;
      g_autoptr (RoadReport) again = NULL;
      g_autoptr (GPtrArray) before = road_report_dup_hosts (reports[i]);
      g_autoptr (GPtrArray) after = NULL;

      finish_sample (reports[i], ROAD_REPORT_FINISHED);
      xml = write_report (ROAD_FORMAT_XML, reports[i], ROAD_FORMAT_FLAGS_NONE);
      again = open_again (xml);
      xml_again = write_report (ROAD_FORMAT_XML, again, ROAD_FORMAT_FLAGS_NONE);
      assert_same_hosts (xml, xml_again);
      after = road_report_dup_hosts (again);

      g_assert_cmpint (road_profile_get_only_discovers (road_report_get_profile (again)), ==,
                       reports[i] == hosts);
      g_assert_cmpuint (after->len, ==, before->len);
      for (guint j = 0; j < after->len; j++)
        {
          RoadHost *a = g_ptr_array_index (before, j);
          RoadHost *b = g_ptr_array_index (after, j);

          g_assert_cmpstrv (road_host_get_user_names (a), road_host_get_user_names (b));
          g_assert_cmpint (road_host_get_timed_out (a), ==, road_host_get_timed_out (b));
          g_assert_cmpint (road_host_get_done (a), ==, road_host_get_done (b));
          g_assert_cmpuint (road_host_get_n_notes (a), ==, road_host_get_n_notes (b));
        }
    }

  g_assert_true (road_profile_get_only_discovers (road_report_get_profile (by_nmap)));
  g_assert_true (road_host_get_timed_out (nmaps_host));
}

/* A report from a computer whose clock is wrong could not be opened again. */
static void
test_early (void)
{
  const int years[] = { 1, 1900, 1969 };

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autoptr (RoadProfile) profile = road_profile_new (NULL);
      g_autoptr (RoadReport) report = road_report_new ("10.0.0.1", profile);
      g_autoptr (GDateTime) started = g_date_time_new_utc (years[i], 12, 31, 23, 59, 0);
      const RoadFormat formats[] = { ROAD_FORMAT_XML, ROAD_FORMAT_JSON };

      road_report_set_started (report, started);
      road_report_finish (report, ROAD_REPORT_FINISHED, started, 0);
      for (guint j = 0; j < G_N_ELEMENTS (formats); j++)
        {
          g_autofree char *text = write_report (formats[j], report, ROAD_FORMAT_FLAGS_NONE);
          g_autoptr (RoadReport) again = open_again (text);

          g_assert_nonnull (road_report_get_started (again));
          g_assert_true (g_date_time_equal (road_report_get_started (again), started));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/xml/round-trip", test_round_trip);
  g_test_add_func ("/format/xml/sample", test_sample);
  g_test_add_func ("/format/xml/names", test_names);
  g_test_add_func ("/format/xml/opened", test_opened);
  g_test_add_func ("/format/xml/early", test_early);

  return g_test_run ();
}

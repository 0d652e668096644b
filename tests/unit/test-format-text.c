/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "comma-locale.h"
#include "sample-report.h"

#include <string.h>

#include "engine/base/road-text-escape.h"

/* What is expected here was printed by nmap 7.93 (-sT) for real listeners on loopback and behind
 * nftables rules, but for the program's name, URL and version. */

#define HEADING                                                                                    \
  "Starting Roadstead " PACKAGE_VERSION " ( " PACKAGE_URL " ) at 2026-11-21 07:08 UTC\n"

static RoadReport *
new_report (gboolean open_only)
{
  g_autoptr (RoadProfile) profile = road_profile_new ("open-only", open_only, NULL);
  g_autoptr (GDateTime) started = g_date_time_new_utc (2026, 11, 21, 7, 8, 0);
  RoadReport *report = road_report_new ("targets", profile);

  road_report_set_started (report, started);

  return report;
}

static void
assert_text (RoadReport *report,
             RoadReportStatus status,
             RoadFormatFlags flags,
             const char *expected)
{
  g_autofree char *text = NULL;

  if (status != ROAD_REPORT_RUNNING)
    road_report_finish (report, status, NULL, 0.09);
  text = write_report (ROAD_FORMAT_TEXT, report, flags);
  g_assert_cmpstr (text, ==, expected);
}

/* People and scripts that read nmap's output could not read ours: the most common form. */
static void
test_common (void)
{
  g_autoptr (RoadReport) report = new_report (FALSE);
  g_autoptr (RoadHost) host = new_host ("127.0.0.1", "localhost", 120);

  add_range (host, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "1000-1997");
  add_open (host, 22, 100);
  add_open (host, 8080, 100);
  add_host (report, host);

  assert_text (report, ROAD_REPORT_FINISHED, ROAD_FORMAT_FLAGS_NONE,
               HEADING "Nmap scan report for localhost (127.0.0.1)\n"
                       "Host is up (0.00012s latency).\n"
                       "Not shown: 998 closed tcp ports (conn-refused)\n"
                       "PORT     STATE SERVICE\n"
                       "22/tcp   open  ssh\n"
                       "8080/tcp open  http-alt\n"
                       "\n"
                       "Roadstead done: 1 IP address (1 host up) scanned in 0.09 seconds\n");
}

/* The columns would not line up, or the blank line between the hosts be missing. */
static void
test_columns (void)
{
  g_autoptr (RoadReport) report = new_report (FALSE);
  g_autoptr (RoadHost) first = new_host ("127.0.0.1", "localhost", 95);
  g_autoptr (RoadHost) second = new_host ("127.0.0.2", NULL, 190);

  add_range (first, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "1");
  add_open (first, 45022, 90);
  add_open (first, 45080, 90);
  add_range (second, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "1,45022");
  add_open (second, 45080, 90);
  add_host (report, first);
  add_host (report, second);

  assert_text (report, ROAD_REPORT_FINISHED, ROAD_FORMAT_FLAGS_NONE,
               HEADING "Nmap scan report for localhost (127.0.0.1)\n"
                       "Host is up (0.000095s latency).\n"
                       "\n"
                       "PORT      STATE  SERVICE\n"
                       "1/tcp     closed tcpmux\n"
                       "45022/tcp open   unknown\n"
                       "45080/tcp open   unknown\n"
                       "\n"
                       "Nmap scan report for 127.0.0.2\n"
                       "Host is up (0.00019s latency).\n"
                       "\n"
                       "PORT      STATE  SERVICE\n"
                       "1/tcp     closed tcpmux\n"
                       "45022/tcp closed unknown\n"
                       "45080/tcp open   unknown\n"
                       "\n"
                       "Roadstead done: 2 IP addresses (2 hosts up) scanned in 0.09 seconds\n");
}

/* A user who asks why would not see it, or not who sent the rejection. */
static void
test_reasons (void)
{
  g_autoptr (RoadReport) report = new_report (FALSE);
  g_autoptr (RoadHost) host = new_host ("10.9.0.1", NULL, 200);

  add_open (host, 22, 100);
  add_range (host, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "80");
  add_range (host, ROAD_PORT_FILTERED, ROAD_REASON_HOST_UNREACH, "10.0.0.1", "443");
  add_range (host, ROAD_PORT_FILTERED, ROAD_REASON_NO_RESPONSE, NULL, "65000");
  add_host (report, host);

  assert_text (report, ROAD_REPORT_FINISHED, ROAD_FORMAT_FLAGS_REASON,
               HEADING "Nmap scan report for 10.9.0.1\n"
                       "Host is up, received syn-ack (0.00020s latency).\n"
                       "\n"
                       "PORT      STATE    SERVICE REASON\n"
                       "22/tcp    open     ssh     syn-ack\n"
                       "80/tcp    closed   http    conn-refused\n"
                       "443/tcp   filtered https   host-unreach from 10.0.0.1\n"
                       "65000/tcp filtered unknown no-response\n"
                       "\n"
                       "Roadstead done: 1 IP address (1 host up) scanned in 0.09 seconds\n");
}

/* What was left out would not be counted right: by state, by reason, the most frequent first, and
 * the same reason from two routers together. */
static void
test_not_shown (void)
{
  g_autoptr (RoadReport) report = new_report (FALSE);
  g_autoptr (RoadHost) host = new_host ("10.9.0.1", NULL, 97);

  add_range (host, ROAD_PORT_FILTERED, ROAD_REASON_NO_RESPONSE, NULL, "500-540");
  add_range (host, ROAD_PORT_FILTERED, ROAD_REASON_HOST_UNREACH, "10.0.0.1", "400-430");
  add_range (host, ROAD_PORT_FILTERED, ROAD_REASON_HOST_UNREACH, "10.0.0.2", "431-450");
  add_range (host, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "600-700");
  add_open (host, 22, 0);
  add_host (report, host);

  assert_text (report, ROAD_REPORT_FINISHED, ROAD_FORMAT_FLAGS_NONE,
               HEADING "Nmap scan report for 10.9.0.1\n"
                       "Host is up (0.000097s latency).\n"
                       "Not shown: 101 closed tcp ports (conn-refused), 51 filtered tcp ports "
                       "(host-unreach), 41 filtered tcp ports (no-response)\n"
                       "PORT   STATE SERVICE\n"
                       "22/tcp open  ssh\n"
                       "\n"
                       "Roadstead done: 1 IP address (1 host up) scanned in 0.09 seconds\n");
}

/* A host without anything worth a line would look as if it had not been scanned. */
static void
test_all_ignored (void)
{
  g_autoptr (RoadReport) report = new_report (FALSE);
  g_autoptr (RoadHost) host = new_host ("10.9.0.1", "gate", 70);

  add_range (host, ROAD_PORT_FILTERED, ROAD_REASON_NO_RESPONSE, NULL, "500-540");
  add_range (host, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "600-640");
  add_host (report, host);

  assert_text (report, ROAD_REPORT_FINISHED, ROAD_FORMAT_FLAGS_NONE,
               HEADING "Nmap scan report for gate (10.9.0.1)\n"
                       "Host is up (0.000070s latency).\n"
                       "All 82 scanned ports on gate (10.9.0.1) are in ignored states.\n"
                       "Not shown: 41 closed tcp ports (conn-refused), 41 filtered tcp ports "
                       "(no-response)\n"
                       "\n"
                       "Roadstead done: 1 IP address (1 host up) scanned in 0.09 seconds\n");
}

/* --open would show closed ports or hosts without open ones, or lose the count of the others. */
static void
test_open_only (void)
{
  g_autoptr (RoadReport) report = new_report (TRUE);
  g_autoptr (RoadHost) first = new_host ("127.0.0.1", NULL, 95);
  g_autoptr (RoadHost) second = new_host ("127.0.0.2", NULL, 95);
  g_autoptr (RoadHost) third = new_host ("127.0.0.3", NULL, 0);

  add_range (first, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "1");
  add_open (first, 45022, 90);
  add_range (second, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "1,45022");
  road_host_set_state (third, ROAD_HOST_DOWN, ROAD_REASON_NO_RESPONSE);
  add_host (report, first);
  add_host (report, second);
  add_host (report, third);

  assert_text (report, ROAD_REPORT_FINISHED, ROAD_FORMAT_FLAGS_NONE,
               HEADING "Nmap scan report for 127.0.0.1\n"
                       "Host is up (0.000095s latency).\n"
                       "Not shown: 1 closed tcp port (conn-refused)\n"
                       "PORT      STATE SERVICE\n"
                       "45022/tcp open  unknown\n"
                       "\n"
                       "Roadstead done: 3 IP addresses (2 hosts up) scanned in 0.09 seconds\n");
}

/* Addresses that were not scanned would go unmentioned, and the address's own name be lost. */
static void
test_names (void)
{
  g_autoptr (RoadReport) report = new_report (FALSE);
  const char *const others[] = { "::1", "127.0.0.9", NULL };
  RoadAddress address;
  g_autoptr (RoadHost) named = NULL;
  g_autoptr (RoadHost) same = NULL;
  g_autoptr (RoadHost) ptr_only = new_host ("10.0.0.3", NULL, 0);
  g_autoptr (RoadHost) several = NULL;

  g_assert_true (road_address_parse (&address, "127.0.0.1"));
  named = road_host_new (&address, "localhost", others);
  road_host_set_state (named, ROAD_HOST_UP, ROAD_REASON_CONN_REFUSED);
  road_host_set_ptr_name (named, "vm.example");
  road_host_set_done (named);
  add_range (named, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "1");
  add_host (report, named);

  same = new_host ("10.0.0.2", "Gate.Example", 0);
  road_host_set_ptr_name (same, "gate.example");
  add_range (same, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "1");
  add_host (report, same);

  road_host_set_ptr_name (ptr_only, "three.example");
  add_range (ptr_only, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "1");
  add_host (report, ptr_only);

  g_assert_true (road_address_parse (&address, "10.0.0.4"));
  several = road_host_new (&address, "one.example", others);
  road_host_add_user_name (several, "two.example");
  road_host_add_user_name (several, "three\n");
  road_host_set_ptr_name (several, "TWO.example");
  road_host_set_state (several, ROAD_HOST_UP, ROAD_REASON_CONN_REFUSED);
  road_host_set_done (several);
  add_range (several, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "1");
  add_host (report, several);

  assert_text (report, ROAD_REPORT_FINISHED, ROAD_FORMAT_FLAGS_NONE,
               HEADING "Nmap scan report for localhost (127.0.0.1)\n"
                       "Host is up.\n"
                       "Other addresses for localhost (not scanned): ::1 127.0.0.9\n"
                       "rDNS record for 127.0.0.1: vm.example\n"
                       "\n"
                       "PORT  STATE  SERVICE\n"
                       "1/tcp closed tcpmux\n"
                       "\n"
                       "Nmap scan report for Gate.Example (10.0.0.2)\n"
                       "Host is up.\n"
                       "\n"
                       "PORT  STATE  SERVICE\n"
                       "1/tcp closed tcpmux\n"
                       "\n"
                       "Nmap scan report for three.example (10.0.0.3)\n"
                       "Host is up.\n"
                       "\n"
                       "PORT  STATE  SERVICE\n"
                       "1/tcp closed tcpmux\n"
                       "\n"
                       "Nmap scan report for one.example (10.0.0.4)\n"
                       "Host is up.\n"
                       "Other names for 10.0.0.4: two.example three\\010\n"
                       "Other addresses for one.example and its other names (not scanned): ::1 "
                       "127.0.0.9\n"
                       "\n"
                       "PORT  STATE  SERVICE\n"
                       "1/tcp closed tcpmux\n"
                       "\n"
                       "Roadstead done: 4 IP addresses (4 hosts up) scanned in 0.09 seconds\n");
}

/* A host that never answered would be called up. */
static void
test_silent_and_down (void)
{
  g_autoptr (RoadReport) report = new_report (FALSE);
  g_autoptr (RoadHost) silent = new_host ("10.0.0.1", NULL, 0);
  g_autoptr (RoadHost) down = new_host ("10.0.0.2", "gone", 0);

  road_host_set_state (silent, ROAD_HOST_UNKNOWN, ROAD_REASON_NO_RESPONSE);
  add_range (silent, ROAD_PORT_FILTERED, ROAD_REASON_NO_RESPONSE, NULL, "1-41");
  road_host_set_state (down, ROAD_HOST_DOWN, ROAD_REASON_NO_RESPONSE);
  add_host (report, silent);
  add_host (report, down);

  assert_text (report, ROAD_REPORT_FINISHED, ROAD_FORMAT_FLAGS_NONE,
               HEADING "Nmap scan report for 10.0.0.1\n"
                       "Host did not answer.\n"
                       "All 41 scanned ports on 10.0.0.1 are in ignored states.\n"
                       "Not shown: 41 filtered tcp ports (no-response)\n"
                       "\n"
                       "Nmap scan report for gone (10.0.0.2) [host down]\n"
                       "Roadstead done: 2 IP addresses (0 hosts up) scanned in 0.09 seconds\n");
  assert_text (report, ROAD_REPORT_FINISHED, ROAD_FORMAT_FLAGS_REASON,
               HEADING "Nmap scan report for 10.0.0.1\n"
                       "Host did not answer.\n"
                       "All 41 scanned ports on 10.0.0.1 are in ignored states.\n"
                       "Not shown: 41 filtered tcp ports (no-response)\n"
                       "\n"
                       "Nmap scan report for gone (10.0.0.2) [host down, received no-response]\n"
                       "Roadstead done: 2 IP addresses (0 hosts up) scanned in 0.09 seconds\n");
}

/* A host that timed out would look as if all its ports had been scanned, or lose its results. */
static void
test_timed_out (void)
{
  g_autoptr (RoadReport) report = new_timed_out_report ();
  g_autofree char *text = NULL;

  finish_sample (report, ROAD_REPORT_FINISHED);
  text = write_report (ROAD_FORMAT_TEXT, report, ROAD_FORMAT_FLAGS_NONE);
  g_assert_cmpstr (strchr (text, '\n') + 1, ==,
                   "Nmap scan report for one.test (10.0.0.1)\n"
                   "Host is up.\n"
                   "Other names for 10.0.0.1: two.test\n"
                   "Other addresses for one.test and its other names (not scanned): 10.0.0.9\n"
                   "Skipping host one.test (10.0.0.1) due to host timeout\n"
                   "Timed out: 3 of 100 ports scanned.\n"
                   "\n"
                   "PORT   STATE  SERVICE\n"
                   "22/tcp open   ssh\n"
                   "23/tcp closed telnet\n"
                   "24/tcp closed lmtp\n"
                   "\n"
                   "Nmap scan report for three.test (10.0.0.2)\n"
                   "Host is up.\n"
                   "Other names for 10.0.0.2: four.test\n"
                   "\n"
                   "PORT  STATE SERVICE\n"
                   "1/tcp open  tcpmux\n"
                   "2/tcp open  unknown\n"
                   "Note: Answers on every port: probably a protection device\n"
                   "\n"
                   "Roadstead done: 2 IP addresses (2 hosts up) scanned in 12.34 seconds\n");
}

/* A host discovery would list no hosts, or ports. */
static void
test_hosts (void)
{
  for (gboolean open_only = FALSE; open_only <= TRUE; open_only++)
    {
      g_autoptr (RoadReport) report = new_hosts_report (open_only);
      g_autofree char *text = NULL;

      finish_sample (report, ROAD_REPORT_FINISHED);
      text = write_report (ROAD_FORMAT_TEXT, report, ROAD_FORMAT_FLAGS_NONE);
      g_assert_cmpstr (strchr (text, '\n') + 1, ==,
                       "Nmap scan report for one.test (10.0.0.1)\n"
                       "Host is up (0.000073s latency).\n"
                       "rDNS record for 10.0.0.1: ptr.test\n"
                       "Nmap scan report for 10.0.0.2 [host down]\n"
                       "Roadstead done: 4 IP addresses (1 host up) scanned in 12.34 seconds\n");
    }
}

/* A stopped scan would look complete, or targets that could not be scanned would not be mentioned. */
static void
test_not_finished (void)
{
  g_autoptr (RoadPortSet) ports = road_port_set_parse ("1-100", NULL);
  g_autoptr (RoadPortSet) excluded = road_port_set_parse ("91-200", NULL);
  g_autoptr (RoadProfile) profile =
      road_profile_new ("ports", ports, "exclude-ports", excluded, NULL);
  g_autoptr (RoadReport) report = road_report_new ("10.0.0.0/28 nosuch", profile);
  g_autoptr (RoadHost) done = new_host ("10.0.0.1", NULL, 0);
  g_autoptr (RoadHost) half = NULL;
  g_autoptr (RoadHost) untouched = NULL;
  RoadAddress address;
  const char *hosts = "Nmap scan report for 10.0.0.1\n"
                      "Host is up.\n"
                      "\n"
                      "PORT   STATE SERVICE\n"
                      "22/tcp open  ssh\n"
                      "\n"
                      "Nmap scan report for 10.0.0.2\n"
                      "Host is up.\n"
                      "Not finished: 41 of 90 ports scanned.\n"
                      "All 41 scanned ports on 10.0.0.2 are in ignored states.\n"
                      "Not shown: 41 closed tcp ports (conn-refused)\n"
                      "\n"
                      "Nmap scan report for 10.0.0.3\n"
                      "Host has not answered so far.\n"
                      "Not finished: 0 of 90 ports scanned.\n"
                      "\n"
                      "Cannot find “nosuch”.\n";
  static const struct
  {
    RoadReportStatus status;
    const char *end;
  } cases[] = {
    { ROAD_REPORT_RUNNING, "Roadstead is still scanning: 1 of 16 IP addresses (2 hosts up) scanned "
                           "in 0.00 seconds\n" },
    { ROAD_REPORT_STOPPED,
      "Roadstead stopped: 1 of 16 IP addresses (2 hosts up) scanned in 0.09 seconds\n" },
    { ROAD_REPORT_FAILED,
      "Roadstead failed: 1 of 16 IP addresses (2 hosts up) scanned in 0.09 seconds\n" },
  };

  add_open (done, 22, 0);
  add_host (report, done);
  g_assert_true (road_address_parse (&address, "10.0.0.2"));
  half = road_host_new (&address, NULL, NULL);
  road_host_set_state (half, ROAD_HOST_UP, ROAD_REASON_CONN_REFUSED);
  add_range (half, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "10-50");
  add_host (report, half);
  g_assert_true (road_address_parse (&address, "10.0.0.3"));
  untouched = road_host_new (&address, NULL, NULL);
  add_host (report, untouched);
  road_report_set_n_targets (report, 16);
  road_report_add_problem (report, "Cannot find “nosuch”.");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *expected =
          g_strconcat ("Starting Roadstead " PACKAGE_VERSION " ( " PACKAGE_URL " )\n", hosts,
                       cases[i].end, NULL);

      assert_text (report, cases[i].status, ROAD_FORMAT_FLAGS_NONE, expected);
    }
}

/* Latencies would have other digits than nmap's. */
static void
test_latencies (void)
{
  static const struct
  {
    guint latency_us;
    const char *text;
  } cases[] = {
    { 1, "0.0000010" }, { 9, "0.0000090" },   { 10, "0.000010" }, { 73, "0.000073" },
    { 99, "0.000099" }, { 100, "0.00010" },   { 104, "0.00010" }, { 106, "0.00011" },
    { 999, "0.00100" }, { 1000, "0.0010" },   { 95123, "0.095" }, { 100000, "0.10" },
    { 717000, "0.72" }, { 1000000, "1.0" },   { 1260000, "1.3" }, { 9960000, "10.0" },
    { 12300000, "12" }, { 156000000, "160" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoadReport) report = new_report (FALSE);
      g_autoptr (RoadHost) host = new_host ("10.0.0.1", NULL, cases[i].latency_us);
      g_autofree char *text = NULL;
      g_autofree char *expected = g_strdup_printf ("\nHost is up (%ss latency).\n", cases[i].text);

      add_host (report, host);
      text = write_report (ROAD_FORMAT_TEXT, report, ROAD_FORMAT_FLAGS_NONE);
      if (strstr (text, expected) == NULL)
        g_error ("%u µs: “%s” is not in:\n%s", cases[i].latency_us, cases[i].text, text);
    }
}

/* The operator of a name server could control the user's terminal, or forge lines of a report. */
static void
test_escapes (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "", "" },
    { "gate.example", "gate.example" },
    { "größe.例え", "größe.例え" },
    { "a\\b", "a\\\\b" },
    { "\x1b[2Jx", "\\027[2Jx" },
    { "a\nNmap scan report for b", "a\\010Nmap scan report for b" },
    { "a\rb\tc\x7f", "a\\013b\\009c\\127" },
    { "\xc2\x9b"
      "31m",
      "\\194\\15531m" },
    { "a\xe2\x80\xae"
      "b",
      "a\\226\\128\\174b" },
    { "a\xff\xfe", "a\\255\\254" },
    { "a\xe2\x80", "a\\226\\128" },
    { "\xed\xa0\x80", "\\237\\160\\128" },
    { "a\xe2\x80\xa8"
      "b",
      "a\\226\\128\\168b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      road_text_append_escaped (out, cases[i].text);
      g_assert_cmpstr (out->str, ==, cases[i].expected);
    }
}

/* A name with an escape would reach the terminal from one of the places where names stand. */
static void
test_escaped_everywhere (void)
{
  const char *const others[] = { "\x1b[4m", NULL };
  g_autoptr (RoadReport) report = new_report (TRUE);
  g_autoptr (RoadHost) named = NULL;
  g_autoptr (RoadHost) ptr_only = new_host ("10.0.0.2", NULL, 0);
  g_autofree char *text = NULL;
  RoadAddress address;

  g_assert_true (road_address_parse (&address, "10.0.0.1"));
  named = road_host_new (&address, "\x1b[1m", others);
  road_host_set_state (named, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  road_host_set_ptr_name (named, "\x1b[2m");
  add_open (named, 22, 0);
  add_host (report, named);
  road_host_set_ptr_name (ptr_only, "\x1b[3m\n");
  add_open (ptr_only, 22, 0);
  add_host (report, ptr_only);
  road_report_add_problem (report, "\x1b[5m");
  road_report_set_scanner (report, "\x1b[6m", "\x1b[7m", "\x1b[8m");

  text = write_report (ROAD_FORMAT_TEXT, report, ROAD_FORMAT_FLAGS_REASON);
  g_assert_null (strchr (text, '\x1b'));
  for (char number = '1'; number <= '7'; number++)
    {
      const char expected[] = { '\\', '0', '2', '7', '[', number, 'm', '\0' };

      g_assert_nonnull (strstr (text, expected));
    }
}

/* In a locale with a decimal comma scripts could not read the numbers. */
static void
test_locale (void)
{
  g_autofree char *old = g_strdup (setlocale (LC_ALL, NULL));

  if (!comma_locale_begin ())
    return;
  test_common ();
  comma_locale_end (old);
}

/* The wrong format would be written for a file's name. */
static void
test_suffixes (void)
{
  static const struct
  {
    const char *name;
    int format;
  } cases[] = {
    { "scan.txt", ROAD_FORMAT_TEXT },
    { "scan.nmap", ROAD_FORMAT_TEXT },
    { "scan.json", ROAD_FORMAT_JSON },
    { "/tmp/a.b/SCAN.JSON", ROAD_FORMAT_JSON },
    { "scan", -1 },
    { "scan.", -1 },
    { ".json", -1 },
    { "scan.xml", ROAD_FORMAT_XML },
    { "scan.gnmap", ROAD_FORMAT_GREPABLE },
    { "scan.csv", ROAD_FORMAT_CSV },
    { "scan.html", ROAD_FORMAT_HTML },
    { "scan.htm", ROAD_FORMAT_HTML },
    { "scan.pdf", -1 },
    { "scan.json.gz", -1 },
    { "", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RoadFormat format = ROAD_FORMAT_TEXT;

      g_assert_true (road_format_from_file_name (cases[i].name, &format) == (cases[i].format >= 0));
      if (cases[i].format >= 0)
        g_assert_cmpint (format, ==, cases[i].format);
    }

  for (RoadFormat format = ROAD_FORMAT_TEXT; format < ROAD_N_FORMATS; format++)
    {
      g_autofree char *name = g_strconcat ("a", road_format_get_suffix (format), NULL);
      RoadFormat found;

      g_assert_true (road_format_from_file_name (name, &found));
      g_assert_cmpint (found, ==, format);
      g_assert_true (road_format_from_name (road_format_get_name (format), &found));
      g_assert_cmpint (found, ==, format);
    }
}

/* Losing this: what nmap found out is not in the report, or not where its readers look for it. */
static void
test_versions (void)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (RoadReport) report = road_report_new ("10.0.0.1", profile);
  g_autoptr (RoadHost) host = new_host ("10.0.0.1", NULL, 0);
  g_autofree char *text = NULL;

  add_open (host, 22, 0);
  add_open (host, 80, 0);
  add_open (host, 8443, 0);
  road_host_set_service (host, 22, NULL, "OpenSSH 9.2p1 Debian\x1b[2J");
  road_host_set_service (host, 8443, "ssl/http", NULL);
  road_host_add_note (host, 80, "http-title", "Welcome");
  road_host_add_note (host, 22, "ssh-hostkey", "\n  256 aa:bb\n  512 cc:dd\n");
  road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_MAC, "02:00:00:00:00:01 (Maker)");
  road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_OS, "Linux 5.X");
  road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_UPTIME, "129600");
  road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_DISTANCE, "2");
  road_host_add_note (host, ROAD_NOTE_HOST, "clock-skew", "1s");
  add_host (report, host);
  text = write_report (ROAD_FORMAT_TEXT, report, ROAD_FORMAT_FLAGS_REASON);

  g_assert_nonnull (strstr (text, "\nPORT     STATE SERVICE  REASON  VERSION\n"
                                  "22/tcp   open  ssh      syn-ack OpenSSH 9.2p1 Debian\\027[2J\n"
                                  "| ssh-hostkey:\n"
                                  "|   256 aa:bb\n"
                                  "|_  512 cc:dd\n"
                                  "80/tcp   open  http     syn-ack\n"
                                  "|_http-title: Welcome\n"
                                  "8443/tcp open  ssl/http syn-ack\n"
                                  "MAC Address: 02:00:00:00:00:01 (Maker)\n"
                                  "OS details: Linux 5.X\n"
                                  "Uptime guess: 1.500 days\n"
                                  "Network Distance, in hops: 2\n"
                                  "Device type: server (guess)\n"
                                  "\n"
                                  "Host script results:\n"
                                  "|_clock-skew: 1s\n"
                                  "\n"));
}

/* Losing this: the user looks for the vendor of an address that has none. */
static void
test_mac (void)
{
  static const struct
  {
    const char *note;
    const char *line;
  } cases[] = {
    { "B8:27:EB:01:02:03 (Raspberry Pi Foundation)",
      "\nMAC Address: B8:27:EB:01:02:03 (Raspberry Pi Foundation)\n" },
    { "02:00:00:00:00:01", "\nMAC Address: 02:00:00:00:00:01 (random or virtual)\n" },
    { "F0:00:00:00:00:01", "\nMAC Address: F0:00:00:00:00:01 (Unknown)\n" },
    { "a cable", "\nMAC Address: a cable\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoadProfile) profile = road_profile_new (NULL);
      g_autoptr (RoadReport) report = road_report_new ("10.0.0.1", profile);
      g_autoptr (RoadHost) host = new_host ("10.0.0.1", NULL, 0);
      g_autofree char *text = NULL;

      add_open (host, 22, 0);
      road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_MAC, cases[i].note);
      add_host (report, host);
      text = write_report (ROAD_FORMAT_TEXT, report, ROAD_FORMAT_FLAGS_NONE);
      g_assert_nonnull (strstr (text, cases[i].line));
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/text/common", test_common);
  g_test_add_func ("/format/text/columns", test_columns);
  g_test_add_func ("/format/text/mac", test_mac);
  g_test_add_func ("/format/text/reasons", test_reasons);
  g_test_add_func ("/format/text/not-shown", test_not_shown);
  g_test_add_func ("/format/text/all-ignored", test_all_ignored);
  g_test_add_func ("/format/text/open-only", test_open_only);
  g_test_add_func ("/format/text/names", test_names);
  g_test_add_func ("/format/text/silent-and-down", test_silent_and_down);
  g_test_add_func ("/format/text/not-finished", test_not_finished);
  g_test_add_func ("/format/text/timed-out", test_timed_out);
  g_test_add_func ("/format/text/hosts", test_hosts);
  g_test_add_func ("/format/text/latencies", test_latencies);
  g_test_add_func ("/format/text/escapes", test_escapes);
  g_test_add_func ("/format/text/escaped-everywhere", test_escaped_everywhere);
  g_test_add_func ("/format/text/locale", test_locale);
  g_test_add_func ("/format/suffixes", test_suffixes);
  g_test_add_func ("/format/text/versions", test_versions);

  return g_test_run ();
}

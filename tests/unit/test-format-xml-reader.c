/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "format-fixture.h"
#include "slowness.h"

#include <string.h>
#include <time.h>

#include "engine/base/road-error.h"

static char *
load (const char *name, gsize *length)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;

  g_file_get_contents (path, &data, length, &error);
  g_assert_no_error (error);

  return data;
}

static RoadReport *
read_file (const char *name)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *data = load (name, &length);
  RoadReport *report = read_report (data, (gssize) length, &error);

  g_assert_no_error (error);

  return report;
}

static RoadHost *
get_host (RoadReport *report, guint index)
{
  RoadHost *host = g_list_model_get_item (G_LIST_MODEL (report), index);

  g_assert_nonnull (host);
  g_object_unref (host); /* the report has it */

  return host;
}

static void
assert_group (RoadHost *host, RoadPortState state, RoadReason reason, const char *ports)
{
  for (guint i = 0; i < road_host_get_n_groups (host); i++)
    {
      const RoadPortGroup *group = road_host_get_group (host, i);
      g_autofree char *text = road_port_set_to_string (group->ports);

      if (group->state == state && group->reason == reason && g_str_equal (text, ports))
        return;
    }

  g_error ("%s has no ports %s in that state", road_host_get_address_string (host), ports);
}

/* What nmap found out with all its options would be lost or shown wrongly. */
static void
test_versions (void)
{
  g_autoptr (RoadReport) report = read_file ("nmap-versions");
  static const struct
  {
    int port;
    const char *name;
    const char *text;
  } notes[] = {
    { ROAD_NOTE_HOST, ROAD_NOTE_OS, "Linux 5.3 - 5.4 (96%)" },
    { ROAD_NOTE_HOST, ROAD_NOTE_UPTIME, "2" },
    { ROAD_NOTE_HOST, ROAD_NOTE_DISTANCE, "1" },
    { ROAD_NOTE_HOST, ROAD_NOTE_MAC, "00:1B:21:00:00:20 (Intel Corporate)" },
    { 22, "banner", "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3" },
    { 2222, "banner", "SSH-2.0-dropbear_2022.83" },
  };
  RoadHost *down = get_host (report, 0);
  RoadHost *host = get_host (report, 1);

  g_assert_cmpstr (road_report_get_scanner_name (report), ==, "nmap");
  g_assert_cmpstr (road_report_get_scanner_version (report), ==, "7.93");
  g_assert_cmpstr (road_report_get_scan_type (report), ==, "syn");
  g_assert_cmpstr (road_report_get_targets (report), ==, "192.0.2.20 192.0.2.21");
  g_assert_cmpstr (road_port_set_get_text (road_report_get_profile (report)->ports), ==,
                   "1-1000,2222");
  g_assert_cmpint (g_date_time_to_unix (road_report_get_started (report)), ==, 1795257969);
  g_assert_cmpint (road_report_get_status (report), ==, ROAD_REPORT_FINISHED);
  g_assert_cmpfloat (road_report_get_elapsed (report), ==, 13.88);
  g_assert_cmpuint (road_report_get_n_targets (report), ==, 2);
  g_assert_cmpuint (road_report_get_n_unlisted_down (report), ==, 0);
  g_assert_null (road_report_get_problems (report)[0]);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (report)), ==, 2);
  g_assert_cmpint (road_host_get_state (down), ==, ROAD_HOST_DOWN);
  g_assert_cmpint (road_host_get_reason (down), ==, ROAD_REASON_NO_RESPONSE);
  g_assert_cmpint (road_host_get_state (host), ==, ROAD_HOST_UP);
  g_assert_cmpint (road_host_get_reason (host), ==, ROAD_REASON_ARP_RESPONSE);
  g_assert_true (road_host_get_done (host));
  assert_group (host, ROAD_PORT_CLOSED, ROAD_REASON_RESET, "1-21,23-1000");
  assert_group (host, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK, "22,2222");
  g_assert_cmpstr (road_host_get_version (host, 22), ==,
                   "OpenSSH 9.2p1 Debian 2+deb12u3 (protocol 2.0)");
  g_assert_cmpstr (road_host_get_version (host, 2222), ==, "Dropbear sshd 2022.83 (protocol 2.0)");
  g_assert_cmpstr (road_host_get_service_name (host, 2222), ==, "ssh");

  g_assert_cmpuint (road_host_get_n_notes (host), ==, G_N_ELEMENTS (notes));
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      g_assert_cmpint (note->port, ==, notes[i].port);
      g_assert_cmpstr (note->name, ==, notes[i].name);
      if (!g_str_equal (note->name, ROAD_NOTE_UPTIME))
        g_assert_cmpstr (note->text, ==, notes[i].text);
    }
}

/* What was opened from XML could not be saved without losing what our own scans do not know. */
static void
test_saved_as_json (void)
{
  static const char *const names[] = { "nmap-versions", "nmap-udp", "nmap-7.80",
                                       "nmap-repeated-host", "masscan" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (RoadReport) report = read_file (names[i]);
      g_autoptr (GError) error = NULL;
      g_autofree char *json = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
      g_autoptr (RoadReport) again = read_report (json, -1, &error);
      g_autofree char *json_again = NULL;

      g_assert_no_error (error);
      json_again = write_report (ROAD_FORMAT_JSON, again, ROAD_FORMAT_FLAGS_NONE);
      g_assert_cmpstr (json, ==, json_again);
    }
}

/* Saved as text, what nmap found would be said to be ours, or lack what nmap's own text has. */
static void
test_saved_as_text (void)
{
  g_autoptr (RoadReport) report = read_file ("nmap-versions");
  g_autofree char *text = write_report (ROAD_FORMAT_TEXT, report, ROAD_FORMAT_FLAGS_NONE);

  g_assert_true (g_str_has_prefix (text, "Starting nmap 7.93 at "));
  g_assert_nonnull (strstr (text, "\nPORT     STATE SERVICE VERSION\n"
                                  "22/tcp   open  ssh     OpenSSH 9.2p1 Debian 2+deb12u3 "
                                  "(protocol 2.0)\n"
                                  "|_banner: SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\n"));
  g_assert_nonnull (strstr (text, "\nMAC Address: 00:1B:21:00:00:20 (Intel Corporate)\n"));
}

/* UDP ports would be taken for TCP ports, or skipped silently. */
static void
test_udp (void)
{
  g_autoptr (RoadReport) report = read_file ("nmap-udp");
  RoadHost *host = get_host (report, 0);

  g_assert_cmpuint (road_host_get_n_groups (host), ==, 1);
  assert_group (host, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, "12222");
  g_assert_cmpstr (road_host_get_user_name (host), ==, "localhost");
  g_assert_cmpstr (road_host_get_ptr_name (host), ==, "localhost");
  g_assert_cmpstr (road_report_get_targets (report), ==, "localhost");
  g_assert_cmpstr (road_report_get_problems (report)[0], ==,
                   "3 ports were skipped because they are not TCP ports");
  g_assert_null (road_report_get_problems (report)[1]);
}

/* Files of the nmap that many distributions still have would be read without the ports that are only
 * counted, or with wrong ones. */
static void
test_counts_only (void)
{
  g_autoptr (RoadReport) report = read_file ("nmap-7.80");
  RoadHost *one_state = get_host (report, 0);
  RoadHost *two_states = get_host (report, 1);
  RoadHost *timed_out = get_host (report, 2);

  assert_group (one_state, ROAD_PORT_FILTERED, ROAD_REASON_NO_RESPONSE, "1-21,23-79,81-100");
  assert_group (one_state, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, "80");
  g_assert_cmpuint (road_host_get_latency (one_state), ==, 1234);
  g_assert_cmpstr (road_host_get_title (one_state), ==, "gate.example");
  g_assert_cmpuint (road_host_get_n_groups (two_states), ==, 0);
  g_assert_cmpuint (road_host_get_latency (two_states), ==, 0);
  g_assert_true (road_host_get_done (two_states));
  g_assert_false (road_host_get_done (timed_out));
  g_assert_cmpuint (road_report_get_n_targets (report), ==, 255);
  g_assert_cmpuint (road_report_get_n_unlisted_down (report), ==, 252);
  g_assert_cmpstr (
      road_report_get_problems (report)[0], ==,
      "100 results were skipped because the file does not say which ports they are for");
  g_assert_null (road_report_get_problems (report)[1]);

  /* Not 192.0.2.0/24, as one host was excluded. */
  g_assert_cmpstr (road_report_get_targets (report), ==, "192.0.2.1 192.0.2.2 192.0.2.3");
}

/* A host that nmap scanned twice would be there twice. */
static void
test_repeated_host (void)
{
  g_autoptr (RoadReport) report = read_file ("nmap-repeated-host");
  RoadHost *host = get_host (report, 0);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (report)), ==, 2);
  assert_group (host, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK, "12222,18080");
  assert_group (host, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, "1-4,6-100");
  g_assert_cmpuint (road_host_get_n_groups (host), ==, 2);
}

/* A file of masscan with closed ports would take minutes to open. */
static void
test_many_closed (void)
{
  g_autoptr (GString) xml = g_string_new ("<nmaprun scanner=\"masscan\" start=\"1\">");
  g_autoptr (RoadReport) report = NULL;
  g_autoptr (GError) error = NULL;
  const clock_t begin = clock ();

  for (guint i = 0; i < 120000; i++)
    g_string_append_printf (xml,
                            "<host><address addr=\"10.0.0.%u\"/><ports><port protocol=\"tcp\" "
                            "portid=\"%u\"><state state=\"closed\" reason=\"rst\"/></port>"
                            "</ports></host>\n",
                            i / 60000, (i * 7919) % 60000 + 1);
  g_string_append (xml, "<runstats><finished time=\"1\"/></runstats></nmaprun>");
  report = read_report (xml->str, (gssize) xml->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (road_report_get_n_ports (report, ROAD_PORT_CLOSED), ==, 120000);
  g_assert_cmpint (clock () - begin, <, 5 * CLOCKS_PER_SEC * get_slowness ());
}

/* masscan's files, which have an element for each port, would show a host for each. */
static void
test_masscan (void)
{
  g_autoptr (RoadReport) report = read_file ("masscan");
  RoadHost *first = get_host (report, 0);
  RoadHost *second = get_host (report, 1);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (report)), ==, 2);
  g_assert_cmpuint (road_report_get_n_targets (report), ==, 2);
  g_assert_cmpint (road_host_get_state (first), ==, ROAD_HOST_UP);
  assert_group (first, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK, "80,443");
  assert_group (first, ROAD_PORT_CLOSED, ROAD_REASON_RESET, "25");
  assert_group (second, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK, "22");
  g_assert_cmpuint (road_host_get_n_notes (second), ==, 1);
  g_assert_cmpstr (road_host_get_note (second, 0)->name, ==, "ssh");
  g_assert_cmpstr (road_host_get_note (second, 0)->text, ==, "SSH-2.0-OpenSSH_9.2p1 Debian-2\r");
  g_assert_cmpstr (road_report_get_targets (report), ==, "192.0.2.7 192.0.2.8");
  g_assert_cmpstr (road_port_set_get_text (road_report_get_profile (report)->ports), ==,
                   "22,25,80,443");
  g_assert_cmpint (road_report_get_status (report), ==, ROAD_REPORT_FINISHED);
  g_assert_cmpfloat (road_report_get_elapsed (report), ==, 13);
}

/* The results of an interrupted scan would be lost, or shown as if they were complete. */
static void
test_cut_off (void)
{
  static const char *const names[] = { "nmap-versions", "masscan" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize length;
      g_autofree char *data = load (names[i], &length);
      const char *first = strstr (data, "<host ");
      const gsize minimum = (gsize) (strstr (first != NULL ? first : data, "</host>") - data);
      guint n_hosts = 0;

      for (gsize cut = 0; cut < length - 12; cut += 7)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (RoadReport) report = read_report (data, (gssize) cut, &error);

          if (report == NULL)
            {
              g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
              g_assert_nonnull (strstr (error->message, cut == 0 ? "empty" : "incomplete"));
              g_assert_cmpuint (cut, <, minimum);
              continue;
            }

          g_assert_no_error (error);
          g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (report)), >=, n_hosts);
          n_hosts = g_list_model_get_n_items (G_LIST_MODEL (report));
          g_assert_true (
              g_strv_contains (road_report_get_problems (report),
                               "The file is incomplete: it may not have finished saving"));
          g_assert_true (road_report_get_status (report) == ROAD_REPORT_STOPPED ||
                         strstr (data, "<finished") < data + cut);
        }
      g_assert_cmpuint (n_hosts, ==, 2);
    }
}

#define HOST(fields)                                                                               \
  "<nmaprun>\n<host>\n<address addr=\"10.0.0.1\"/>\n<ports>\n" fields                              \
  "\n</ports>\n</host>\n</nmaprun>"
#define PORT(id, fields) HOST ("<port protocol=\"tcp\" portid=\"" id "\">\n" fields "</port>")

static const struct
{
  const char *text;
  guint line;
  const char *message;
} broken[] = {
  { "<", 1, "The file is incomplete: it may not have finished saving" },
  { "<html></html>", 1, "The file is XML, but not a report of nmap, masscan or Roadstead" },
  { "<?xml version=\"1.0\"?>\n<svg xmlns=\"x\"/>", 2,
    "The file is XML, but not a report of nmap, masscan or Roadstead" },
  { "<nmaprun/>\n<nmaprun/>", 2,
    "The file contains several reports: put each into a file of its own" },
  { "<nmaprun>\n<host>\n</nmaprun>", 3, "The file is damaged: this is not valid XML" },
  { "<nmaprun>\n<host>\n</host></nmaprun>", 3, "A host has no address" },
  { "<nmaprun a=1/>", 1, "The file is damaged: this is not valid XML" },
  { "<nmaprun args=\"\xff\"/>", 1, "The file is damaged: its text is not valid UTF-8" },
  { "<nmaprun>\n&nbsp;</nmaprun>", 2, "The file is damaged: this is not valid XML" },
  { "<nmaprun start=\"tomorrow\"/>", 1,
    "“start” must be a whole number from 0 to 253402300799, not “tomorrow”" },
  { "<nmaprun start=\"99999999999999999999999999\"/>", 1,
    "“start” must be a whole number from 0 to 253402300799, not “99999999999999999999999999”" },
  { "<nmaprun>\n<host>\n<address addr=\"10.0.0.256\"/></host></nmaprun>", 3,
    "“10.0.0.256” is not an IP address" },
  { "<nmaprun>\n<host>\n<address/></host></nmaprun>", 3, "A host has no address" },
  { "<nmaprun>\n<host>\n<ports>\n<port protocol=\"tcp\" portid=\"1\"/></ports></host></nmaprun>", 4,
    "A host has no address" },
  { PORT ("70000", ""), 5, "“portid” must be a whole number from 0 to 65535, not “70000”" },
  { PORT ("-1", ""), 5, "“portid” must be a whole number from 0 to 65535, not “-1”" },
  { PORT ("", ""), 5, "“portid” must be a whole number from 0 to 65535, not “”" },
  { HOST ("<port protocol=\"tcp\"/>"), 5, "“portid” is missing" },
  { PORT ("80", "<state state=\"filtered\" reason_ip=\"me\"/>"), 6, "“me” is not an IP address" },
  { HOST ("<extraports state=\"closed\">\n<extrareasons count=\"3\" ports=\"x\"/></extraports>"), 6,
    "“x” is not a list of ports" },
  { HOST ("<extraports state=\"closed\">\n<extrareasons count=\"70000\"/></extraports>"), 6,
    "“count” must be a whole number from 0 to 65536, not “70000”" },
  { "<nmaprun>\n<scaninfo protocol=\"tcp\" services=\"http\"/></nmaprun>", 2,
    "“http” is not a list of ports" },
  { "<nmaprun><runstats>\n<finished elapsed=\"-1\"/></runstats></nmaprun>", 2,
    "“elapsed” must be a non-negative number that is not too large" },
  { "<nmaprun><runstats>\n<hosts total=\"many\"/></runstats></nmaprun>", 2,
    "“total” must be a whole number from 0 to 9223372036854775807, not “many”" },
  { "<!DOCTYPE nmaprun [\n<!ENTITY a \"aaaa\">\n<!ENTITY b \"&a;&a;&a;&a;\">\n]>\n<nmaprun>&b;"
    "</nmaprun>",
    4, "The file defines XML entities, which no scanner does: it was not opened" },
  { "<!DOCTYPE nmaprun [ <!ENTITY x SYSTEM \"file:///etc/passwd\"> ]><nmaprun args=\"&x;\"/>", 1,
    "The file defines XML entities, which no scanner does: it was not opened" },
  { "\x1f\x8b\x08", 1, "The file is compressed: unpack it first, with gunzip" },
  { "\xff\xfe<", 1, "The file is damaged: its text is not valid UTF-8" },
  { "# Nmap 7.93 scan initiated", 1,
    "The file is a text report: only JSON and XML (nmap -oX) can be opened" },
  { "Starting Nmap 7.93", 1,
    "The file is a text report: only JSON and XML (nmap -oX) can be opened" },
};

/* The message about a wrong file would be missing or wrong, or the program would crash. */
static void
test_broken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoadReport) report = read_report (broken[i].text, -1, &error);

      if (report != NULL)
        g_error ("This was opened: %s", broken[i].text);
      g_assert_cmpstr (error->message, ==, broken[i].message);
      g_assert_cmpuint (road_error_get_line (error), ==, broken[i].line);
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
    }
}

static char *
repeat (const char *start, const char *piece, guint times, const char *end)
{
  GString *text = g_string_new (start);

  for (guint i = 0; i < times; i++)
    g_string_append (text, piece);
  g_string_append (text, end);

  return g_string_free (text, FALSE);
}

/* A malicious file would take all memory or all time. */
static void
test_hostile (void)
{
  static const struct
  {
    const char *start;
    const char *piece;
    guint times;
    const char *end;
    const char *message;
  } files[] = {
    { "<nmaprun>", "<a>", 1000000, "", "nested too deeply" },
    { "<nmaprun args=\"", "0123456789abcdef", 5 * 1024 * 1024, "\"/>", "too large" },
    { "<nmaprun><!--", "<<<<<<<<<<<<<<<<", 5 * 1024 * 1024, "--></nmaprun>", "too large" },
    { "<nmaprun start=\"", "9999999999999999", 1024 * 1024, "\"/>", "must be a whole number" },
    { "<nmaprun ", "a=\"\" ", 1000000, "/><x", "not valid XML" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *text = repeat (files[i].start, files[i].piece, files[i].times, files[i].end);
      g_autoptr (GError) error = NULL;

      g_assert_null (read_report (text, (gssize) strlen (text), &error));
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
      if (strstr (error->message, files[i].message) == NULL)
        g_error ("File %u: %s", i, error->message);
      g_assert_cmpuint (strlen (error->message), <, 300);
    }
}

/* Opening the file would take hours: each guess at the system is compared with all that is known of the host. */
static void
test_many_systems (void)
{
  const guint n = 100000;
  g_autoptr (GString) xml = g_string_new ("<nmaprun>");
  g_autoptr (RoadReport) report = NULL;
  g_autoptr (RoadHost) host = NULL;
  g_autoptr (GError) error = NULL;

  g_string_append (xml, "<host><status state=\"up\"/><address addr=\"10.0.0.1\"/><hostscript>");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (xml, "<script id=\"s%u\" output=\"x\"/>", i);
  g_string_append (xml, "</hostscript><os>");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (xml, "<osmatch name=\"Linux %u\" accuracy=\"90\"/>", i);
  g_string_append (xml, "</os></host>");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (
        xml, "<host><address addr=\"10.0.0.1\"/><os><osmatch name=\"Linux %u\"/></os></host>", i);
  g_string_append (xml, "</nmaprun>");

  report = read_report (xml->str, (gssize) xml->len, &error);
  g_assert_no_error (error);
  host = g_list_model_get_item (G_LIST_MODEL (report), 0);
  g_assert_cmpuint (road_host_get_n_notes (host), ==, n + 1);
  g_assert_cmpstr (road_host_get_note (host, n)->text, ==, "Linux 0 (90%)");
}

/* A bit that flipped would crash the program. */
static void
test_damaged (void)
{
  gsize length;
  g_autofree char *data = load ("nmap-versions", &length);

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *copy = g_memdup2 (data, length);
      g_autoptr (RoadReport) report = NULL;
      g_autoptr (GError) error = NULL;

      for (int j = g_test_rand_int_range (1, 4); j > 0; j--)
        copy[(gsize) (g_test_rand_double () * (double) length)] =
            (char) g_test_rand_int_range (0, 256);

      report = read_report (copy, (gssize) length, &error);
      g_assert_true ((report != NULL) == (error == NULL));
    }
}

/* The wrong targets would be filled in, and the next click would scan them. */
static void
test_targets (void)
{
  static const struct
  {
    const char *arguments;
    const char *targets;
  } lines[] = {
    { "nmap -sT -T4 -p 22,80 -oX a.xml gate.example 10.0.0.0/24", "gate.example 10.0.0.0/24" },
    { "nmap -p- --min-rate=100 ::1", "::1" },
    { "nmap -iL list.txt", "10.0.0.1" },
    { "nmap --new-option value 10.0.0.0/8", "10.0.0.1" },
    { "nmap --exclude 10.0.0.2 10.0.0.0/30", "10.0.0.1" },
    { "nmap --exclude=10.0.0.2 10.0.0.0/30", "10.0.0.1" },
    { "nmap - 10.0.0.0/30", "10.0.0.1" },
    { "roadstead-cli -p 22,80 -n -T fast --max-rate 5 gate", "gate" },
    { "nmap &quot;", "10.0.0.1" },
    { "nmap -p 22 10.0.0.999", "10.0.0.1" },
    { "nmap", "10.0.0.1" },
    { "", "10.0.0.1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "<nmaprun args=\"%s\"><host><address addr=\"10.0.0.1\"/></host></nmaprun>",
          lines[i].arguments);
      g_autoptr (GError) error = NULL;
      g_autoptr (RoadReport) report = read_report (text, -1, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (road_report_get_targets (report), ==, lines[i].targets);
    }
}

/* The ports would be called by numbers that nobody typed, or be others than were scanned. */
static void
test_ports (void)
{
  static const struct
  {
    const char *arguments;
    const char *services;
    const char *ports;
  } lines[] = {
    { "nmap -p- ::1", "1-65535", "-" },
    { "nmap -p 3-1,22", "1-3,22", "1-3,22" },
    { "nmap -p 21-22,20 ::1", "20-22", "21-22,20" },
    { "nmap --ports=http ::1", "80", "http" },
    { "nmap -p http ::1", "80,8008", "80,8008" },
    { "nmap -p", "80", "80" },
    { "nmap ::1", "80", "80" },
    { "nmap '", "80", "80" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "<nmaprun args=\"%s\"><scaninfo protocol=\"tcp\" services=\"%s\"/></nmaprun>",
          lines[i].arguments, lines[i].services);
      g_autoptr (GError) error = NULL;
      g_autoptr (RoadReport) report = read_report (text, -1, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (road_port_set_get_text (road_report_get_profile (report)->ports), ==,
                       lines[i].ports);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/xml-reader/versions", test_versions);
  g_test_add_func ("/format/xml-reader/saved-as-json", test_saved_as_json);
  g_test_add_func ("/format/xml-reader/saved-as-text", test_saved_as_text);
  g_test_add_func ("/format/xml-reader/udp", test_udp);
  g_test_add_func ("/format/xml-reader/counts-only", test_counts_only);
  g_test_add_func ("/format/xml-reader/repeated-host", test_repeated_host);
  g_test_add_func ("/format/xml-reader/many-closed", test_many_closed);
  g_test_add_func ("/format/xml-reader/masscan", test_masscan);
  g_test_add_func ("/format/xml-reader/cut-off", test_cut_off);
  g_test_add_func ("/format/xml-reader/broken", test_broken);
  g_test_add_func ("/format/xml-reader/hostile", test_hostile);
  g_test_add_func ("/format/xml-reader/many-systems", test_many_systems);
  g_test_add_func ("/format/xml-reader/damaged", test_damaged);
  g_test_add_func ("/format/xml-reader/targets", test_targets);
  g_test_add_func ("/format/xml-reader/ports", test_ports);

  return g_test_run ();
}

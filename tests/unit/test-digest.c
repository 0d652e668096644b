/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "format-fixture.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "engine/base/road-error.h"
#include "formats/road-digest.h"

/* A report of so many hosts that are up, each with an open port, and one that is down. */
static RoadReport *
make_report (guint n_hosts, const char *targets)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (GDateTime) finished = g_date_time_new_utc (2026, 11, 21, 13, 5, 10.25);
  g_autoptr (GDateTime) started = g_date_time_add_seconds (finished, -90);
  g_autoptr (RoadHost) down = NULL;
  RoadReport *report = road_report_new (targets, profile);
  RoadAddress address;

  g_assert_true (road_address_parse (&address, "10.0.0.0"));
  for (guint i = 0; i < n_hosts; i++)
    {
      g_autoptr (RoadHost) host = road_host_new (&address, NULL, NULL);

      road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
      add_open (host, 22, 1000);
      add_range (host, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "1-21");
      add_host (report, host);
      road_address_add (&address, 1);
    }
  down = road_host_new (&address, NULL, NULL);
  road_host_set_state (down, ROAD_HOST_DOWN, ROAD_REASON_NO_RESPONSE);
  add_host (report, down);
  road_report_add_down (report, 6);

  road_report_set_n_targets (report, n_hosts + 7);
  road_report_set_started (report, started);
  road_report_add_problem (report, "Line one:\n],\nnot the end");
  road_report_finish (report, ROAD_REPORT_STOPPED, finished, 90);

  return report;
}

static RoadDigest *
read_text (const char *text, gssize length, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  RoadDigest *digest;
  int fd = g_file_open_tmp ("roadstead-test-XXXXXX.json", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, length, NULL));
  file = g_file_new_for_path (path);
  digest = road_digest_read (file, NULL, error);
  g_unlink (path);

  return digest;
}

static void
assert_digest (const RoadDigest *digest, const char *targets, guint n_hosts)
{
  g_autofree char *started = g_date_time_format_iso8601 (digest->started);
  g_autofree char *finished = g_date_time_format_iso8601 (digest->finished);

  g_assert_cmpstr (digest->targets, ==, targets);
  g_assert_cmpstr (started, ==, "2026-11-21T13:03:40.250000Z");
  g_assert_cmpstr (finished, ==, "2026-11-21T13:05:10.250000Z");
  g_assert_cmpint (digest->status, ==, ROAD_REPORT_STOPPED);
  g_assert_cmpuint (digest->n_up, ==, n_hosts);
  g_assert_cmpuint (digest->n_down, ==, 7);
  g_assert_cmpuint (digest->n_open, ==, n_hosts);
}

/* Losing this: the list of recent scans says of a scan what is not in it. */
static void
test_as_written (void)
{
  static const guint sizes[] = { 0, 1, 3000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (RoadReport) report = make_report (sizes[i], "10.0.0.0/20");
      g_autofree char *text = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
      g_autoptr (GError) error = NULL;
      g_autoptr (RoadDigest) digest = read_text (text, -1, &error);

      g_assert_no_error (error);
      assert_digest (digest, "10.0.0.0/20", sizes[i]);
    }
}

/* Losing this: listing twenty scans of large networks reads gigabytes. What stands between the first
 * and the last hosts is not looked at, so that it may be anything. */
static void
test_hosts_not_read (void)
{
  g_autoptr (RoadReport) report = make_report (3000, "10.0.0.0/20");
  g_autofree char *text = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
  gsize length = strlen (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadDigest) digest = NULL;

  g_assert_cmpuint (length, >, 256 * 1024);
  memset (text + 100 * 1024, '{', length - 200 * 1024);

  digest = read_text (text, (gssize) length, &error);
  g_assert_no_error (error);
  assert_digest (digest, "10.0.0.0/20", 3000);
}

/* Losing this: a scan of many targets, or a report that another program has laid out anew, is called
 * broken though it can be opened. */
static void
test_other_layouts (void)
{
  g_autoptr (GString) many = g_string_new ("10.0.0.1");
  g_autoptr (RoadReport) report = NULL;
  g_autofree char *text = NULL;
  g_autofree char *indented = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (RoadDigest) digest = NULL;
  g_autoptr (RoadDigest) digest_indented = NULL;
  g_autoptr (GError) error = NULL;

  while (many->len < 100 * 1024)
    g_string_append (many, " 10.0.0.1");
  report = make_report (20, many->str);
  text = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
  digest = read_text (text, -1, &error);
  g_assert_no_error (error);
  assert_digest (digest, many->str, 20);

  node = json_from_string (text, &error);
  g_assert_no_error (error);
  indented = json_to_string (node, TRUE);
  digest_indented = read_text (indented, -1, &error);
  g_assert_no_error (error);
  assert_digest (digest_indented, many->str, 20);
}

/* Losing this: a file that is cut off or damaged is listed as if it could be opened, or ends the
 * program. */
static void
test_broken (void)
{
  g_autoptr (RoadReport) report = make_report (5, "10.0.0.0/29");
  g_autofree char *text = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
  const gsize length = strlen (text);
  char *summary = strstr (text, "\"summary\"");

  for (gsize cut = 0; cut < length - 2; cut += 20)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (text, (gssize) cut, &error));
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
    }

  memcpy (summary, "\"SUMMARY\"", strlen ("\"summary\""));
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (RoadDigest) digest = read_text (text, -1, &error);

    /* Counted from the hosts then. */
    g_assert_no_error (error);
    g_assert_cmpuint (digest->n_up, ==, 5);
    g_assert_cmpuint (digest->n_open, ==, 5);
  }
}

/* Losing this: the counts in a list are those of something else in the file that is called a summary. */
static void
test_other_summary (void)
{
  g_autoptr (RoadReport) report = make_report (5, "10.0.0.0/29");
  g_autofree char *text = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
  const char *hosts = strstr (text, "\n\"hosts\": [");
  g_autoptr (GString) changed = g_string_new_len (text, hosts - text);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadDigest) digest = NULL;

  g_string_append (changed, "\n\"other\": {"
                            "\n\"summary\": {\"hosts\": {\"up\": 98, \"down\": 98},"
                            " \"ports\": {\"open\": 98}}\n},");
  g_string_append (changed, hosts);

  digest = read_text (changed->str, -1, &error);
  g_assert_no_error (error);
  assert_digest (digest, "10.0.0.0/29", 5);
}

/* Losing this: the user is not told that a file is gone. */
static void
test_missing (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/report.json");
  g_autoptr (GError) error = NULL;

  g_assert_null (road_digest_read (file, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/digest/as-written", test_as_written);
  g_test_add_func ("/digest/hosts-not-read", test_hosts_not_read);
  g_test_add_func ("/digest/other-layouts", test_other_layouts);
  g_test_add_func ("/digest/broken", test_broken);
  g_test_add_func ("/digest/other-summary", test_other_summary);
  g_test_add_func ("/digest/missing", test_missing);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "random-report.h"
#include "same-profile.h"
#include "slowness.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <time.h>

#include "engine/base/road-error.h"

#define N_RANDOM_REPORTS 100

/* Processor time, which other programs do not affect. It takes 2, and about 10 with sanitizers. */
#define MAX_LARGE_SECONDS 25

static void
assert_same_time (GDateTime *a, GDateTime *b)
{
  g_assert_true ((a == NULL) == (b == NULL));
  if (a == NULL)
    return;

  g_assert_true (g_date_time_equal (a, b));
  g_assert_cmpint (g_date_time_get_utc_offset (a), ==, g_date_time_get_utc_offset (b));
}

static void
assert_same_extra (RoadHost *a, RoadHost *b)
{
  g_autoptr (GArray) listed = road_host_get_listed (a, FALSE);

  g_assert_cmpint (road_host_has_versions (a), ==, road_host_has_versions (b));
  for (guint i = 0; i < listed->len; i++)
    {
      const guint16 port = g_array_index (listed, RoadPortResult, i).port;

      g_assert_cmpstr (road_host_get_version (a, port), ==, road_host_get_version (b, port));
      g_assert_cmpstr (road_host_get_service_name (a, port), ==,
                       road_host_get_service_name (b, port));
    }

  g_assert_cmpuint (road_host_get_n_notes (a), ==, road_host_get_n_notes (b));
  for (guint i = 0; i < road_host_get_n_notes (a); i++)
    {
      const RoadNote *x = road_host_get_note (a, i);
      const RoadNote *y = road_host_get_note (b, i);

      g_assert_cmpint (x->port, ==, y->port);
      g_assert_cmpstr (x->name, ==, y->name);
      g_assert_cmpstr (x->text, ==, y->text);
    }
}

static void
assert_same_host (RoadHost *a, RoadHost *b)
{
  const char *const none[] = { NULL };
  const char *const *others_a = road_host_get_other_addresses (a);
  const char *const *others_b = road_host_get_other_addresses (b);
  g_autoptr (GArray) listed_a = NULL;
  g_autoptr (GArray) listed_b = NULL;

  g_assert_cmpstr (road_host_get_address_string (a), ==, road_host_get_address_string (b));
  g_assert_true (road_address_equal (road_host_get_address (a), road_host_get_address (b)));
  g_assert_cmpstrv (road_host_get_user_names (a), road_host_get_user_names (b));
  g_assert_cmpstr (road_host_get_ptr_name (a), ==, road_host_get_ptr_name (b));
  g_assert_cmpstrv (others_a != NULL ? others_a : none, others_b != NULL ? others_b : none);
  g_assert_cmpint (road_host_get_state (a), ==, road_host_get_state (b));
  g_assert_cmpint (road_host_get_reason (a), ==, road_host_get_reason (b));
  g_assert_cmpuint (road_host_get_latency (a), ==, road_host_get_latency (b));
  g_assert_cmpint (road_host_get_done (a), ==, road_host_get_done (b));
  g_assert_cmpint (road_host_get_timed_out (a), ==, road_host_get_timed_out (b));
  for (guint i = 0; i < ROAD_N_PORT_STATES; i++)
    g_assert_cmpuint (road_host_get_n_ports (a, (RoadPortState) i), ==,
                      road_host_get_n_ports (b, (RoadPortState) i));

  listed_a = road_host_get_listed (a, FALSE);
  listed_b = road_host_get_listed (b, FALSE);
  g_assert_cmpuint (listed_a->len, ==, listed_b->len);
  for (guint i = 0; i < listed_a->len; i++)
    {
      const RoadPortResult *x = &g_array_index (listed_a, RoadPortResult, i);
      const RoadPortResult *y = &g_array_index (listed_b, RoadPortResult, i);

      g_assert_cmpuint (x->port, ==, y->port);
      g_assert_cmpuint (x->state, ==, y->state);
      g_assert_cmpuint (x->reason, ==, y->reason);
      g_assert_cmpuint (x->latency_us, ==, y->latency_us);
      g_assert_true (road_address_equal (&x->reason_from, &y->reason_from));
    }

  assert_same_extra (a, b);

  /* And what is not listed: each group of the one is in the other. */
  g_assert_cmpuint (road_host_get_n_groups (a), ==, road_host_get_n_groups (b));
  for (guint i = 0; i < road_host_get_n_groups (a); i++)
    {
      const RoadPortGroup *x = road_host_get_group (a, i);
      g_autofree char *ports_x = road_port_set_to_string (x->ports);
      gboolean found = FALSE;

      for (guint j = 0; j < road_host_get_n_groups (b) && !found; j++)
        {
          const RoadPortGroup *y = road_host_get_group (b, j);
          g_autofree char *ports_y = road_port_set_to_string (y->ports);

          found = x->state == y->state && x->reason == y->reason &&
                  road_address_equal (&x->reason_from, &y->reason_from) &&
                  g_str_equal (ports_x, ports_y);
        }
      g_assert_true (found);
    }
}

static void
assert_same_report (RoadReport *a, RoadReport *b)
{
  g_autofree char *text_a = write_report (ROAD_FORMAT_TEXT, a, ROAD_FORMAT_FLAGS_REASON);
  g_autofree char *text_b = write_report (ROAD_FORMAT_TEXT, b, ROAD_FORMAT_FLAGS_REASON);
  guint n_hosts = g_list_model_get_n_items (G_LIST_MODEL (a));

  g_assert_cmpstr (road_report_get_targets (a), ==, road_report_get_targets (b));
  g_assert_cmpstr (road_report_get_scanner_name (a), ==, road_report_get_scanner_name (b));
  g_assert_cmpstr (road_report_get_scanner_version (a), ==, road_report_get_scanner_version (b));
  g_assert_cmpstr (road_report_get_scan_type (a), ==, road_report_get_scan_type (b));
  assert_same_time (road_report_get_started (a), road_report_get_started (b));
  assert_same_time (road_report_get_finished (a), road_report_get_finished (b));
  g_assert_cmpfloat (road_report_get_elapsed (a), ==, road_report_get_elapsed (b));
  g_assert_cmpint (road_report_get_status (a), ==, road_report_get_status (b));
  g_assert_cmpuint (road_report_get_n_targets (a), ==, road_report_get_n_targets (b));
  g_assert_cmpuint (road_report_get_n_excluded (a), ==, road_report_get_n_excluded (b));
  g_assert_cmpuint (road_report_get_n_unlisted_down (a), ==, road_report_get_n_unlisted_down (b));
  g_assert_cmpstrv (road_report_get_problems (a), road_report_get_problems (b));
  assert_same_profile (road_report_get_profile (a), road_report_get_profile (b));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (b)), ==, n_hosts);
  for (guint i = 0; i < n_hosts; i++)
    {
      g_autoptr (RoadHost) x = g_list_model_get_item (G_LIST_MODEL (a), i);
      g_autoptr (RoadHost) y = g_list_model_get_item (G_LIST_MODEL (b), i);

      assert_same_host (x, y);
    }
  g_assert_cmpstr (text_a, ==, text_b);
}

/* Something would be lost between saving a report and opening it. */
static void
test_round_trip (void)
{
  for (guint i = 0; i < N_RANDOM_REPORTS; i++)
    {
      g_autoptr (RoadReport) report = random_report ();
      g_autofree char *json = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
      g_autoptr (GError) error = NULL;
      g_autoptr (RoadReport) again = read_report (json, -1, &error);

      g_assert_no_error (error);
      assert_same_report (report, again);
    }
}

/* Line-based tools (grep, diff) could not work with the file, or it would not be the structure that
 * other programs were written for. */
static void
test_layout (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+01:00");
  g_autoptr (GDateTime) started = g_date_time_new (zone, 2026, 11, 21, 7, 8, 1.5);
  g_autoptr (RoadPortSet) ports = road_port_set_parse ("top:10", NULL);
  g_autoptr (RoadProfile) profile = road_profile_new ("ports", ports, NULL);
  g_autoptr (RoadReport) report = road_report_new ("gate 10.0.0.2", profile);
  const char *const others[] = { "::1", NULL };
  RoadAddress address;
  g_autoptr (RoadHost) first = NULL;
  g_autoptr (RoadHost) second = NULL;
  g_autofree char *json = NULL;

  road_report_set_started (report, started);
  road_report_set_n_targets (report, 3);
  g_assert_true (road_address_parse (&address, "10.0.0.1"));
  first = road_host_new (&address, "gate", others);
  road_host_set_ptr_name (first, "gate\n.example");
  road_host_set_state (first, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  road_host_set_latency (first, 73);
  road_host_set_done (first);
  add_open (first, 22, 95123);
  add_range (first, ROAD_PORT_FILTERED, ROAD_REASON_ADMIN_PROHIBITED, "10.0.0.9", "25");
  add_range (first, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "1-21,23-24,45678");
  add_range (first, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "30-40");
  add_host (report, first);
  g_assert_true (road_address_parse (&address, "10.0.0.2"));
  second = road_host_new (&address, NULL, NULL);
  add_host (report, second);
  road_report_add_problem (report, "a\nb");
  road_report_finish (report, ROAD_REPORT_STOPPED, NULL, 1.162341);

  json = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
  g_assert_cmpstr (
      json, ==,
      "{\n"
      "\"format\": \"roadstead-report\",\n"
      "\"version\": 1,\n"
      "\"scanner\": {\"name\": \"Roadstead\", \"version\": \"" PACKAGE_VERSION "\"},\n"
      "\"targets\": \"gate 10.0.0.2\",\n"
      "\"profile\": {\"name\": \"\", \"ports\": \"top:10\", \"family\": \"any\", "
      "\"resolve_all\": false, \"discovery\": true, \"reverse_dns\": true, \"open_only\": false, "
      "\"list_down\": false, \"identify\": \"nothing\", \"timing\": \"normal\", "
      "\"max_parallelism\": 0, "
      "\"max_rate\": 0, \"timeout_ms\": 0, \"host_timeout_ms\": 0, \"max_retries\": -1},\n"
      "\"started\": \"2026-11-21T07:08:01.500000+01:00\",\n"
      "\"finished\": null,\n"
      "\"elapsed\": 1.162341,\n"
      "\"status\": \"stopped\",\n"
      "\"hosts\": [\n"
      "{\"address\": \"10.0.0.1\", \"names\": [{\"name\": \"gate\", \"type\": \"user\"}, "
      "{\"name\": \"gate\\n.example\", \"type\": \"PTR\"}], \"other_addresses\": [\"::1\"], "
      "\"state\": \"up\", \"reason\": \"syn-ack\", \"latency_ms\": 0.073, "
      "\"ports\": [{\"port\": 22, \"state\": \"open\", \"reason\": \"syn-ack\", "
      "\"service\": \"ssh\", \"latency_ms\": 95.123}, {\"port\": 25, \"state\": \"filtered\", "
      "\"reason\": \"admin-prohibited\", \"reason_from\": \"10.0.0.9\", \"service\": \"smtp\"}], "
      "\"unlisted\": [{\"state\": \"closed\", \"reason\": \"conn-refused\", \"count\": 35, "
      "\"ports\": \"1-21,23-24,30-40,45678\"}]},\n"
      "{\"address\": \"10.0.0.2\", \"names\": [], \"other_addresses\": [], "
      "\"state\": \"unknown\", \"reason\": \"unknown\", \"done\": false, \"ports\": [], "
      "\"unlisted\": []}\n"
      "],\n"
      "\"problems\": [\"a\\nb\"],\n"
      "\"summary\": {\"n_targets\": 3, \"hosts\": {\"unknown\": 1, \"up\": 1, \"down\": 0}, "
      "\"ports\": {\"unknown\": 0, \"open\": 1, \"closed\": 35, \"filtered\": 1}}\n"
      "}\n");
}

/* A report that jq or an editor has laid out anew could not be opened any more. */
static void
test_other_layouts (void)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (RoadReport) report = random_report ();
      g_autofree char *json = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GError) error = NULL;

      g_assert_true (json_parser_load_from_data (parser, json, -1, &error));
      g_assert_no_error (error);
      for (int pretty = 0; pretty <= 1; pretty++)
        {
          g_autofree char *other = json_to_string (json_parser_get_root (parser), pretty);
          g_autoptr (RoadReport) again = read_report (other, -1, &error);

          g_assert_no_error (error);
          assert_same_report (report, again);
        }
    }
}

/* A report from a program that writes only what is needed, or more than we know, could not be
 * opened. */
static void
test_lenient (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadReport) least =
      read_report ("{\"status\":\"finished\",\"hosts\":[{\"state\":\"up\",\"address\":\"::1\"}],"
                   "\"version\":1,\"format\":\"roadstead-report\"}",
                   -1, &error);
  g_autoptr (RoadReport) most = NULL;
  g_autoptr (RoadHost) host = NULL;
  g_autoptr (RoadHost) zoned = NULL;
  RoadPortResult result;

  g_assert_no_error (error);
  host = g_list_model_get_item (G_LIST_MODEL (least), 0);
  g_assert_cmpstr (road_host_get_address_string (host), ==, "::1");
  g_assert_true (road_host_get_done (host));
  g_clear_object (&host);

  most = read_report (
      "{\"format\":\"roadstead-report\",\"version\":1.0,\"status\":\"failed\",\"new\":{\"a\":[]},"
      "\"targets\":null,\"profile\":{\"new\":1,\"ports\":null},\"finished\":\"20261121T070800Z\","
      "\"hosts\":[{\"address\":\"10.0.0.1\",\"state\":\"up\",\"new\":[{}],\"names\":"
      "[{\"name\":\"a\",\"type\":\"mDNS\"}],\"ports\":[{\"port\":80.0,\"state\":\"open\","
      "\"service\":null,\"latency_ms\":1,\"new\":null}],\"unlisted\":[{\"state\":\"closed\","
      "\"ports\":\"1-3\"}]},{\"address\":\"fe80::1%no-such-zone\",\"state\":\"up\"}]}",
      -1, &error);
  g_assert_no_error (error);
  host = g_list_model_get_item (G_LIST_MODEL (most), 0);
  g_assert_true (road_host_get_result (host, 80, &result));
  g_assert_cmpuint (result.latency_us, ==, 1000);
  g_assert_cmpuint (road_host_get_n_ports (host, ROAD_PORT_CLOSED), ==, 3);
  g_assert_null (road_host_get_user_name (host));
  zoned = g_list_model_get_item (G_LIST_MODEL (most), 1);
  g_assert_cmpstr (road_host_get_address_string (zoned), ==, "fe80::1");
}

#define HEAD "{\n\"format\": \"roadstead-report\",\n\"version\": 1,\n\"status\": \"finished\",\n"
#define HOST(fields)                                                                               \
  HEAD "\"hosts\": [\n{\"address\": \"::1\", \"state\": \"up\"},\n{\"address\": \"::1\", "         \
       "\"state\": \"up\", " fields "}\n]\n}\n"
#define PORT(fields) HOST ("\"ports\": [{" fields "}]")
#define UNLISTED(fields) HOST ("\"unlisted\": [{\"state\": \"closed\", " fields "}]")
#define TAIL "\"hosts\": []}"
#define PROFILE(fields) HEAD "\"profile\": {" fields "},\n" TAIL

static const struct
{
  const char *text;
  guint line;
  const char *message;
} broken[] = {
  { "", 1, "The file is empty" },
  { " \n", 2, "The file is empty" },
  { "hello", 1, "The file is not a report: it is neither JSON nor XML" },
  { "{,}", 1, "The file is damaged: this is not valid JSON" },
  { "[]", 0, "The file is JSON, but not a Roadstead report" },
  { "{}", 0, "The file is JSON, but not a Roadstead report" },
  { "{\"format\": 1}", 0, "The file is JSON, but not a Roadstead report" },
  { "{\"format\": \"x\", \"version\": 9, \"hosts\": [1]}", 0,
    "The file is JSON, but not a Roadstead report" },
  { "{\"hosts\": [{\"new\": 1}],\n\"format\": \"roadstead-report\",\n\"version\": 2}", 3,
    "The report was written by a newer version of Roadstead: it has format version 2, and this "
    "version reads up to 1" },
  { "{\"format\": \"roadstead-report\"}", 0, "“version” is missing" },
  { "{\"format\": \"roadstead-report\",\n\"version\": 0}", 2,
    "“version” must be a whole number from 1 to 2147483647" },
  { "{\"format\": \"roadstead-report\",\n\"version\": \"1\"}", 2,
    "“version” must be a whole number from 1 to 2147483647" },
  { "{\"format\": \"roadstead-report\",\n\"version\": 1e999}", 2,
    "“version” must be a whole number from 1 to 2147483647" },
  { "{\"format\": \"roadstead-report\",\n\"version\": 1}", 0, "“hosts” is missing" },
  { HEAD "\"hosts\": {}}", 5, "“hosts” must be a list in brackets" },
  { HEAD "\"h\\u006fsts\": [1]}", 0, "“hosts” must be a list in brackets" },
  { "{\"format\": \"roadstead-report\", \"version\": 1, \"hosts\": []}", 0, "“status” is missing" },
  { "{\"format\": \"roadstead-report\", \"version\": 1, \"hosts\": [],\n\"status\": \"running\"}",
    2, "“status” must be “finished”, “stopped” or “failed”" },
  { HEAD "\"hosts\": [\n1\n]}", 6, "“hosts” must be an object in braces" },
  { HEAD "\"hosts\": [\n\n{}\n]}", 7, "“address” is missing" },
  { HEAD "\"hosts\": [{\"address\": \"::1\"}]}", 5, "“state” is missing" },
  { HEAD "\"hosts\": [{\"address\": \"10.0.0.256\"}]}", 5, "“10.0.0.256” is not an IP address" },
  { HEAD "\"hosts\": [{\"address\": \"%eth0\"}]}", 5, "“%eth0” is not an IP address" },
  { HEAD "\"hosts\": [{\"address\": \"10.0.0.1%eth0\"}]}", 5,
    "“10.0.0.1%eth0” is not an IP address" },
  { HEAD "\"hosts\": [{\"address\": \"\\u001b[2Jxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
         "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}]}",
    5, "“\\027[2Jxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” is not an IP address" },
  { HEAD "\"hosts\": [{\"address\": \"::1\", \"state\": \"asleep\"}]}", 5,
    "“asleep” is not a host state" },
  { HOST ("\"reason\": \"because\""), 7, "“because” is not a known reason" },
  { HOST ("\"reason\": 5"), 7, "“reason” must be a string in quotation marks" },
  { HOST ("\"latency_ms\": -1"), 7,
    "“latency_ms” must be a non-negative number that is not too large" },
  { HOST ("\"latency_ms\": 1e999"), 7,
    "“latency_ms” must be a non-negative number that is not too large" },
  { HOST ("\"done\": 1"), 7, "“done” must be true or false" },
  { HOST ("\"names\": [1]"), 7, "“names” must be an object in braces" },
  { HOST ("\"names\": [{}]"), 7, "“name” is missing" },
  { HOST ("\"names\": {}"), 7, "“names” must be a list in brackets" },
  { HOST ("\"other_addresses\": [1]"), 7, "“other_addresses” must be a list of strings" },
  { HOST ("\"ports\": 80"), 7, "“ports” must be a list in brackets" },
  { HOST ("\"ports\": [80]"), 7, "“ports” must be an object in braces" },
  { PORT (""), 7, "“port” is missing" },
  { PORT ("\"port\": 70000"), 7, "“port” must be a whole number from 0 to 65535" },
  { PORT ("\"port\": -1"), 7, "“port” must be a whole number from 0 to 65535" },
  { PORT ("\"port\": 80.5"), 7, "“port” must be a whole number from 0 to 65535" },
  { PORT ("\"port\": \"80\""), 7, "“port” must be a whole number from 0 to 65535" },
  { PORT ("\"port\": true"), 7, "“port” must be a whole number from 0 to 65535" },
  { PORT ("\"port\": 80"), 7, "“state” is missing" },
  { PORT ("\"port\": 80, \"state\": \"ajar\""), 7, "“ajar” is not a port state" },
  { PORT ("\"port\": 80, \"state\": \"open\", \"latency_ms\": \"x\""), 7,
    "“latency_ms” must be a non-negative number that is not too large" },
  { PORT ("\"port\": 80, \"state\": \"open\", \"service\": 7"), 7,
    "“service” must be a string in quotation marks" },
  { PORT ("\"port\": 80, \"state\": \"open\", \"version\": [1, 0]"), 7,
    "“version” must be a string in quotation marks" },
  { HOST ("\"notes\": [{\"name\": \"os\"}]"), 7, "“text” is missing" },
  { HOST ("\"notes\": [{\"text\": \"x\"}]"), 7, "“name” is missing" },
  { HOST ("\"notes\": [{\"port\": 70000, \"name\": \"x\", \"text\": \"\"}]"), 7,
    "“port” must be a whole number from 0 to 65535" },
  { PORT ("\"port\": 80, \"state\": \"open\", \"reason_from\": \"me\""), 7,
    "“me” is not an IP address" },
  { PORT ("\"port\": 80, \"state\": \"open\"}, {\"port\": 80, \"state\": \"open\""), 7,
    "Port 80 is listed twice" },
  { HOST ("\"ports\": [{\"port\": 80, \"state\": \"open\"}], \"unlisted\": [{\"state\": "
          "\"closed\", \"ports\": \"79-81\"}]"),
    7, "Port 80 is listed twice" },
  { HOST ("\"unlisted\": [[]]"), 7, "“unlisted” must be an object in braces" },
  { UNLISTED ("\"count\": 3"), 7, "“ports” is missing" },
  { UNLISTED ("\"count\": 3, \"ports\": \"1-4\""), 7, "“count” is 3, but “ports” has 4" },
  { UNLISTED ("\"count\": -3, \"ports\": \"1-4\""), 7,
    "“count” must be a whole number from 0 to 65536" },
  { UNLISTED ("\"ports\": \"1-70000\""), 7, "“1-70000” is not a list of ports" },
  { UNLISTED ("\"ports\": \"http*\""), 7, "“http*” is not a list of ports" },
  { UNLISTED ("\"ports\": \"\""), 7, "“” is not a list of ports" },
  { HEAD "\"scanner\": [],\n" TAIL, 5, "“scanner” must be an object in braces" },
  { HEAD "\"scanner\": {\"name\": 1},\n" TAIL, 5, "“name” must be a string in quotation marks" },
  { HEAD "\"targets\": [],\n" TAIL, 5, "“targets” must be a string in quotation marks" },
  { HEAD "\"started\": \"yesterday\",\n" TAIL, 5,
    "“started” must be a time with a time zone, such as 2026-01-31T23:59:59+01:00" },
  { HEAD TAIL ",", 5, "The file is damaged: this is not valid JSON" },
  { HEAD "\"hosts\": [],\n\"finished\": \"2026-01-31T23:59:59\"}", 6,
    "“finished” must be a time with a time zone, such as 2026-01-31T23:59:59+01:00" },
  { HEAD "\"elapsed\": -0.5,\n" TAIL, 5,
    "“elapsed” must be a non-negative number that is not too large" },
  { HEAD "\"problems\": \"none\",\n" TAIL, 5, "“problems” must be a list in brackets" },
  { HEAD "\"summary\": {\"n_targets\": -1},\n" TAIL, 5,
    "“n_targets” must be a non-negative number that is not too large" },
  { HEAD "\"profile\": 7,\n" TAIL, 5, "“profile” must be an object in braces" },
  { PROFILE ("\"family\": \"ipv5\""), 5, "“family” must be “any”, “ipv4” or “ipv6”" },
  { PROFILE ("\"discovery\": \"yes\""), 5, "“discovery” must be true or false" },
  { PROFILE ("\"max_retries\": -2"), 5,
    "“max_retries” must be a whole number from -1 to "
    "2147483647" },
  { PROFILE ("\"timeout_ms\": 99999999999"), 5,
    "“timeout_ms” must be a whole number from 0 to 2147483647" },
  { "{\"format\": \"\xff\"}", 1, "The file is damaged: its text is not valid UTF-8" },
};

/* The message about a wrong file would be missing or wrong, or the program would crash. Any warning of
 * json-glib ends the test, too. */
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
      g_assert_cmpint (error->domain, ==, ROAD_ERROR);
      g_assert_true ((error->code == ROAD_ERROR_VERSION) ==
                     (strstr (error->message, "newer") != NULL));
    }
}

/* An error in the ports or targets of a profile would not be reported. */
static void
test_broken_profile (void)
{
  static const char *const texts[] = { PROFILE ("\"ports\": \"0-70000\""),
                                       PROFILE ("\"exclude_ports\": \"nosuchservice\""),
                                       PROFILE ("\"exclude_targets\": \"10.0.0.0/99\"") };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_report (texts[i], -1, &error));
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
      g_assert_cmpuint (road_error_get_line (error), ==, 5);
      g_assert_nonnull (strstr (error->message, "” is invalid: "));
    }
}

/* Numbers that json-glib cannot hold would crash the program, or be read as others. */
static void
test_huge_numbers (void)
{
  static const char *const numbers[] = { "99999999999999999999",
                                         "-99999999999999999999",
                                         "9223372036854775808",
                                         "1e400",
                                         "-1e400",
                                         "123456789012345678901234567890.5" };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = g_strdup_printf (HOST ("\"latency_ms\": %s"), numbers[i]);
      g_autoptr (GError) error = NULL;

      g_autoptr (RoadReport) report = read_report (text, -1, &error);

      if (report != NULL)
        g_error ("A latency of %s ms was read", numbers[i]);
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
    }
}

/* jq writes more addresses than it can count in a way of its own: the number would be lost. */
static void
test_many_targets (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadReport) report =
      read_report (HEAD "\"summary\": {\"n_targets\": 18446744073709552000},\n" TAIL, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (road_report_get_n_targets (report), ==, G_MAXUINT64);
}

/* A file that was copied halfway would be opened as if it were whole. */
static void
test_cut_off (void)
{
  g_autoptr (RoadReport) report = NULL;
  g_autofree char *json = NULL;
  gsize length;

  /* The time grows with the square of this length: there are more cuts, and more to read for each. */
  do
    {
      g_clear_object (&report);
      g_free (json);
      report = random_report ();
      json = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
      length = strlen (json);
    }
  while (g_list_model_get_n_items (G_LIST_MODEL (report)) < 2 || length > 20000);

  /* Without its last line break it is still whole. */
  for (gsize cut = 0; cut < length - 1; cut += 10)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_report (json, (gssize) cut, &error));
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, cut == 0 ? "empty" : "incomplete"));
      g_assert_cmpuint (road_error_get_line (error), >, 0);
    }
}

/* A bit that flipped would crash the program. */
static void
test_damaged (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      static char *json = NULL;
      static gsize length;
      g_autofree char *copy = NULL;
      g_autoptr (RoadReport) again = NULL;
      g_autoptr (GError) error = NULL;

      if (i % 100 == 0)
        {
          g_autoptr (RoadReport) report = random_report ();

          g_free (json);
          json = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
          length = strlen (json);
        }

      copy = g_memdup2 (json, length);
      for (int j = g_test_rand_int_range (1, 4); j > 0; j--)
        copy[(gsize) (g_test_rand_double () * (double) length)] =
            (char) g_test_rand_int_range (0, 256);

      again = read_report (copy, (gssize) length, &error);
      g_assert_true ((again != NULL) == (error == NULL));
      if (i == 999)
        g_clear_pointer (&json, g_free);
    }
}

/* A name that is not UTF-8 would make a file that nothing can open. */
static void
test_not_utf8 (void)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (RoadReport) report = road_report_new ("\xff", profile);
  g_autoptr (RoadReport) again = NULL;
  g_autoptr (RoadHost) host = new_host ("::1", NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  road_host_set_ptr_name (host, "gr\xf6\xdf"
                                "e.example");
  add_host (report, host);
  road_report_finish (report, ROAD_REPORT_FINISHED, NULL, 0);
  json = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
  again = read_report (json, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (road_report_get_targets (again), ==, "\xef\xbf\xbd");
}

/* A report saved while its scan goes on could not be opened, or would seem to be still scanned. */
static void
test_running (void)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (RoadReport) report = road_report_new ("::1", profile);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) started = g_date_time_add_seconds (now, -100);
  g_autoptr (RoadReport) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  road_report_set_started (report, started);
  json = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
  again = read_report (json, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (road_report_get_status (again), ==, ROAD_REPORT_STOPPED);
  g_assert_cmpfloat (road_report_get_elapsed (again), >, 99);
  g_assert_cmpfloat (road_report_get_elapsed (again), <, 200);
}

/* A scan of a large network could not be saved or opened in a reasonable time. */
static void
test_large (void)
{
  const guint n_hosts = 20000;
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (RoadReport) report = road_report_new ("10.0.0.0/8", profile);
  g_autoptr (RoadReport) again = NULL;
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  RoadAddress address;
  clock_t start;

  g_assert_true (road_address_parse (&address, "10.0.0.0"));
  for (guint i = 0; i < n_hosts; i++)
    {
      RoadHost *host = road_host_new (&address, NULL, NULL);

      road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
      road_host_set_latency (host, i + 1);
      road_host_set_done (host);
      add_open (host, 22, 1000 + i);
      add_open (host, 443, 2000 + i);
      add_range (host, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "1-21,23-442,444-1000");
      g_ptr_array_add (hosts, host);
      road_address_add (&address, 1);
    }
  road_report_add_hosts (report, hosts);
  road_report_finish (report, ROAD_REPORT_FINISHED, NULL, 1);

  start = clock ();
  json = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
  g_test_message ("written in %.2f s", (double) (clock () - start) / CLOCKS_PER_SEC);
  again = read_report (json, -1, &error);
  g_assert_no_error (error);
  g_test_message ("and read in %.2f s", (double) (clock () - start) / CLOCKS_PER_SEC);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, n_hosts);
  g_assert_cmpuint (road_report_get_n_ports (again, ROAD_PORT_OPEN), ==, 2 * n_hosts);
  g_assert_cmpuint (road_report_get_n_ports (again, ROAD_PORT_CLOSED), ==, 998 * n_hosts);
  g_assert_cmpfloat ((double) (clock () - start) / CLOCKS_PER_SEC, <,
                     (double) (MAX_LARGE_SECONDS * get_slowness ()));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/json/round-trip", test_round_trip);
  g_test_add_func ("/format/json/layout", test_layout);
  g_test_add_func ("/format/json/other-layouts", test_other_layouts);
  g_test_add_func ("/format/json/lenient", test_lenient);
  g_test_add_func ("/format/json/broken", test_broken);
  g_test_add_func ("/format/json/broken-profile", test_broken_profile);
  g_test_add_func ("/format/json/huge-numbers", test_huge_numbers);
  g_test_add_func ("/format/json/many-targets", test_many_targets);
  g_test_add_func ("/format/json/cut-off", test_cut_off);
  g_test_add_func ("/format/json/damaged", test_damaged);
  g_test_add_func ("/format/json/not-utf8", test_not_utf8);
  g_test_add_func ("/format/json/running", test_running);
  g_test_add_func ("/format/json/large", test_large);

  return g_test_run ();
}

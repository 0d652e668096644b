/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "engine/report/road-report-merge.h"

/* A report of a shard of a scan that began at @start o'clock and took half an hour. */
static RoadReport *
make_shard (RoadShard shard, const char *targets, const char *ports, guint start, guint64 n_targets)
{
  g_autoptr (RoadPortSet) set = road_port_set_parse (ports, NULL);
  g_autoptr (RoadProfile) profile =
      road_profile_new ("ports", set, "shard", shard.number, "n-shards", shard.n, NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) started = g_date_time_new (utc, 2026, 1, 2, (int) start, 0, 0);
  g_autoptr (GDateTime) finished = g_date_time_add_minutes (started, 30);
  RoadReport *report = road_report_new (targets, profile);

  road_report_set_started (report, started);
  road_report_set_n_targets (report, n_targets);
  road_report_finish (report, ROAD_REPORT_FINISHED, finished, 1800);

  return report;
}

/* The same of a whole scan. */
static RoadReport *
make_report (const char *targets, const char *ports, guint start, guint64 n_targets)
{
  return make_shard ((RoadShard){ 0 }, targets, ports, start, n_targets);
}

static void
add_host (RoadReport *report,
          const char *text,
          RoadHostState state,
          guint16 port,
          RoadPortState port_state)
{
  const RoadPortResult result = { .port = port,
                                  .state = (guint8) port_state,
                                  .reason = port_state == ROAD_PORT_OPEN
                                                ? ROAD_REASON_SYN_ACK
                                                : ROAD_REASON_CONN_REFUSED };
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);
  RoadAddress address;
  RoadHost *host;

  g_assert_true (road_address_parse (&address, text));
  host = road_host_new (&address, NULL, NULL);
  road_host_set_state (host, state, ROAD_REASON_SYN_ACK);
  if (port != 0)
    road_host_add_results (host, &result, 1);
  g_ptr_array_add (hosts, host);
  road_report_add_hosts (report, hosts);
}

static RoadReport *
merge (RoadReport *a, RoadReport *b)
{
  static const char *const names[] = { "a.json", "b.json" };
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (reports, a);
  g_ptr_array_add (reports, b);

  return road_report_merge (reports, names);
}

static RoadPortState
get_state (RoadReport *report, guint i, guint16 port)
{
  g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (report), i);
  RoadPortResult result;

  g_assert_nonnull (host);

  return road_host_get_result (host, port, &result) ? (RoadPortState) result.state
                                                    : ROAD_PORT_UNKNOWN;
}

/* Losing this: two parts of a scan do not give the whole, or a host that one part did not find seems down. */
static void
test_parts (void)
{
  RoadReport *a = make_report ("192.0.2.0/24", "22,80", 9, 256);
  RoadReport *b = make_report ("192.0.2.0/24", "443", 9, 256);
  g_autoptr (RoadReport) merged = NULL;

  add_host (a, "192.0.2.9", ROAD_HOST_UP, 80, ROAD_PORT_OPEN);
  add_host (a, "192.0.2.7", ROAD_HOST_UP, 22, ROAD_PORT_CLOSED);
  add_host (b, "192.0.2.9", ROAD_HOST_DOWN, 0, ROAD_PORT_UNKNOWN);
  add_host (b, "192.0.2.7", ROAD_HOST_UP, 443, ROAD_PORT_OPEN);
  road_report_add_down (a, 254);
  road_report_add_down (b, 254);

  merged = merge (a, b);
  g_assert_null (road_report_get_problems (merged)[0]);
  g_assert_cmpstr (road_report_get_targets (merged), ==, "192.0.2.0/24");
  g_assert_cmpuint (road_port_set_get_n_ports (road_report_get_profile (merged)->ports), ==, 3);
  g_assert_cmpuint (road_report_get_n_targets (merged), ==, 256);
  g_assert_cmpuint (road_report_get_n_hosts (merged, ROAD_HOST_UP), ==, 2);
  g_assert_cmpuint (road_report_get_n_hosts (merged, ROAD_HOST_DOWN), ==, 254);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (merged)), ==, 2);
  g_assert_cmpint (get_state (merged, 0, 22), ==, ROAD_PORT_CLOSED);
  g_assert_cmpint (get_state (merged, 0, 443), ==, ROAD_PORT_OPEN);
  g_assert_cmpint (get_state (merged, 1, 80), ==, ROAD_PORT_OPEN);
  g_assert_cmpint (road_report_get_status (merged), ==, ROAD_REPORT_FINISHED);
}

/* Losing this: an old answer is taken for the present one, or nobody learns that there were two. */
static void
test_conflict (void)
{
  RoadReport *later = make_report ("192.0.2.7", "22", 11, 1);
  RoadReport *before = make_report ("192.0.2.7", "22", 9, 1);
  g_autoptr (RoadReport) merged = NULL;

  add_host (later, "192.0.2.7", ROAD_HOST_UP, 22, ROAD_PORT_OPEN);
  add_host (before, "192.0.2.7", ROAD_HOST_UP, 22, ROAD_PORT_CLOSED);

  merged = merge (later, before);
  g_assert_cmpint (get_state (merged, 0, 22), ==, ROAD_PORT_OPEN);
  g_assert_cmpstr (
      road_report_get_problems (merged)[0], ==,
      "192.0.2.7, port 22: closed in b.json, open in a.json; the later result is used.");
  g_assert_null (road_report_get_problems (merged)[1]);
}

/* Losing this: a host that has gone since then is still up, or one that was unlucky in one part is down. */
static void
test_down_later (void)
{
  RoadReport *before = make_report ("192.0.2.7", "22", 9, 1);
  RoadReport *later = make_report ("192.0.2.7", "22", 11, 1);
  g_autoptr (RoadReport) merged = NULL;

  add_host (before, "192.0.2.7", ROAD_HOST_UP, 22, ROAD_PORT_OPEN);
  add_host (later, "192.0.2.7", ROAD_HOST_DOWN, 0, ROAD_PORT_UNKNOWN);
  merged = merge (before, later);
  g_assert_cmpuint (road_report_get_n_hosts (merged, ROAD_HOST_DOWN), ==, 1);
}

/* Losing this: scans of different networks are not counted together. */
static void
test_different (void)
{
  RoadReport *a = make_report ("192.0.2.7 192.0.2.8", "22", 9, 2);
  RoadReport *b = make_report ("192.0.2.7 198.51.100.0/24", "22", 9, 257);
  g_autoptr (RoadReport) merged = NULL;

  add_host (a, "192.0.2.7", ROAD_HOST_UP, 22, ROAD_PORT_OPEN);
  add_host (b, "192.0.2.7", ROAD_HOST_UP, 22, ROAD_PORT_OPEN);
  road_report_add_down (a, 1);
  road_report_add_down (b, 256);
  merged = merge (a, b);
  g_assert_null (road_report_get_problems (merged)[0]);
  g_assert_cmpuint (road_report_get_n_targets (merged), ==, 258);
  g_assert_cmpuint (road_report_get_n_hosts (merged, ROAD_HOST_DOWN), ==, 257);
  g_assert_cmpstr (road_report_get_targets (merged), ==,
                   "192.0.2.7 192.0.2.8 192.0.2.7 198.51.100.0/24");
}

/* Losing this: addresses that were asked by different machines are neither up nor down. */
static void
test_shards (void)
{
  RoadReport *a = make_shard ((RoadShard){ 1, 2 }, "192.0.2.0/24", "22", 9, 256);
  RoadReport *b = make_shard ((RoadShard){ 2, 2 }, "192.0.2.0/24", "22", 9, 256);
  g_autoptr (RoadReport) merged = NULL;

  add_host (a, "192.0.2.7", ROAD_HOST_UP, 22, ROAD_PORT_OPEN);
  road_report_add_down (a, 127);
  road_report_add_down (b, 128);
  merged = merge (a, b);
  g_assert_null (road_report_get_problems (merged)[0]);
  g_assert_cmpuint (road_report_get_n_hosts (merged, ROAD_HOST_UP), ==, 1);
  g_assert_cmpuint (road_report_get_n_hosts (merged, ROAD_HOST_DOWN), ==, 255);
}

/* Losing this: addresses that nobody asked are said to be down. */
static void
test_missing_shard (void)
{
  RoadReport *a = make_shard ((RoadShard){ 1, 2 }, "192.0.2.0/24", "22", 9, 256);
  RoadReport *b = make_shard ((RoadShard){ 2, 2 }, "192.0.2.0/24", "22", 9, 256);
  g_autoptr (RoadReport) merged = NULL;

  road_report_finish (b, ROAD_REPORT_STOPPED, NULL, 1);
  road_report_add_down (a, 128);
  merged = merge (a, b);
  g_assert_cmpuint (road_report_get_n_hosts (merged, ROAD_HOST_DOWN), ==, 128);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report-merge/parts", test_parts);
  g_test_add_func ("/report-merge/conflict", test_conflict);
  g_test_add_func ("/report-merge/down-later", test_down_later);
  g_test_add_func ("/report-merge/different", test_different);
  g_test_add_func ("/report-merge/shards", test_shards);
  g_test_add_func ("/report-merge/missing-shard", test_missing_shard);

  return g_test_run ();
}

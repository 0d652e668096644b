/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "models-fixture.h"
#include "ui/rows/road-host-list.h"

/* Losing this: in a network of 254 addresses the 12 hosts that are up drown among the others; or a host that
 * responds late is never shown. */
static void
test_hosts_that_answer (void)
{
  g_autoptr (RoadReport) report = new_report (254);
  g_autoptr (RoadSortOrder) order = road_sort_order_new ();
  g_autoptr (RoadHostList) list = road_host_list_new (report, order);
  g_autoptr (Follower) follower = follow (G_LIST_MODEL (list));
  RoadHost *late;

  add_host (report, "192.0.2.9", ROAD_HOST_UP);
  add_host (report, "192.0.2.3", ROAD_HOST_DOWN);
  late = add_host (report, "192.0.2.5", ROAD_HOST_UNKNOWN);
  add_host (report, "192.0.2.10", ROAD_HOST_UP);
  assert_rows (G_LIST_MODEL (list), "192.0.2.9 192.0.2.10");

  road_host_set_state (late, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  run_idle_sources ();
  assert_rows (G_LIST_MODEL (list), "192.0.2.5 192.0.2.9 192.0.2.10");
  assert_follows (follower);
}

/* Losing this: users who scan two hosts see only one and have to guess about the other. */
static void
test_few_hosts_all_listed (void)
{
  g_autoptr (RoadReport) report = new_report (2);
  g_autoptr (RoadSortOrder) order = road_sort_order_new ();
  g_autoptr (RoadHostList) list = road_host_list_new (report, order);

  add_host (report, "192.0.2.1", ROAD_HOST_UP);
  add_host (report, "192.0.2.2", ROAD_HOST_DOWN);
  assert_rows (G_LIST_MODEL (list), "192.0.2.1 192.0.2.2");
}

/* Losing this: a click on a column header sorts the hosts wrongly. */
static void
test_hosts_sort (void)
{
  g_autoptr (RoadReport) report = new_report (3);
  g_autoptr (RoadSortOrder) order = road_sort_order_new ();
  g_autoptr (RoadHostList) list = road_host_list_new (report, order);
  g_autoptr (Follower) follower = follow (G_LIST_MODEL (list));
  RoadHost *a = add_host (report, "192.0.2.1", ROAD_HOST_UP);
  RoadHost *b = add_host (report, "192.0.2.2", ROAD_HOST_DOWN);
  RoadHost *c = add_host (report, "192.0.2.3", ROAD_HOST_UP);

  add_result (c, 22, ROAD_PORT_OPEN, 0);
  road_host_set_latency (a, 300);
  road_host_set_latency (b, 100);
  road_host_set_latency (c, 200);

  road_sort_order_set (order, ROAD_COLUMN_STATE, FALSE);
  assert_rows (G_LIST_MODEL (list), "192.0.2.3 192.0.2.1 192.0.2.2");
  road_sort_order_set (order, ROAD_COLUMN_LATENCY, FALSE);
  assert_rows (G_LIST_MODEL (list), "192.0.2.2 192.0.2.3 192.0.2.1");
  road_sort_order_set (order, ROAD_COLUMN_TITLE, TRUE);
  assert_rows (G_LIST_MODEL (list), "192.0.2.3 192.0.2.2 192.0.2.1");
  assert_follows (follower);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host-list/hosts-that-answer", test_hosts_that_answer);
  g_test_add_func ("/host-list/few-hosts-all-listed", test_few_hosts_all_listed);
  g_test_add_func ("/host-list/sort", test_hosts_sort);

  return g_test_run ();
}

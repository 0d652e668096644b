/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "models-fixture.h"
#include "ui/results/road-result-copy.h"
#include "ui/rows/road-port-row.h"

/* Losing this: a malicious name forges rows where the copy is pasted; or rows cannot be told apart there. */
static void
test_copied_text (void)
{
  g_autoptr (RoadHost) host = new_host ("192.0.2.1");
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  RoadPortResult open = new_result (22, ROAD_PORT_OPEN, 1200);
  RoadPortResult closed = new_result (0, ROAD_PORT_CLOSED, 0);
  g_autofree char *rows = NULL;
  g_autofree char *addresses = NULL;

  road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  road_host_set_ptr_name (host, "evil\t\n=1+1");
  g_ptr_array_add (items, g_object_ref (host));
  g_ptr_array_add (items, road_port_row_new (host, &open));
  g_ptr_array_add (items, road_port_row_new_count (host, &closed, 992));

  rows = road_result_copy_rows (items);
  g_assert_cmpstr (rows, ==,
                   "192.0.2.1\tevil\\009\\010=1+1\t\tup\t\tsyn-ack\n"
                   "192.0.2.1\tevil\\009\\010=1+1\t22\topen\tssh\tsyn-ack\t1.2 ms\n"
                   "192.0.2.1\tevil\\009\\010=1+1\t992 ports\tclosed\t\tconn-refused\n");

  g_ptr_array_set_size (items, 1);
  addresses = road_result_copy_addresses (items);
  g_assert_cmpstr (addresses, ==, "192.0.2.1");
}

/* Losing this: a name breaks the table that it is pasted into, or a command has hosts or ports that were not
 * selected. */
static void
test_copied_forms (void)
{
  g_autoptr (RoadHost) host = new_host ("192.0.2.1");
  g_autoptr (RoadHost) v6 = new_host ("2001:db8::1");
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  const RoadPortResult open = new_result (22, ROAD_PORT_OPEN, 0);
  g_autofree char *endpoints = NULL;
  g_autofree char *table = NULL;
  g_autofree char *command = NULL;

  road_host_set_ptr_name (host, "a|b");
  add_result (v6, 80, ROAD_PORT_OPEN, 0);
  add_result (v6, 25, ROAD_PORT_CLOSED, 0);
  g_ptr_array_add (items, road_port_row_new (host, &open));
  g_ptr_array_add (items, g_object_ref (v6));

  endpoints = road_result_copy_endpoints (items);
  g_assert_cmpstr (endpoints, ==, "192.0.2.1:22\n[2001:db8::1]:80\n");
  command = road_result_copy_command (items);
  g_assert_cmpstr (command, ==, "nmap -sT -p 22 192.0.2.1\nnmap -6 -sT -p 80 2001:db8::1");

  g_ptr_array_set_size (items, 1);
  table = road_result_copy_table (items);
  g_assert_cmpstr (table, ==,
                   "| Address | Name | Port | State | Service | Reason |\n"
                   "| --- | --- | --- | --- | --- | --- |\n"
                   "| 192.0.2.1 | a\\|b | 22 | open | ssh | syn-ack |\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/result-copy/text", test_copied_text);
  g_test_add_func ("/result-copy/forms", test_copied_forms);

  return g_test_run ();
}

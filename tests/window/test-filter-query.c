/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "ui/filter/road-filter-query.h"
#include "ui/rows/road-port-row.h"
#include "ui/rows/road-result-tree.h"

static RoadHost *
new_host (const char *address_text, const char *name)
{
  RoadAddress address;

  g_assert_true (road_address_parse (&address, address_text));

  return road_host_new (&address, name, NULL);
}

static void
add_results (RoadHost *host, RoadPortState state, RoadReason reason, guint first, guint last)
{
  for (guint port = first; port <= last; port++)
    {
      const RoadPortResult result = {
        .port = (guint16) port,
        .state = (guint8) state,
        .reason = (guint8) reason,
        .latency_us = state == ROAD_PORT_OPEN ? port * 1000 : 0,
      };

      road_host_add_results (host, &result, 1);
    }
}

/* ssh at 22 (22 ms), http at 80 (80 ms), smtp at 25 filtered, 1000 to 1099 closed */
static RoadHost *
new_nas (void)
{
  RoadHost *host = new_host ("192.0.2.20", "nas.example");

  road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  add_results (host, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK, 22, 22);
  add_results (host, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK, 80, 80);
  add_results (host, ROAD_PORT_FILTERED, ROAD_REASON_ADMIN_PROHIBITED, 25, 25);
  add_results (host, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, 1000, 1099);

  return host;
}

/* 1 December 2026 */
#define NOW 1796083200

/* The rows of @host that match: "22 80 100 closed" */
static char *
filter (RoadHost *host, const char *text, guint states)
{
  g_autoptr (RoadFilterQuery) query = road_filter_query_parse (text);
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (RoadFilterCount));
  g_autoptr (GArray) listed = NULL;
  g_autoptr (GString) rows = g_string_new (NULL);
  guint n_by_state[ROAD_N_PORT_STATES];
  guint n_ports;
  guint n_counted = 0;

  road_filter_query_set_time (query, NOW);
  listed = road_filter_query_list (query, host, states, counts);
  n_ports = listed->len;

  for (guint i = 0; i < listed->len; i++)
    g_string_append_printf (rows, "%s%u", i > 0 ? " " : "",
                            g_array_index (listed, RoadPortResult, i).port);
  for (guint i = 0; i < counts->len; i++)
    {
      const RoadFilterCount *count = &g_array_index (counts, RoadFilterCount, i);

      g_string_append_printf (rows, "%s%u %s", rows->len > 0 ? " " : "", count->n_ports,
                              road_port_state_to_string ((RoadPortState) count->common.state));
      n_ports += count->n_ports;
    }

  /* Both ways to count agree with the list. */
  road_filter_query_count (query, host, n_by_state);
  for (guint state = 0; state < ROAD_N_PORT_STATES; state++)
    n_counted += (states & (1u << state)) != 0 ? n_by_state[state] : 0;
  g_assert_cmpuint (n_counted, ==, n_ports);
  g_assert_cmpuint (road_filter_query_count_rows (query, host, states), ==,
                    listed->len + counts->len);

  return g_string_free (g_steal_pointer (&rows), FALSE);
}

static void
assert_filtered (RoadHost *host, const char *text, const char *expected)
{
  g_autofree char *rows = filter (host, text, G_MAXUINT);

  g_assert_cmpstr (rows, ==, expected);
}

/* Losing this: a filter shows other ports than it says. */
static void
test_terms (void)
{
  static const struct
  {
    const char *text;
    const char *rows;
  } cases[] = {
    { "", "22 25 80 100 closed" },
    { "  ", "22 25 80 100 closed" },
    { "22", "22" },
    { "!22", "25 80 100 closed" },
    { "!!22", "22" },
    { "20-30,1005", "22 25 1005" },
    { "port:80", "80" },
    { "ports:1000-1009", "1000 1001 1002 1003 1004 1005 1006 1007 1008 1009" },
    { "port:22-1050", "22 25 80 51 closed" },
    { "ssh", "22" },
    { "SSH", "22" },
    { "!ssh !closed", "25 80" },
    { "open", "22 80" },
    { "state:open", "22 80" },
    { "Closed", "100 closed" },
    { "!closed", "22 25 80" },
    { "filtered", "25" },
    { "open closed", "" },
    { "latency>50", "80" },
    { "latency>22", "80" },
    { "latency>=22", "22 80" },
    { "latency<80ms", "22" },
    { "latency<=80", "22 80" },
    { "latency<0", "" },
    { "!latency>50", "22 25 100 closed" },
    { "latency>0.5 http", "80" },
    { "reason:prohibited", "25" },
    { "reason:blocked", "25" },
    { "reason:refused", "100 closed" },
    { "!reason:syn", "25 100 closed" },
    { "host:nas", "22 25 80 100 closed" },
    { "host:192.0.2", "22 25 80 100 closed" },
    { "!host:nas", "" },
    { "host:ssh", "" },
    { "nas open", "22 80" },
    { "!nas", "" },
    { "192.0.2.20 80", "80" },
    { "\"nas.example\" 22", "22" },
    { "no-such-thing", "" },
  };
  g_autoptr (RoadHost) host = new_nas ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      assert_filtered (host, cases[i].text, cases[i].rows);
    }
}

/* Losing this: what another scanner found out cannot be searched, or the usual service is found in its
 * place. */
static void
test_found_services (void)
{
  g_autoptr (RoadHost) host = new_nas ();

  road_host_set_service (host, 80, "ssh", "OpenSSH 9.2p1 Débian");
  road_host_add_note (host, 22, "banner", "Welcome\naboard");
  road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_OS, "Linux 6.1");

  assert_filtered (host, "http", "");
  assert_filtered (host, "ssh", "22 80");
  assert_filtered (host, "!ssh open", "");
  assert_filtered (host, "openssh", "80");
  assert_filtered (host, "\"openssh 9.2p1 DÉBIAN\"", "80");
  assert_filtered (host, "aboard", "22");
  assert_filtered (host, "!aboard open", "80");
  assert_filtered (host, "linux open", "22 80");
}

/* Losing this: a user cannot find the printers, or what a vendor has made. */
static void
test_devices (void)
{
  static const struct
  {
    const char *text;
    gboolean matches;
  } cases[] = {
    { "vendor:raspberry", TRUE }, { "vendor:intel", FALSE }, { "!vendor:raspberry", FALSE },
    { "!vendor:intel", TRUE },    { "mac:b8:27:eb", TRUE },  { "mac:B8-27-EB-01", TRUE },
    { "mac:raspberry", FALSE },   { "mac:00:11", FALSE },    { "kind:storage", TRUE },
    { "kind:board", FALSE },      { "kind:printer", FALSE }, { "!kind:printer", TRUE },
    { "kind:network", TRUE },     { "raspberry", TRUE },
  };
  g_autoptr (RoadHost) host = new_nas ();

  assert_filtered (host, "vendor:raspberry open", "");
  road_host_replace_note (host, ROAD_NOTE_MAC, "06:00:00:00:00:01");
  assert_filtered (host, "vendor:random open", "22 80");
  road_host_replace_note (host, ROAD_NOTE_MAC, "B8:27:EB:01:02:03 (Raspberry Pi Foundation)");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (cases[i].text, " open", NULL);

      g_test_message ("%s", text);
      assert_filtered (host, text, cases[i].matches ? "22 80" : "");
    }
}

/* Losing this: a user cannot find the certificates that expire soon, or the hosts with an old program. */
static void
test_services (void)
{
  static const struct
  {
    const char *text;
    const char *rows;
  } cases[] = {
    { "cert<30", "80" },
    { "cert<10", "" },
    { "cert<=10", "80" },
    { "CERT>9", "80" },
    { "cert>10", "" },
    { "cert>=0", "80" },
    { "!cert<30", "22 25 100 closed" },
    { "!cert<10 open", "22 80" },
    { "title:login", "80" },
    { "title:ssh", "" },
    { "!title:login", "22 25 100 closed" },
    { "title:login ssh", "" },
    { "title:login http", "80" },
    { "title:login latency>50", "80" },
    { "product:openssh", "22" },
    { "product:9.2", "" },
    { "version:9.2", "22" },
    { "version:openssh", "22" },
    { "!product:openssh open", "80" },
    { "product:nginx", "" },
    { "product:openssh cert<30", "" },
  };
  const RoadService services[] = {
    { .port = 22, .confidence = 10, .product = (char *) "OpenSSH", .version = (char *) "9.2p1" },
    { .port = 80, .confidence = 10, .name = (char *) "ssl/http" },
  };
  g_autoptr (RoadHost) host = new_nas ();

  road_host_add_services (host, services, G_N_ELEMENTS (services));
  road_host_add_note (host, 80, ROAD_NOTE_HTTP_TITLE, "Login");
  road_host_add_note (host, 80, ROAD_NOTE_CERTIFICATE,
                      "Subject: commonName=nas\nNot valid after:  2026-12-11T00:00:00");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      assert_filtered (host, cases[i].text, cases[i].rows);
    }
}

/* Losing this: the buttons for the states do nothing, or hide too much. */
static void
test_states (void)
{
  g_autoptr (RoadHost) host = new_nas ();
  g_autofree char *open = filter (host, "", 1u << ROAD_PORT_OPEN);
  g_autofree char *two = filter (host, "", 1u << ROAD_PORT_FILTERED | 1u << ROAD_PORT_CLOSED);

  g_assert_cmpstr (open, ==, "22 80");
  g_assert_cmpstr (two, ==, "25 100 closed");
}

/* Losing this: a typing error hides everything, or nobody learns of it. */
static void
test_faults (void)
{
  static const struct
  {
    const char *text;
    gsize start, end;
  } cases[] = {
    { "colour:red", 0, 10 },    { "open colour:red 22", 5, 15 },
    { "latency>", 0, 8 },       { "latency>x", 0, 9 },
    { "latency:5", 0, 9 },      { "port>5", 0, 6 },
    { "host:", 0, 5 },          { "22 !", 3, 4 },
    { "port:70000", 0, 10 },    { "90-80", 0, 5 },
    { "kind:toaster", 0, 12 },  { "vendor:", 0, 7 },
    { "reason:bored", 0, 12 },  { "state:ajar", 0, 10 },
    { "latency>1e999", 0, 13 }, { "latency>nan", 0, 11 },
    { "latency<-1", 0, 10 },    { "cert:30", 0, 7 },
    { "cert<", 0, 5 },          { "cert<soon", 0, 9 },
    { "cert<-1", 0, 7 },        { "title:", 0, 6 },
    { "product>5", 0, 9 },      { "cert<99999999999", 0, 16 },
  };
  g_autoptr (RoadHost) host = new_nas ();
  g_autoptr (RoadFilterQuery) good = road_filter_query_parse ("fe80::1 dead:beef::1 a.b/c open");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoadFilterQuery) query = road_filter_query_parse (cases[i].text);
      const RoadFilterFault *fault = road_filter_query_get_fault (query);

      g_test_message ("%s", cases[i].text);
      g_assert_nonnull (fault);
      g_assert_cmpuint (fault->start, ==, cases[i].start);
      g_assert_cmpuint (fault->end, ==, cases[i].end);
      g_assert_cmpstr (fault->message, !=, "");
    }

  g_assert_null (road_filter_query_get_fault (good));

  {
    g_autofree char *spaces = g_strnfill (100, ' ');
    g_auto (GStrv) letters = g_strsplit (spaces, " ", -1);
    g_autofree char *many = g_strjoinv (" 22", letters);
    g_autoptr (RoadFilterQuery) query = road_filter_query_parse (many);

    g_assert_nonnull (road_filter_query_get_fault (query));
    assert_filtered (host, many, "22");
  }

  /* The other terms still count. */
  assert_filtered (host, "open colour:red", "22 80");
}

/* Losing this: pasted garbage, or a host with a chosen name, stops the window. */
static void
test_hostile (void)
{
  static const char *const texts[] = {
    "\"",
    "\"\"",
    "!\"\"",
    "!!!!",
    ":",
    "::",
    "<",
    ">",
    "latency",
    "latency<",
    "\xff\xfe",
    "a\xff:b",
    "port:\xff",
    "-",
    ",",
    "1-",
    "99999999999999999999",
    "0",
    "!-1",
    "%s%n",
    "host:\"a b",
  };
  g_autoptr (RoadHost) host = new_nas ();
  g_autoptr (RoadHost) chosen = new_host ("192.0.2.21", NULL);
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *same = g_strnfill (1000000, 'a');
  g_autofree char *long_word = g_strnfill (100000, 'a');
  g_autofree char *rows = NULL;
  gint64 start;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *any = filter (host, texts[i], G_MAXUINT);

      g_assert_nonnull (any);
    }

  for (guint i = 0; i < 10000; i++)
    g_string_append (many, i % 2 == 0 ? "word " : "!22 latency>1 host:nas colour:red ");
  rows = filter (host, many->str, G_MAXUINT);
  g_assert_cmpstr (rows, ==, "");

  /* The worst case of a naive search takes 10^11 steps. */
  add_results (chosen, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK, 22, 22);
  road_host_set_service (chosen, 22, NULL, same);
  long_word[99999] = 'b';
  start = g_get_monotonic_time ();
  assert_filtered (chosen, long_word, "");
  assert_filtered (chosen, "aaaa", "22");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

static RoadHost *
add_host (RoadReport *report, RoadHost *host)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (hosts, host);
  road_report_add_hosts (report, hosts);

  return host;
}

/* All rows: "192.0.2.20 22 80" */
static void
assert_tree (RoadResultTree *tree, const char *expected)
{
  GListModel *rows = G_LIST_MODEL (road_result_tree_get_selection (tree));
  g_autoptr (GString) text = g_string_new (NULL);

  while (g_main_context_iteration (NULL, FALSE))
    ;

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, i);
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

      g_string_append (text, i > 0 ? " " : "");
      if (ROAD_IS_HOST (item))
        g_string_append (text, road_host_get_address_string (ROAD_HOST (item)));
      else if (road_port_row_is_count (ROAD_PORT_ROW (item)))
        g_string_append_printf (text, "(%u)", road_port_row_get_count (ROAD_PORT_ROW (item)));
      else
        g_string_append_printf (text, "%u", road_port_row_get_result (ROAD_PORT_ROW (item))->port);
    }

  g_assert_cmpstr (text->str, ==, expected);
}

/* Losing this: a filter hides what matches or shows what does not, forgets results that come in later, or
 * changes which hosts are expanded and what is selected. */
static void
test_tree (void)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (RoadReport) report = road_report_new ("example", profile);
  g_autoptr (RoadSortOrder) order = road_sort_order_new ();
  g_autoptr (RoadFilter) filter = road_filter_new ();
  g_autoptr (RoadResultTree) tree = NULL;
  GtkSelectionModel *selection;
  RoadHost *nas, *silent, *late;
  guint64 n_ports[ROAD_N_PORT_STATES];

  road_report_set_n_targets (report, 3);
  nas = add_host (report, new_nas ());
  silent = add_host (report, new_host ("192.0.2.30", NULL));
  tree = road_result_tree_new (report, order, filter);
  selection = road_result_tree_get_selection (tree);
  road_result_tree_expand (tree, nas);
  assert_tree (tree, "192.0.2.20 22 80 25 (100) 192.0.2.30");
  gtk_selection_model_select_item (selection, 2, TRUE);

  road_filter_set (filter, "80", 0);
  assert_tree (tree, "192.0.2.20 80");
  g_assert_true (gtk_selection_model_is_selected (selection, 1));
  road_result_tree_count_ports (tree, n_ports);
  g_assert_cmpuint (n_ports[ROAD_PORT_OPEN], ==, 1);
  g_assert_cmpuint (n_ports[ROAD_PORT_CLOSED], ==, 0);

  /* A host that matches later, or for the first time, comes expanded. */
  late = add_host (report, new_host ("192.0.2.10", NULL));
  assert_tree (tree, "192.0.2.20 80");
  add_results (late, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK, 79, 81);
  assert_tree (tree, "192.0.2.10 80 192.0.2.20 80");
  add_results (silent, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, 80, 80);
  assert_tree (tree, "192.0.2.10 80 192.0.2.20 80 192.0.2.30 80");
  road_result_tree_count_ports (tree, n_ports);
  g_assert_cmpuint (n_ports[ROAD_PORT_OPEN], ==, 2);
  g_assert_cmpuint (n_ports[ROAD_PORT_CLOSED], ==, 1);

  road_sort_order_set (order, ROAD_COLUMN_TITLE, TRUE);
  assert_tree (tree, "192.0.2.30 80 192.0.2.20 80 192.0.2.10 80");
  road_sort_order_set (order, ROAD_COLUMN_TITLE, FALSE);

  road_filter_set (filter, "", 1u << ROAD_PORT_CLOSED);
  assert_tree (tree, "192.0.2.20 (100) 192.0.2.30 80");

  /* A name that comes later. */
  road_filter_set (filter, "host:printer", 0);
  assert_tree (tree, "");
  g_assert_true (road_result_tree_has_hosts (tree));
  road_host_set_ptr_name (silent, "printer.example");
  assert_tree (tree, "192.0.2.30 80");

  road_filter_set (filter, "", 0);
  assert_tree (tree, "192.0.2.10 192.0.2.20 22 25 80 (100) 192.0.2.30");

  /* Wrong terms do not filter. */
  road_filter_set (filter, "state:", 0);
  road_filter_set (filter, "state:x", 0);
  assert_tree (tree, "192.0.2.10 192.0.2.20 22 25 80 (100) 192.0.2.30");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/filter/terms", test_terms);
  g_test_add_func ("/filter/found-services", test_found_services);
  g_test_add_func ("/filter/devices", test_devices);
  g_test_add_func ("/filter/services", test_services);
  g_test_add_func ("/filter/states", test_states);
  g_test_add_func ("/filter/faults", test_faults);
  g_test_add_func ("/filter/hostile", test_hostile);
  g_test_add_func ("/filter/tree", test_tree);

  return g_test_run ();
}

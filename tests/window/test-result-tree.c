/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "models-fixture.h"
#include "ui/rows/road-result-tree.h"

/* Only rows that are selected, or all. */
static void
assert_tree (Results *self, gboolean selected_only, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkTreeListModel *rows = road_result_tree_get_rows (self->tree);
  GtkSelectionModel *selection = road_result_tree_get_selection (self->tree);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (rows, i);
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);
      g_autofree char *description = describe_row (item);

      if (!selected_only || gtk_selection_model_is_selected (selection, i))
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", description);
    }

  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_selected (Results *self, const char *expected)
{
  assert_tree (self, TRUE, expected);
}

/* Losing this: sorting, or a running scan, collapses hosts or changes the selection, so that the user copies
 * the wrong rows. */
static void
test_selection_stays (void)
{
  g_auto (Results) results = { NULL };
  g_autoptr (GtkTreeListRow) row = NULL;
  GtkSelectionModel *selection;
  RoadHost *a, *b;
  guint n_rows;

  results_init (&results);
  selection = road_result_tree_get_selection (results.tree);
  a = add_host (results.report, "192.0.2.1", ROAD_HOST_UP);
  b = add_host (results.report, "192.0.2.2", ROAD_HOST_UP);
  for (guint16 port = 10; port < 10 + 40; port++)
    add_result (a, port, ROAD_PORT_CLOSED, 0);
  add_result (a, 22222, ROAD_PORT_OPEN, 100);
  add_result (a, 80, ROAD_PORT_OPEN, 300);
  add_result (b, 80, ROAD_PORT_OPEN, 200);
  add_result (b, 443, ROAD_PORT_OPEN, 50);

  road_result_tree_expand (results.tree, a);
  road_result_tree_expand (results.tree, b);

  /* 192.0.2.1 80 22222 "40 closed", 192.0.2.2 80 443 */
  gtk_selection_model_select_item (selection, 1, FALSE);
  gtk_selection_model_select_item (selection, 3, FALSE);
  gtk_selection_model_select_item (selection, 4, FALSE);
  assert_selected (&results, "80 40 x closed 192.0.2.2");

  road_sort_order_set (results.order, ROAD_COLUMN_TITLE, TRUE);
  assert_selected (&results, "192.0.2.2 80 40 x closed");
  road_sort_order_set (results.order, ROAD_COLUMN_LATENCY, FALSE);
  assert_selected (&results, "80 40 x closed 192.0.2.2");

  /* Enough separate changes for all rows to be replaced. */
  road_sort_order_set (results.order, ROAD_COLUMN_TITLE, FALSE);
  {
    g_autoptr (GArray) batch = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));

    for (guint16 port = 50; port < 400; port += 4)
      {
        RoadPortResult result = new_result (port, ROAD_PORT_OPEN, 1);

        g_array_append_val (batch, result);
        add_result (b, (guint16) (port + 1), ROAD_PORT_OPEN, 1);
      }
    road_host_add_results (a, (const RoadPortResult *) (gpointer) batch->data, batch->len);
  }
  assert_selected (&results, "80 40 x closed 192.0.2.2");

  n_rows = g_list_model_get_n_items (G_LIST_MODEL (selection));
  gtk_selection_model_select_all (selection);
  road_sort_order_set (results.order, ROAD_COLUMN_TITLE, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, n_rows);
  for (guint i = 0; i < n_rows; i++)
    g_assert_true (gtk_selection_model_is_selected (selection, i));

  /* Collapsed hosts stay collapsed. */
  row = gtk_tree_list_model_get_child_row (road_result_tree_get_rows (results.tree), 0);
  gtk_tree_list_row_set_expanded (row, FALSE);
  n_rows = g_list_model_get_n_items (G_LIST_MODEL (selection));
  road_sort_order_set (results.order, ROAD_COLUMN_TITLE, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, n_rows);
}

/* Losing this: sorting collapses the ranges of ports that the user looks at, or selects other ones. */
static void
test_ranges_stay (void)
{
  g_auto (Results) results = { NULL };
  g_autoptr (GtkTreeListRow) row = NULL;
  GtkSelectionModel *selection;
  RoadHost *a, *b;

  results_init (&results);
  selection = road_result_tree_get_selection (results.tree);
  a = add_host (results.report, "192.0.2.1", ROAD_HOST_UP);
  b = add_host (results.report, "192.0.2.2", ROAD_HOST_UP);
  for (guint16 port = 10; port < 10 + 40; port++)
    add_result (a, port, port == 22 ? ROAD_PORT_OPEN : ROAD_PORT_CLOSED, 0);
  for (guint16 port = 10; port < 10 + 40; port++)
    add_result (a, 1000 + port, ROAD_PORT_FILTERED, 0);
  add_result (b, 80, ROAD_PORT_OPEN, 200);
  road_result_tree_expand (results.tree, a);
  road_result_tree_expand (results.tree, b);

  /* 192.0.2.1 22 "40 filtered" "39 closed" 10-21 23-49, 192.0.2.2 80 */
  row = gtk_tree_list_model_get_row (road_result_tree_get_rows (results.tree), 3);
  gtk_tree_list_row_set_expanded (row, TRUE);
  gtk_selection_model_select_item (selection, 3, FALSE);
  gtk_selection_model_select_item (selection, 5, FALSE);
  gtk_selection_model_select_item (selection, 7, FALSE);
  assert_selected (&results, "39 x closed 23-49 80");

  road_sort_order_set (results.order, ROAD_COLUMN_TITLE, TRUE);
  assert_selected (&results, "80 39 x closed 23-49");
  road_sort_order_set (results.order, ROAD_COLUMN_NONE, FALSE);
  assert_selected (&results, "39 x closed 23-49 80");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, 8);
}

/* Losing this: rows that were selected as a range, and never seen, are others once they are sorted. */
static void
test_unseen_range_stays (void)
{
  g_auto (Results) results = { NULL };
  GtkSelectionModel *selection;
  RoadHost *host;

  results_init (&results);
  selection = road_result_tree_get_selection (results.tree);
  host = add_host (results.report, "192.0.2.1", ROAD_HOST_UP);
  for (guint16 port = 1; port <= 6; port++)
    add_result (host, port, ROAD_PORT_OPEN, 1000u - port);
  road_result_tree_expand (results.tree, host);

  gtk_selection_model_select_range (selection, 2, 2, TRUE);
  road_sort_order_set (results.order, ROAD_COLUMN_LATENCY, FALSE);
  assert_selected (&results, "3 2");
}

/* Returns: how many signals of @object @follower has handlers for */
static guint
count_handlers (gpointer object, gpointer follower)
{
  const guint n =
      g_signal_handlers_block_matched (object, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, follower);

  g_signal_handlers_unblock_matched (object, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, follower);

  return n;
}

/* Losing this: sorting takes seconds with thousands of hosts: each handler of a signal makes it slower to remove
 * another. */
static void
test_hosts_follow_no_order (void)
{
  g_auto (Results) results = { NULL };
  g_autoptr (GtkTreeListRow) row = NULL;
  RoadHost *host;

  results_init (&results);
  host = add_host (results.report, "192.0.2.1", ROAD_HOST_UP);
  add_result (host, 80, ROAD_PORT_OPEN, 1);
  road_result_tree_expand (results.tree, host);
  row = gtk_tree_list_model_get_row (road_result_tree_get_rows (results.tree), 0);

  g_assert_cmpuint (count_handlers (results.order, results.tree), >, 0);
  g_assert_cmpuint (count_handlers (results.order, gtk_tree_list_row_get_children (row)), ==, 0);
}

/* Losing this: sorting a large report takes seconds, as the list follows each host that is collapsed and expanded. */
static void
test_sorted_at_once (void)
{
  g_auto (Results) results = { NULL };
  Follower *follower;

  results_init (&results);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *address = g_strdup_printf ("192.0.2.%u", i + 1);
      RoadHost *host = add_host (results.report, address, ROAD_HOST_UP);

      add_result (host, 80, ROAD_PORT_OPEN, 100 + i % 7);
      add_result (host, 443, ROAD_PORT_OPEN, 300 - i % 7);
      road_result_tree_expand (results.tree, host);
    }
  follower = follow (G_LIST_MODEL (road_result_tree_get_selection (results.tree)));
  g_assert_cmpuint (follower->copy->len, ==, 150);

  /* The hosts, then only their ports. */
  for (guint i = 0; i < 2; i++)
    {
      follower->n_changes = 0;
      road_sort_order_set (results.order, i == 0 ? ROAD_COLUMN_LATENCY : ROAD_COLUMN_SERVICE,
                           i == 0);
      g_assert_cmpuint (follower->n_changes, ==, 2);
      g_assert_cmpuint (follower->copy->len, ==, 150);
    }

  follower_free (follower);
}

/* Losing this: the ports on the screen stay in the order they had, while what is selected is that of the new one: with
 * newer GTK, whose trees keep the rows they have until they are told. */
static void
test_ports_of_one_host (void)
{
  g_auto (Results) results = { NULL };
  GListModel *rows;
  RoadHost *host;

  results_init (&results);
  rows = G_LIST_MODEL (road_result_tree_get_rows (results.tree));
  host = add_host (results.report, "192.0.2.1", ROAD_HOST_UP);
  add_result (host, 80, ROAD_PORT_OPEN, 1);
  add_result (host, 443, ROAD_PORT_OPEN, 2);
  road_result_tree_expand (results.tree, host);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GtkTreeListRow) row = NULL;
      g_autoptr (GObject) item = NULL;
      g_autofree char *description = NULL;

      road_sort_order_set (results.order, ROAD_COLUMN_LATENCY, i == 1);
      row = g_list_model_get_item (rows, 1);
      item = gtk_tree_list_row_get_item (row);
      description = describe_row (item);
      g_assert_cmpstr (description, ==, i == 0 ? "80" : "443");
    }
}

static GListModel *
dup_ports (Results *self, guint host)
{
  g_autoptr (GtkTreeListRow) row =
      gtk_tree_list_model_get_child_row (road_result_tree_get_rows (self->tree), host);

  return g_object_ref (gtk_tree_list_row_get_children (row));
}

/* Losing this: sorting or filtering a large report takes twice as long, most of which goes into models that there were
 * already. */
static void
test_models_stay (void)
{
  g_auto (Results) results = { NULL };
  GListModel *ports;

  results_init (&results);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *address = g_strdup_printf ("192.0.2.%u", i + 1);
      RoadHost *host = add_host (results.report, address, ROAD_HOST_UP);

      add_result (host, 80, ROAD_PORT_OPEN, 100);
      add_result (host, 443, ROAD_PORT_OPEN, 300);
      road_result_tree_expand (results.tree, host);
    }
  ports = dup_ports (&results, 0);
  g_object_add_weak_pointer (G_OBJECT (ports), (gpointer *) &ports);
  g_object_unref (ports);

  road_sort_order_set (results.order, ROAD_COLUMN_TITLE, TRUE);
  assert_tree (&results, FALSE, "192.0.2.3 443 80 192.0.2.2 443 80 192.0.2.1 443 80");
  for (guint i = 0; i < 3; i++)
    {
      static const char *const texts[] = { "443", "80", "" };
      static const char *const expected[] = {
        "192.0.2.3 443 192.0.2.2 443 192.0.2.1 443",
        "192.0.2.3 80 192.0.2.2 80 192.0.2.1 80",
        "192.0.2.3 443 80 192.0.2.2 443 80 192.0.2.1 443 80",
      };
      g_autoptr (GListModel) after = NULL;

      road_filter_set (results.filter, texts[i], 0);
      g_assert_nonnull (ports);
      assert_tree (&results, FALSE, expected[i]);
      after = dup_ports (&results, 2);
      g_assert_true (after == ports);
    }
  g_object_remove_weak_pointer (G_OBJECT (ports), (gpointer *) &ports);
}

/* Losing this: the models of hosts that a filter hides, or that were collapsed, are never freed, and each costs time
 * whenever its host changes. */
static void
test_unused_models_go (void)
{
  g_auto (Results) results = { NULL };
  GListModel *ports;
  RoadHost *host;

  results_init (&results);
  host = add_host (results.report, "192.0.2.1", ROAD_HOST_UP);
  add_result (host, 80, ROAD_PORT_OPEN, 100);
  road_result_tree_expand (results.tree, host);
  ports = dup_ports (&results, 0);
  g_object_add_weak_pointer (G_OBJECT (ports), (gpointer *) &ports);
  g_object_unref (ports);

  road_filter_set (results.filter, "443", 0);
  run_idle_sources ();
  g_assert_null (ports);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/result-tree/selection-stays", test_selection_stays);
  g_test_add_func ("/result-tree/ranges-stay", test_ranges_stay);
  g_test_add_func ("/result-tree/unseen-range-stays", test_unseen_range_stays);
  g_test_add_func ("/result-tree/hosts-follow-no-order", test_hosts_follow_no_order);
  g_test_add_func ("/result-tree/sorted-at-once", test_sorted_at_once);
  g_test_add_func ("/result-tree/ports-of-one-host", test_ports_of_one_host);
  g_test_add_func ("/result-tree/models-stay", test_models_stay);
  g_test_add_func ("/result-tree/unused-models-go", test_unused_models_go);

  return g_test_run ();
}

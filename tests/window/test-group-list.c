/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "models-fixture.h"
#include "ui/rows/road-group-tree.h"
#include "ui/rows/road-result-tree.h"

/* Losing this: "who has SSH open?" has a wrong answer, or what the user works with collapses while a scan runs. */
static void
test_groups (void)
{
  g_auto (Results) results = { NULL };
  g_autoptr (RoadGroupList) groups = NULL;
  g_autoptr (RoadGroupTree) tree = NULL;
  g_autoptr (GtkTreeListRow) row = NULL;
  GtkSelectionModel *selection;
  RoadHost *a, *b;

  results_init (&results);
  a = add_host (results.report, "192.0.2.1", ROAD_HOST_UP);
  b = add_host (results.report, "192.0.2.2", ROAD_HOST_UP);
  add_result (a, 22, ROAD_PORT_OPEN, 1);
  add_result (a, 80, ROAD_PORT_CLOSED, 1);
  add_result (b, 22, ROAD_PORT_OPEN, 1);
  groups = road_group_list_new (road_result_tree_get_hosts (results.tree), results.order,
                                results.filter, ROAD_GROUPING_PORT);
  tree = road_group_tree_new (groups);
  selection = road_group_tree_get_selection (tree);
  assert_rows (G_LIST_MODEL (groups), "22:2");

  row = gtk_tree_list_model_get_row (road_group_tree_get_rows (tree), 0);
  gtk_tree_list_row_set_expanded (row, TRUE);
  gtk_selection_model_select_item (selection, 2, TRUE);

  add_result (b, 21, ROAD_PORT_OPEN, 1);
  add_result (b, 443, ROAD_PORT_OPEN, 1);
  road_group_list_update (groups);
  assert_rows (G_LIST_MODEL (groups), "21:1 22:2 443:1");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, 5);
  g_assert_true (gtk_selection_model_is_selected (selection, 3));

  road_sort_order_set (results.order, ROAD_COLUMN_STATE, FALSE);
  assert_rows (G_LIST_MODEL (groups), "22:2 21:1 443:1");
  /* Also the host with more open ports comes first. */
  g_assert_true (gtk_selection_model_is_selected (selection, 1));
  road_filter_set (results.filter, "!22", 0);
  assert_rows (G_LIST_MODEL (groups), "21:1 443:1");
}

static guint
expand_after_filter (RoadGroupTree *tree, RoadFilter *filter, gboolean expanded)
{
  GtkTreeListModel *rows = road_group_tree_get_rows (tree);
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (rows, 0);

  gtk_tree_list_row_set_expanded (row, expanded);
  road_filter_set (filter, "nothing is called so", 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 0);
  road_filter_set (filter, "22", 0);

  return g_list_model_get_n_items (G_LIST_MODEL (rows));
}

/* Losing this: who types a filter whose first letters match nothing finds all groups collapsed. */
static void
test_expanded_while_hidden (void)
{
  g_auto (Results) results = { NULL };
  g_autoptr (RoadGroupList) groups = NULL;
  g_autoptr (RoadGroupTree) tree = NULL;

  results_init (&results);
  add_result (add_host (results.report, "192.0.2.1", ROAD_HOST_UP), 22, ROAD_PORT_OPEN, 1);
  groups = road_group_list_new (road_result_tree_get_hosts (results.tree), results.order,
                                results.filter, ROAD_GROUPING_PORT);
  tree = road_group_tree_new (groups);

  g_assert_cmpuint (expand_after_filter (tree, results.filter, TRUE), ==, 2);
  g_assert_cmpuint (expand_after_filter (tree, results.filter, FALSE), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/group-list/live", test_groups);
  g_test_add_func ("/group-list/expanded-while-hidden", test_expanded_while_hidden);

  return g_test_run ();
}

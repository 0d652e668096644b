/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "models-fixture.h"
#include "ui/results/road-result-copy.h"
#include "ui/rows/road-group-tree.h"
#include "ui/rows/road-picked-rows.h"
#include "ui/rows/road-port-row.h"

#include <time.h>

#define N_HOSTS 8
#define N_ROUNDS 200

/* More than can be copied before the next frame. */
#define N_MANY 60000

/* The limit for the processor time that one step takes. */
#define MAX_STEP_MS 50.0

/* The selected rows of @tree one by one; a group stands for its members, which may be selected too. */
static char *
describe_selected (GtkTreeListModel *tree, GtkBitset *positions)
{
  GString *text = g_string_new (NULL);
  GObject *last_group = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tree)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (tree, i);
      g_autoptr (GtkTreeListRow) parent = gtk_tree_list_row_get_parent (row);
      g_autoptr (GObject) parent_item = parent != NULL ? gtk_tree_list_row_get_item (parent) : NULL;
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);
      g_autofree char *description = NULL;

      if (!gtk_bitset_contains (positions, i) || (last_group != NULL && parent_item == last_group))
        continue;

      last_group = ROAD_IS_GROUP (item) ? item : NULL;
      description =
          ROAD_IS_GROUP (item) ? describe_model (G_LIST_MODEL (item)) : describe_row (item);
      g_string_append_printf (text, "%s ", description);
    }

  return g_string_free (text, FALSE);
}

static char *
describe_picked (GtkTreeListModel *tree, GtkBitset *positions)
{
  GString *text = g_string_new (NULL);
  g_autoptr (RoadPickedRows) rows = road_picked_rows_new (tree, positions);
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
      const guint n_items = (guint) g_test_rand_int_range (1, 20);

      more = road_picked_rows_take (rows, items, n_items);
      g_assert_cmpuint (items->len, <=, n_items);
      for (guint i = 0; i < items->len; i++)
        {
          g_autofree char *description = describe_row (g_ptr_array_index (items, i));

          g_string_append_printf (text, "%s ", description);
        }
    }

  return g_string_free (text, FALSE);
}

static void
add_hosts (Results *self)
{
  for (guint i = 0; i < N_HOSTS; i++)
    {
      g_autofree char *address = g_strdup_printf ("192.0.2.%u", i + 1);
      RoadHost *host = add_host (self->report, address, ROAD_HOST_UP);

      for (guint16 port = 1; port < 8 * i; port++)
        add_result (host, port, port % 3 == 0 ? ROAD_PORT_OPEN : ROAD_PORT_CLOSED, 100);
    }
  run_idle_sources ();
}

static void
expand_some (GtkTreeListModel *tree)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tree)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (tree, i);

      gtk_tree_list_row_set_expanded (row, g_test_rand_bit ());
    }
}

static GtkBitset *
select_some (guint n_rows)
{
  GtkBitset *positions = gtk_bitset_new_empty ();
  const int n_ranges = g_test_rand_int_range (0, 5);

  for (int i = 0; i < n_ranges; i++)
    {
      const guint first = (guint) g_test_rand_int_range (0, (int) n_rows);

      gtk_bitset_add_range (positions, first,
                            (guint) g_test_rand_int_range (1, (int) (n_rows - first + 1)));
    }

  return positions;
}

static void
check_random (GtkTreeListModel *tree)
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GtkBitset) positions = NULL;
      g_autofree char *selected = NULL;
      g_autofree char *picked = NULL;

      expand_some (tree);
      positions = select_some (g_list_model_get_n_items (G_LIST_MODEL (tree)));
      selected = describe_selected (tree, positions);
      picked = describe_picked (tree, positions);
      g_assert_cmpstr (picked, ==, selected);
    }
}

/* Losing this: other rows are copied, or scanned, than those that are selected. */
static void
test_random_selections (void)
{
  g_auto (Results) results = { NULL };
  g_autoptr (RoadGroupList) groups = NULL;
  g_autoptr (RoadGroupTree) by_port = NULL;

  results_init (&results);
  add_hosts (&results);
  check_random (road_result_tree_get_rows (results.tree));

  groups = road_group_list_new (road_result_tree_get_hosts (results.tree), results.order,
                                results.filter, ROAD_GROUPING_PORT);
  by_port = road_group_tree_new (groups);
  check_random (road_group_tree_get_rows (by_port));
}

typedef struct
{
  char *text;
  guint n_rows;
  gboolean late;
} Copied;

static void
on_copied (char *text, guint n_rows, gboolean late, gpointer user_data)
{
  *(Copied *) user_data = (Copied){ text, n_rows, late };
}

static double
get_processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static RoadPickedRows *
pick_all (Results *self)
{
  GtkTreeListModel *tree = road_result_tree_get_rows (self->tree);
  const guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (tree));
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n_rows);

  return road_picked_rows_new (tree, all);
}

static char *
copy_at_once (Results *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RoadPickedRows) rows = pick_all (self);

  while (road_picked_rows_take (rows, items, N_MANY))
    ;

  return road_result_copy_rows (items);
}

static void
add_many (Results *self)
{
  RoadHost *host = add_host (self->report, "192.0.2.1", ROAD_HOST_UP);
  g_autofree RoadPortResult *ports = g_new0 (RoadPortResult, N_MANY);

  for (guint i = 0; i < N_MANY; i++)
    ports[i] = new_result ((guint16) (i + 1), ROAD_PORT_OPEN, 100);
  road_host_add_results (host, ports, N_MANY);
  run_idle_sources ();
  road_result_tree_expand (self->tree, host);
}

/* Losing this: the window freezes for seconds while many rows are copied, or a part of them is missing if rows are
 * sorted or hidden meanwhile. */
static void
test_copied_in_steps (void)
{
  g_auto (Results) results = { NULL };
  g_autofree char *expected = NULL;
  Copied copied = { NULL };
  double longest = 0;

  results_init (&results);
  add_many (&results);
  expected = copy_at_once (&results);

  g_assert_nonnull (road_result_copy_start (ROAD_RESULT_COPY_ROWS, results.report,
                                            pick_all (&results), on_copied, &copied));
  road_filter_set (results.filter, "closed", 0);
  while (copied.text == NULL)
    {
      const double start = get_processor_time ();

      g_main_context_iteration (NULL, TRUE);
      longest = MAX (longest, get_processor_time () - start);
    }

  g_test_message ("longest step: %.1f ms", longest);
  g_assert_cmpfloat (longest, <, MAX_STEP_MS);
  g_assert_true (copied.late);
  g_assert_cmpuint (copied.n_rows, ==, N_MANY + 1);
  g_assert_true (g_str_equal (copied.text, expected));
  g_free (copied.text);
}

/* Losing this: closing the window while rows are copied crashes the program. */
static void
test_cancelled (void)
{
  g_auto (Results) results = { NULL };
  Copied copied = { NULL };
  RoadResultCopy *copying;

  results_init (&results);
  add_many (&results);
  copying = road_result_copy_start (ROAD_RESULT_COPY_ENDPOINTS, results.report, pick_all (&results),
                                    on_copied, &copied);
  g_assert_nonnull (copying);
  road_result_copy_cancel (copying);
  run_idle_sources ();
  g_assert_null (copied.text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picked-rows/random-selections", test_random_selections);
  g_test_add_func ("/picked-rows/copied-in-steps", test_copied_in_steps);
  g_test_add_func ("/picked-rows/cancelled", test_cancelled);

  return g_test_run ();
}

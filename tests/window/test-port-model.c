/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "models-fixture.h"
#include "ui/rows/road-port-models.h"
#include "ui/rows/road-port-ranges.h"

/* As the tree does. */
static void
sort (RoadPortModel *model, RoadSortOrder *order, RoadColumn column, gboolean descending)
{
  road_sort_order_set (order, column, descending);
  road_port_model_sort (model);
}

/* Losing this: open ports are missing from the tree during the scan, or are in it twice. */
static void
test_ports_come_in (void)
{
  g_autoptr (RoadHost) host = new_host ("192.0.2.1");
  g_autoptr (RoadSortOrder) order = road_sort_order_new ();
  g_autoptr (RoadFilter) filter = road_filter_new ();
  g_autoptr (RoadPortModel) model = road_port_model_new (host, order, filter);
  g_autoptr (Follower) follower = follow (G_LIST_MODEL (model));

  assert_rows (G_LIST_MODEL (model), "");
  add_result (host, 443, ROAD_PORT_OPEN, 100);
  add_result (host, 22, ROAD_PORT_OPEN, 200);
  add_result (host, 80, ROAD_PORT_CLOSED, 0);
  assert_rows (G_LIST_MODEL (model), "22 443 80");
  assert_follows (follower);

  /* Each was inserted alone. */
  g_assert_cmpuint (follower->n_rows_changed, ==, 3);
}

/* Losing this: a thousand closed ports bury the three that are open. */
static void
test_many_become_a_count (void)
{
  g_autoptr (RoadHost) host = new_host ("192.0.2.1");
  g_autoptr (RoadSortOrder) order = road_sort_order_new ();
  g_autoptr (RoadFilter) filter = road_filter_new ();
  g_autoptr (RoadPortModel) model = road_port_model_new (host, order, filter);
  g_autoptr (Follower) follower = follow (G_LIST_MODEL (model));
  g_autoptr (RoadPortRow) row = NULL;
  guint n_changes, position;

  add_result (host, 5000, ROAD_PORT_OPEN, 0);
  for (guint16 port = 1; port <= ROAD_HOST_MAX_LISTED; port++)
    add_result (host, port, ROAD_PORT_CLOSED, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, ROAD_HOST_MAX_LISTED + 1);

  add_result (host, 1000, ROAD_PORT_CLOSED, 0);
  assert_rows (G_LIST_MODEL (model), "5000 26 x closed");
  assert_follows (follower);

  /* From now on only the count is updated and no row is added or removed. */
  n_changes = follower->n_changes;
  add_result (host, 1001, ROAD_PORT_CLOSED, 0);
  assert_rows (G_LIST_MODEL (model), "5000 27 x closed");
  assert_follows (follower);
  g_assert_cmpuint (follower->n_changes, ==, n_changes);

  row = g_list_model_get_item (G_LIST_MODEL (model), 1);
  g_assert_true (road_port_model_find (model, row, &position));
  g_assert_cmpuint (position, ==, 1);
}

/* Losing this: ports with the same state but different reasons are lumped together, so that ports that a
 * firewall rejects look like those that it drops. */
static void
test_counts_by_reason (void)
{
  g_autoptr (RoadHost) host = new_host ("192.0.2.1");
  g_autoptr (RoadSortOrder) order = road_sort_order_new ();
  g_autoptr (RoadFilter) filter = road_filter_new ();
  g_autoptr (RoadPortModel) model = road_port_model_new (host, order, filter);
  RoadPortResult result = new_result (0, ROAD_PORT_FILTERED, 0);

  for (guint16 port = 1; port <= 40; port++)
    {
      result.port = port;
      result.reason = port <= 30 ? ROAD_REASON_NO_RESPONSE : ROAD_REASON_PORT_UNREACH;
      road_host_add_results (host, &result, 1);
    }
  assert_rows (G_LIST_MODEL (model), "30 x filtered 10 x filtered");
}

/* Losing this: a click on a column header sorts the ports wrongly, or loses some. */
static void
test_ports_sort (void)
{
  g_autoptr (RoadHost) host = new_host ("192.0.2.1");
  g_autoptr (RoadSortOrder) order = road_sort_order_new ();
  g_autoptr (RoadFilter) filter = road_filter_new ();
  g_autoptr (RoadPortModel) model = road_port_model_new (host, order, filter);
  g_autoptr (Follower) follower = follow (G_LIST_MODEL (model));

  add_result (host, 22, ROAD_PORT_OPEN, 300);
  add_result (host, 80, ROAD_PORT_FILTERED, 0);
  add_result (host, 25, ROAD_PORT_CLOSED, 50);
  add_result (host, 443, ROAD_PORT_OPEN, 100);

  assert_rows (G_LIST_MODEL (model), "22 443 80 25");
  sort (model, order, ROAD_COLUMN_TITLE, FALSE);
  assert_rows (G_LIST_MODEL (model), "22 25 80 443");
  sort (model, order, ROAD_COLUMN_TITLE, TRUE);
  assert_rows (G_LIST_MODEL (model), "443 80 25 22");
  sort (model, order, ROAD_COLUMN_STATE, FALSE);
  assert_rows (G_LIST_MODEL (model), "22 443 80 25");
  sort (model, order, ROAD_COLUMN_STATE, TRUE);
  assert_rows (G_LIST_MODEL (model), "25 80 22 443");
  sort (model, order, ROAD_COLUMN_SERVICE, FALSE);
  assert_rows (G_LIST_MODEL (model), "80 443 25 22");
  sort (model, order, ROAD_COLUMN_LATENCY, TRUE);
  assert_rows (G_LIST_MODEL (model), "22 443 25 80");
  assert_follows (follower);

  add_result (host, 8080, ROAD_PORT_OPEN, 200);
  assert_rows (G_LIST_MODEL (model), "22 8080 443 25 80");
  assert_follows (follower);
}

/* Losing this: the tree and the report differ for some order of results. */
static void
test_random_results (void)
{
  g_autoptr (RoadHost) host = new_host ("192.0.2.1");
  g_autoptr (RoadSortOrder) order = road_sort_order_new ();
  g_autoptr (RoadFilter) filter = road_filter_new ();
  g_autoptr (RoadPortModel) model = road_port_model_new (host, order, filter);
  g_autoptr (Follower) follower = follow (G_LIST_MODEL (model));
  g_autoptr (GArray) batch = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  guint16 ports[2000];

  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    ports[i] = (guint16) (i + 1);

  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      guint j = (guint) g_test_rand_int_range ((int) i, G_N_ELEMENTS (ports));
      guint16 port = ports[j];
      RoadPortState state =
          (RoadPortState) g_test_rand_int_range (ROAD_PORT_OPEN, ROAD_N_PORT_STATES);
      RoadPortResult result = new_result (port, state, (guint) g_test_rand_int_range (0, 100));

      ports[j] = ports[i];
      g_array_append_val (batch, result);

      if (g_test_rand_int_range (0, 40) == 0 || i == G_N_ELEMENTS (ports) - 1)
        {
          road_host_add_results (host, (const RoadPortResult *) (gpointer) batch->data, batch->len);
          g_array_set_size (batch, 0);
          if (g_test_rand_bit ())
            sort (model, order, (RoadColumn) g_test_rand_int_range (0, ROAD_N_COLUMNS),
                  g_test_rand_bit ());
          assert_follows (follower);
        }
    }

  g_assert_cmpuint (follower->copy->len, ==, road_host_get_n_ports (host, ROAD_PORT_OPEN) + 2);
}

/* Losing this: nobody learns which ports are the 62,534 closed ones; or thousands of ranges, every other port
 * being closed, make the list useless. */
static void
test_ranges (void)
{
  g_autoptr (RoadHost) host = new_host ("192.0.2.1");
  g_autoptr (RoadFilter) filter = road_filter_new ();
  const RoadPortResult closed = new_result (0, ROAD_PORT_CLOSED, 0);
  g_autoptr (RoadPortRow) count = road_port_row_new_count (host, &closed, 0);
  g_autoptr (RoadPortRanges) ranges = road_port_ranges_new (count, filter);
  g_autoptr (RoadPortRanges) filtered = NULL;
  g_autoptr (Follower) follower = follow (G_LIST_MODEL (ranges));
  guint n_ranges = ROAD_PORT_RANGES_MAX;

  for (guint16 port = 1; port <= 79; port++)
    add_result (host, port, port == 22 ? ROAD_PORT_OPEN : ROAD_PORT_CLOSED, 0);
  assert_rows (G_LIST_MODEL (ranges), "1-21 23-79");
  assert_follows (follower);

  /* Only the range that has changed is replaced. */
  follower->n_rows_changed = 0;
  add_result (host, 80, ROAD_PORT_CLOSED, 0);
  add_result (host, 100, ROAD_PORT_CLOSED, 0);
  assert_rows (G_LIST_MODEL (ranges), "1-21 23-80 100-100");
  assert_follows (follower);
  g_assert_cmpuint (follower->n_rows_changed, ==, 3);

  for (guint16 port = 201; port <= 2000; port += 2)
    add_result (host, port, ROAD_PORT_CLOSED, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ranges)), ==, n_ranges + 1);
  {
    g_autoptr (GObject) rest = g_list_model_get_item (G_LIST_MODEL (ranges), n_ranges);
    g_autofree char *row = describe_row (rest);

    /* 900 ranges of one port, of which 197 are listed after the first three. */
    g_assert_cmpstr (row, ==, "703 more");
  }
  assert_follows (follower);

  road_filter_set (filter, "10-30 closed", 0);
  filtered = road_port_ranges_new (count, filter);
  assert_rows (G_LIST_MODEL (filtered), "10-21 23-30");
}

/* Losing this: nobody sees what has changed since the last look at a host, or a port that was closed meanwhile
 * disappears among a thousand others; or a scan that goes on lists a port twice. */
static void
test_changes (void)
{
  g_autoptr (RoadHost) host = new_host ("192.0.2.1");
  g_autoptr (RoadHost) newer = new_host ("192.0.2.1");
  g_autoptr (RoadSortOrder) order = road_sort_order_new ();
  g_autoptr (RoadFilter) filter = road_filter_new ();
  g_autoptr (RoadPortModel) model = road_port_model_new (host, order, filter);
  g_autoptr (Follower) follower = follow (G_LIST_MODEL (model));

  for (guint16 port = 1; port <= 40; port++)
    add_result (host, port, ROAD_PORT_CLOSED, 0);
  add_result (host, 80, ROAD_PORT_OPEN, 0);
  add_result (host, 443, ROAD_PORT_OPEN, 0);
  assert_rows (G_LIST_MODEL (model), "80 443 40 x closed");
  g_assert_cmpuint (road_host_get_n_changes (host), ==, 0);

  /* It comes bit by bit. Port 8080 was not scanned before. */
  add_result (newer, 22, ROAD_PORT_OPEN, 0);
  road_host_update (host, newer, NULL);
  add_result (newer, 80, ROAD_PORT_CLOSED, 0);
  add_result (newer, 443, ROAD_PORT_OPEN, 0);
  add_result (newer, 8080, ROAD_PORT_OPEN, 0);
  road_host_update (host, newer, NULL);
  assert_rows (G_LIST_MODEL (model), "22 443 8080 80 39 x closed");
  assert_follows (follower);
  g_assert_cmpuint (road_host_get_n_changes (host), ==, 2);
  g_assert_cmpint (road_host_get_state_before (host, 22), ==, ROAD_PORT_CLOSED);
  g_assert_cmpint (road_host_get_state_before (host, 80), ==, ROAD_PORT_OPEN);
  g_assert_cmpint (road_host_get_state_before (host, 443), ==, ROAD_PORT_UNKNOWN);
  g_assert_cmpint (road_host_get_state_before (host, 8080), ==, ROAD_PORT_UNKNOWN);

  road_host_forget_changes (host);
  assert_rows (G_LIST_MODEL (model), "22 443 8080 40 x closed");
  assert_follows (follower);

  /* The scan that was stopped goes on with a port that is known meanwhile. */
  add_result (host, 8080, ROAD_PORT_CLOSED, 0);
  assert_rows (G_LIST_MODEL (model), "22 443 41 x closed");
}

static void
keep_first_ten (RoadPortModel *model, gpointer user_data)
{
  g_autoptr (GtkBitset) positions = gtk_bitset_new_range (0, 10);

  road_port_model_keep (model, positions);
}

/* Losing this: the visible rows are replaced with each batch of results, and the view loses its place; or
 * each of thousands of results is announced separately, and the window freezes. */
static void
test_kept_rows (void)
{
  g_autoptr (RoadHost) host = new_host ("192.0.2.1");
  g_autoptr (RoadSortOrder) order = road_sort_order_new ();
  g_autoptr (RoadFilter) filter = road_filter_new ();
  g_autoptr (RoadPortModel) model = road_port_model_new (host, order, filter);
  g_autoptr (Follower) follower = follow (G_LIST_MODEL (model));
  g_autoptr (GPtrArray) before = NULL;
  RoadPortResult even[1000], odd[1000];

  for (guint i = 0; i < G_N_ELEMENTS (even); i++)
    {
      even[i] = new_result ((guint16) (2 * i + 2), ROAD_PORT_OPEN, 1);
      odd[i] = new_result ((guint16) (2 * i + 1), ROAD_PORT_OPEN, 1);
    }
  road_host_add_results (host, even, G_N_ELEMENTS (even));
  before = g_ptr_array_copy (follower->copy, (GCopyFunc) (GCallback) g_object_ref, NULL);
  g_ptr_array_set_free_func (before, g_object_unref);

  g_signal_connect (model, "changing", G_CALLBACK (keep_first_ten), NULL);
  follower->n_changes = 0;
  road_host_add_results (host, odd, G_N_ELEMENTS (odd));
  assert_follows (follower);
  g_assert_cmpuint (follower->n_changes, >, 10);
  g_assert_cmpuint (follower->n_changes, <, 20);
  for (guint i = 0; i < 10; i++)
    g_assert_true (g_ptr_array_index (follower->copy, 2 * i + 1) == g_ptr_array_index (before, i));
}

/* Losing this: rows that are being copied are gone from the copy once others are filtered. */
static void
test_held_rows (void)
{
  g_autoptr (RoadHost) host = new_host ("192.0.2.1");
  g_autoptr (RoadSortOrder) order = road_sort_order_new ();
  g_autoptr (RoadFilter) filter = road_filter_new ();
  RoadPortModels *models = road_port_models_new (order, filter);
  g_autoptr (RoadPortModel) held = NULL;
  g_autoptr (RoadPortModel) shown = NULL;
  g_autoptr (RoadPortModel) again = NULL;
  gboolean is_new;

  add_result (host, 22, ROAD_PORT_OPEN, 200);
  add_result (host, 80, ROAD_PORT_CLOSED, 0);
  held = road_port_models_ensure (models, host, &is_new);
  g_assert_true (is_new);
  assert_rows (G_LIST_MODEL (held), "22 80");
  road_port_model_hold (held);
  road_filter_set (filter, "closed", 0);
  road_port_models_refilter (models);
  assert_rows (G_LIST_MODEL (held), "22 80");

  shown = road_port_models_ensure (models, host, &is_new);
  g_assert_true (is_new);
  assert_rows (G_LIST_MODEL (shown), "80");

  /* Those that nobody holds follow the filter. */
  road_port_model_unhold (held);
  road_filter_set (filter, "open", 0);
  road_port_models_refilter (models);
  again = road_port_models_ensure (models, host, &is_new);
  g_assert_true (again == shown && !is_new);
  assert_rows (G_LIST_MODEL (shown), "22");
  road_port_models_free (models);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/port-model/ports-come-in", test_ports_come_in);
  g_test_add_func ("/port-model/many-become-a-count", test_many_become_a_count);
  g_test_add_func ("/port-model/counts-by-reason", test_counts_by_reason);
  g_test_add_func ("/port-model/sort", test_ports_sort);
  g_test_add_func ("/port-model/random-results", test_random_results);
  g_test_add_func ("/port-ranges/live", test_ranges);
  g_test_add_func ("/port-model/changes", test_changes);
  g_test_add_func ("/port-model/kept-rows", test_kept_rows);
  g_test_add_func ("/port-model/held-rows", test_held_rows);

  return g_test_run ();
}

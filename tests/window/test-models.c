/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/widgets/road-file-dialog.h"
#include "ui/rows/road-group-tree.h"
#include "ui/rows/road-host-list.h"
#include "store/road-list-changes.h"
#include "ui/start/road-local-network.h"
#include "ui/rows/road-port-model.h"
#include "ui/rows/road-port-ranges.h"
#include "ui/widgets/road-reason-text.h"
#include "ui/results/road-result-copy.h"
#include "ui/results/road-result-opener.h"
#include "ui/results/road-result-text.h"
#include "ui/rows/road-result-tree.h"

/* Follows a model only by its signals, like a view: a wrong signal makes the copy differ from the model. */
typedef struct
{
  GListModel *model;
  GPtrArray *copy;
  guint n_changes;
  guint n_rows_changed;
} Follower;

static void
on_items_changed (Follower *follower, guint position, guint n_removed, guint n_added)
{
  follower->n_changes++;
  follower->n_rows_changed += n_removed + n_added;

  if (n_removed > 0)
    g_ptr_array_remove_range (follower->copy, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (follower->copy, (int) (position + i),
                        g_list_model_get_item (follower->model, position + i));
}

static Follower *
follow (GListModel *model)
{
  Follower *follower = g_new0 (Follower, 1);

  follower->model = model;
  follower->copy = g_ptr_array_new_with_free_func (g_object_unref);
  on_items_changed (follower, 0, 0, g_list_model_get_n_items (model));
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (on_items_changed), follower);

  return follower;
}

static void
follower_free (Follower *follower)
{
  g_signal_handlers_disconnect_by_data (follower->model, follower);
  g_ptr_array_unref (follower->copy);
  g_free (follower);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Follower, follower_free)

static char *
describe_row (gpointer item)
{
  const RoadPortResult *result;
  const RoadPortRange *range;

  if (ROAD_IS_HOST (item))
    return g_strdup (road_host_get_address_string (item));

  if (ROAD_IS_GROUP (item))
    return g_strdup_printf ("%u:%u", road_group_get_port (item), road_group_get_n_hosts (item));

  result = road_port_row_get_result (item);
  range = road_port_row_get_range (item);
  if (range != NULL)
    return g_strdup_printf ("%u-%u", range->first, range->last);
  if (road_port_row_is_rest (item))
    return g_strdup_printf ("%u more", road_port_row_get_count (item));
  if (road_port_row_is_count (item))
    return g_strdup_printf ("%u x %s", road_port_row_get_count (item),
                            road_port_state_to_string ((RoadPortState) result->state));

  return g_strdup_printf ("%u", result->port);
}

static char *
describe_model (GListModel *model)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autofree char *row = describe_row (item);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", row);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_rows (GListModel *model, const char *expected)
{
  g_autofree char *rows = describe_model (model);

  g_assert_cmpstr (rows, ==, expected);
}

static void
assert_follows (Follower *follower)
{
  g_assert_cmpuint (follower->copy->len, ==, g_list_model_get_n_items (follower->model));

  for (guint i = 0; i < follower->copy->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (follower->model, i);
      g_autofree char *row = describe_row (item);
      g_autofree char *copy = describe_row (g_ptr_array_index (follower->copy, i));

      g_assert_cmpstr (copy, ==, row);
    }
}

static RoadHost *
new_host (const char *address_text)
{
  RoadAddress address;

  g_assert_true (road_address_parse (&address, address_text));

  return road_host_new (&address, NULL, NULL);
}

static RoadPortResult
new_result (guint16 port, RoadPortState state, guint latency_us)
{
  static const RoadReason reasons[] = {
    [ROAD_PORT_OPEN] = ROAD_REASON_SYN_ACK,
    [ROAD_PORT_CLOSED] = ROAD_REASON_CONN_REFUSED,
    [ROAD_PORT_FILTERED] = ROAD_REASON_NO_RESPONSE,
  };

  return (RoadPortResult){
    .port = port,
    .state = (guint8) state,
    .reason = (guint8) reasons[state],
    .latency_us = latency_us,
  };
}

static void
add_result (RoadHost *host, guint16 port, RoadPortState state, guint latency_us)
{
  const RoadPortResult result = new_result (port, state, latency_us);

  road_host_add_results (host, &result, 1);
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
  road_sort_order_set (order, ROAD_COLUMN_TITLE, FALSE);
  assert_rows (G_LIST_MODEL (model), "22 25 80 443");
  road_sort_order_set (order, ROAD_COLUMN_TITLE, TRUE);
  assert_rows (G_LIST_MODEL (model), "443 80 25 22");
  road_sort_order_set (order, ROAD_COLUMN_STATE, FALSE);
  assert_rows (G_LIST_MODEL (model), "22 443 80 25");
  road_sort_order_set (order, ROAD_COLUMN_STATE, TRUE);
  assert_rows (G_LIST_MODEL (model), "25 80 22 443");
  road_sort_order_set (order, ROAD_COLUMN_SERVICE, FALSE);
  assert_rows (G_LIST_MODEL (model), "80 443 25 22");
  road_sort_order_set (order, ROAD_COLUMN_LATENCY, TRUE);
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
            road_sort_order_set (order, (RoadColumn) g_test_rand_int_range (0, ROAD_N_COLUMNS),
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

static RoadReport *
new_report (guint64 n_targets)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  RoadReport *report = road_report_new ("example", profile);

  road_report_set_n_targets (report, n_targets);

  return report;
}

static RoadHost *
add_host (RoadReport *report, const char *address, RoadHostState state)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);
  RoadHost *host = new_host (address);

  road_host_set_state (host, state, ROAD_REASON_NONE);
  g_ptr_array_add (hosts, host);
  road_report_add_hosts (report, hosts);

  return host;
}

static void
run_idle_sources (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

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

/* Losing this: a list that grows by thousands of rows freezes the window by announcing each separately. */
static void
test_changes_side_by_side (void)
{
  g_autoptr (GArray) changes = road_list_changes_new ();
  const RoadListChange *change;

  road_list_changes_add (changes, 2, 0, 1);
  road_list_changes_add (changes, 3, 1, 0);
  road_list_changes_add (changes, 3, 0, 1);
  road_list_changes_add (changes, 5, 2, 0);
  g_assert_cmpuint (changes->len, ==, 2);

  change = &g_array_index (changes, RoadListChange, 0);
  g_assert_cmpuint (change->position, ==, 2);
  g_assert_cmpuint (change->n_removed, ==, 1);
  g_assert_cmpuint (change->n_added, ==, 2);

  change = &g_array_index (changes, RoadListChange, 1);
  g_assert_cmpuint (change->position, ==, 5);
  g_assert_cmpuint (change->n_removed, ==, 2);
  g_assert_cmpuint (change->n_added, ==, 0);
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

/* For the tests of the selection. */
typedef struct
{
  RoadReport *report;
  RoadSortOrder *order;
  RoadFilter *filter;
  RoadResultTree *tree;
} Results;

static void
results_init (Results *self)
{
  self->report = new_report (3);
  self->order = road_sort_order_new ();
  self->filter = road_filter_new ();
  self->tree = road_result_tree_new (self->report, self->order, self->filter);
}

static void
results_clear (Results *self)
{
  g_object_unref (self->tree);
  g_object_unref (self->filter);
  g_object_unref (self->order);
  g_object_unref (self->report);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Results, results_clear)

static void
assert_selected (Results *self, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkTreeListModel *rows = road_result_tree_get_rows (self->tree);
  GtkSelectionModel *selection = road_result_tree_get_selection (self->tree);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (rows, i);
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);
      g_autofree char *description = describe_row (item);

      if (gtk_selection_model_is_selected (selection, i))
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", description);
    }

  g_assert_cmpstr (text->str, ==, expected);
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

/* Losing this: a port is opened at the wrong address, or something that is no web page in the browser. */
static void
test_opener (void)
{
  static const struct
  {
    const char *address, *name;
    guint16 port;
    RoadPortState state;
    const char *service; /* NULL: the usual one */
    const char *uri, *text;
  } cases[] = {
    { "192.0.2.1", NULL, 80, ROAD_PORT_OPEN, NULL, "http://192.0.2.1/", "192.0.2.1:80" },
    { "192.0.2.1", "nas.lan", 443, ROAD_PORT_OPEN, NULL, "https://nas.lan/", "nas.lan:443" },
    { "2001:db8::1", NULL, 8080, ROAD_PORT_OPEN, NULL, "http://[2001:db8::1]:8080/",
      "[2001:db8::1]:8080" },
    { "192.0.2.1", NULL, 8006, ROAD_PORT_OPEN, "ssl/http", "https://192.0.2.1:8006/",
      "192.0.2.1:8006" },
    { "192.0.2.1", NULL, 22, ROAD_PORT_OPEN, NULL, "ssh://192.0.2.1", "ssh 192.0.2.1" },
    { "2001:db8::1", NULL, 2222, ROAD_PORT_OPEN, "ssh", "ssh://[2001:db8::1]:2222",
      "ssh -p 2222 2001:db8::1" },
    { "192.0.2.1", NULL, 593, ROAD_PORT_OPEN, "http-rpc-epmap", NULL, "192.0.2.1:593" },
    { "192.0.2.1", NULL, 80, ROAD_PORT_CLOSED, NULL, NULL, "192.0.2.1:80" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoadHost) host = NULL;
      const RoadPortResult result = new_result (cases[i].port, cases[i].state, 0);
      g_autoptr (RoadPortRow) row = NULL;
      g_autofree char *uri = NULL;
      g_autofree char *text = NULL;
      RoadAddress address;

      g_assert_true (road_address_parse (&address, cases[i].address));
      host = road_host_new (&address, cases[i].name, NULL);
      if (cases[i].service != NULL)
        road_host_set_service (host, cases[i].port, cases[i].service, NULL);
      row = road_port_row_new (host, &result);
      uri = road_result_opener_make_uri (row);
      text = road_result_opener_make_text (row);
      g_assert_cmpstr (uri, ==, cases[i].uri);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
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

/* Losing this: "My network" offers to scan a network that is not the user's, or too much of it. */
static void
test_local_network (void)
{
  static const struct
  {
    guint32 address;
    guint32 netmask;
    const char *network;
  } cases[] = {
    { 0xc0a80117, 0xffffff00, "192.168.1.0/24" }, /* 192.168.1.23/24 */
    { 0x0a000517, 0xff000000, "10.0.5.0/24" },    /* 10.0.5.23/8: only the part around us */
    { 0xac1f0009, 0xfffffff0, "172.31.0.0/28" },  /* 172.31.0.9/28 */
    { 0xac200009, 0xffffff00, NULL },             /* 172.32.0.9: not private */
    { 0x08080808, 0xffffff00, NULL },             /* 8.8.8.8 */
    { 0xa9fe0101, 0xffff0000, NULL },             /* 169.254.1.1: link-local */
    { 0x0a000001, 0xffffffff, NULL },             /* 10.0.0.1/32: nobody else there */
    { 0x0a000001, 0xfffffffe, NULL },             /* 10.0.0.1/31 */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *network =
          road_local_network_from_address (cases[i].address, cases[i].netmask);

      g_assert_cmpstr (network, ==, cases[i].network);
    }
}

/* Losing this: misleading times. */
static void
test_texts (void)
{
  static const struct
  {
    guint latency_us;
    const char *text;
  } latencies[] = {
    { 0, "" },          { 1, "0.01 ms" },   { 70, "0.07 ms" },      { 994, "0.99 ms" },
    { 995, "1.0 ms" },  { 9949, "9.9 ms" }, { 9950, "10 ms" },      { 95000, "95 ms" },
    { 95400, "95 ms" }, { 999, "1.0 ms" },  { 1234567, "1235 ms" },
  };
  static const struct
  {
    double seconds;
    const char *text;
  } durations[] = {
    { 0, "0.0 s" },        { 1.24, "1.2 s" },     { 9.94, "9.9 s" },
    { 9.96, "10 s" },      { 59.4, "59 s" },      { 59.6, "1 min 0 s" },
    { 200, "3 min 20 s" }, { 3600, "1 h 0 min" }, { 3901, "1 h 5 min" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (latencies); i++)
    {
      g_autofree char *text = road_result_text_latency (latencies[i].latency_us);

      g_assert_cmpstr (text, ==, latencies[i].text);
    }

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autofree char *text = road_result_text_duration (durations[i].seconds);

      g_assert_cmpstr (text, ==, durations[i].text);
    }
}

/* Losing this: a reason is shown without an explanation. */
static void
test_reasons_explained (void)
{
  for (guint reason = ROAD_REASON_NONE + 1; reason < ROAD_N_REASONS; reason++)
    {
      g_autofree char *text = road_reason_text_describe ((RoadReason) reason, NULL);

      g_assert_nonnull (road_reason_text_explain ((RoadReason) reason));
      g_assert_cmpstr (text, !=, "");
    }
}

/* Losing this: nobody sees from a collapsed host what it offers, or reads what its row says. */
static void
test_rows_in_words (void)
{
  g_autoptr (RoadHost) host = new_host ("192.0.2.1");
  RoadPortResult result = new_result (25, ROAD_PORT_FILTERED, 0);
  g_autoptr (RoadPortRow) port = NULL;
  g_autofree char *none = road_result_text_open_ports (host, 20);
  g_autofree char *few = NULL;
  g_autofree char *many = NULL;
  g_autofree char *host_text = NULL;
  g_autofree char *port_text = NULL;

  g_assert_cmpstr (none, ==, "");
  road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  add_result (host, 22, ROAD_PORT_OPEN, 100);
  add_result (host, 80, ROAD_PORT_OPEN, 100);
  few = road_result_text_open_ports (host, 20);
  g_assert_cmpstr (few, ==, "ssh 22, http 80");

  for (guint16 i = 0; i < 10; i++)
    add_result (host, (guint16) (60001 + i), ROAD_PORT_OPEN, 100);
  many = road_result_text_open_ports (host, 20);
  g_assert_cmpstr (many, ==, "ssh 22, http 80, +10");

  host_text = road_result_text_row (G_OBJECT (host));
  g_assert_true (
      g_str_has_prefix (host_text, "192.0.2.1, up, 12 open ports: ssh 22, http 80, 60001"));

  result.reason = ROAD_REASON_ADMIN_PROHIBITED;
  g_assert_true (road_address_parse (&result.reason_from, "10.0.0.1"));
  port = road_port_row_new (host, &result);
  port_text = road_result_text_row (G_OBJECT (port));
  g_assert_cmpstr (port_text, ==, "Port 25, filtered, smtp, blocked by 10.0.0.1");
}

/* Losing this: a target with a slash results in an invalid file name. */
static void
test_file_name (void)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (RoadReport) report = road_report_new ("192.168.1.0/24, [::1] ../x", profile);
  g_autoptr (GDateTime) started = g_date_time_new_local (2026, 11, 21, 12, 0, 0);
  g_autofree char *name = NULL;

  road_report_set_started (report, started);
  name = road_file_dialog_make_name (report, ROAD_FORMAT_JSON);
  g_assert_cmpstr (name, ==, "roadstead-192.168.1.0-24-1-x-2026-11-21.json");
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
  g_test_add_func ("/port-model/kept-rows", test_kept_rows);
  g_test_add_func ("/port-model/changes", test_changes);
  g_test_add_func ("/port-ranges/live", test_ranges);
  g_test_add_func ("/host-list/hosts-that-answer", test_hosts_that_answer);
  g_test_add_func ("/host-list/few-hosts-all-listed", test_few_hosts_all_listed);
  g_test_add_func ("/host-list/sort", test_hosts_sort);
  g_test_add_func ("/result-tree/selection-stays", test_selection_stays);
  g_test_add_func ("/result-tree/ranges-stay", test_ranges_stay);
  g_test_add_func ("/result-copy/text", test_copied_text);
  g_test_add_func ("/result-copy/forms", test_copied_forms);
  g_test_add_func ("/result-opener/cases", test_opener);
  g_test_add_func ("/group-list/live", test_groups);
  g_test_add_func ("/list-changes/side-by-side", test_changes_side_by_side);
  g_test_add_func ("/local-network/from-address", test_local_network);
  g_test_add_func ("/result-text/times", test_texts);
  g_test_add_func ("/result-text/reasons-explained", test_reasons_explained);
  g_test_add_func ("/result-text/rows-in-words", test_rows_in_words);
  g_test_add_func ("/file-dialog/name", test_file_name);

  return g_test_run ();
}

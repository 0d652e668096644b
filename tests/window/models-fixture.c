/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "models-fixture.h"

#include "ui/rows/road-group.h"
#include "ui/rows/road-port-row.h"

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

Follower *
follow (GListModel *model)
{
  Follower *follower = g_new0 (Follower, 1);

  follower->model = model;
  follower->copy = g_ptr_array_new_with_free_func (g_object_unref);
  on_items_changed (follower, 0, 0, g_list_model_get_n_items (model));
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (on_items_changed), follower);

  return follower;
}

void
follower_free (Follower *follower)
{
  g_signal_handlers_disconnect_by_data (follower->model, follower);
  g_ptr_array_unref (follower->copy);
  g_free (follower);
}

char *
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

char *
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

void
assert_rows (GListModel *model, const char *expected)
{
  g_autofree char *rows = describe_model (model);

  g_assert_cmpstr (rows, ==, expected);
}

void
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

RoadHost *
new_host (const char *address_text)
{
  RoadAddress address;

  g_assert_true (road_address_parse (&address, address_text));

  return road_host_new (&address, NULL, NULL);
}

RoadPortResult
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

void
add_result (RoadHost *host, guint16 port, RoadPortState state, guint latency_us)
{
  const RoadPortResult result = new_result (port, state, latency_us);

  road_host_add_results (host, &result, 1);
}

RoadReport *
new_report (guint64 n_targets)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  RoadReport *report = road_report_new ("example", profile);

  road_report_set_n_targets (report, n_targets);

  return report;
}

RoadHost *
add_host (RoadReport *report, const char *address, RoadHostState state)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);
  RoadHost *host = new_host (address);

  road_host_set_state (host, state, ROAD_REASON_NONE);
  g_ptr_array_add (hosts, host);
  road_report_add_hosts (report, hosts);

  return host;
}

void
run_idle_sources (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
results_init (Results *self)
{
  self->report = new_report (3);
  self->order = road_sort_order_new ();
  self->filter = road_filter_new ();
  self->tree = road_result_tree_new (self->report, self->order, self->filter);
}

void
results_clear (Results *self)
{
  g_object_unref (self->tree);
  g_object_unref (self->filter);
  g_object_unref (self->order);
  g_object_unref (self->report);
}

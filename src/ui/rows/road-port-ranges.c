/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-ranges.h"

#include "road-host-rows.h"

#include <gio/gio.h>
#include <string.h>

struct _RoadPortRanges
{
  GObject parent_instance;

  RoadPortRow *count;
  RoadFilter *filter;

  GArray *ranges; /* of RoadPortRange; NULL until first used */
  guint n_rest;   /* ports that are in none of them */
};

static void road_port_ranges_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadPortRanges,
                               road_port_ranges,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      road_port_ranges_list_model_init))

static GArray *
list_ranges (RoadPortRanges *self, guint *n_rest)
{
  const RoadPortResult *common = road_port_row_get_result (self->count);
  GArray *listed = g_array_new (FALSE, FALSE, sizeof (RoadPortRange));
  g_autoptr (RoadPortSet) ports =
      road_filter_dup_counted (self->filter, road_port_row_get_host (self->count),
                               (RoadPortState) common->state, (RoadReason) common->reason);
  g_autoptr (RoadPortSet) extra =
      road_filter_get_active (self->filter)
          ? road_port_set_new_empty ()
          : road_host_rows_dup_extra (road_port_row_get_host (self->count));
  g_autoptr (RoadPortSet) others = road_port_set_subtract (ports, extra);
  guint n_ranges;
  const RoadPortRange *ranges = road_port_set_get_ranges (others, &n_ranges);

  *n_rest = 0;
  g_array_append_vals (listed, ranges, MIN (n_ranges, ROAD_PORT_RANGES_MAX));
  for (guint i = ROAD_PORT_RANGES_MAX; i < n_ranges; i++)
    *n_rest += ranges[i].last - ranges[i].first + 1u;

  return listed;
}

static void
ensure_listed (RoadPortRanges *self)
{
  if (self->ranges == NULL)
    self->ranges = list_ranges (self, &self->n_rest);
}

static guint
count_rows (GArray *ranges, guint n_rest)
{
  return ranges->len + (n_rest > 0 ? 1 : 0);
}

static gboolean
is_same_range (GArray *a, guint index_a, GArray *b, guint index_b)
{
  return memcmp (&g_array_index (a, RoadPortRange, index_a),
                 &g_array_index (b, RoadPortRange, index_b), sizeof (RoadPortRange)) == 0;
}

/* Of the rows, those before and after what has changed are kept. */
static void
on_ports_changed (RoadPortRanges *self)
{
  g_autoptr (GArray) before = NULL;
  guint n_rest_before, n_before, n_after;
  guint start = 0;
  guint end = 0;

  if (self->ranges == NULL)
    return;

  before = g_steal_pointer (&self->ranges);
  n_rest_before = self->n_rest;
  self->ranges = list_ranges (self, &self->n_rest);
  n_before = count_rows (before, n_rest_before);
  n_after = count_rows (self->ranges, self->n_rest);

  while (start < MIN (before->len, self->ranges->len) &&
         is_same_range (before, start, self->ranges, start))
    start++;
  while (n_rest_before == 0 && self->n_rest == 0 && end < MIN (n_before, n_after) - start &&
         is_same_range (before, n_before - end - 1, self->ranges, n_after - end - 1))
    end++;

  if (start + end < n_before || start + end < n_after)
    g_list_model_items_changed (G_LIST_MODEL (self), start, n_before - start - end,
                                n_after - start - end);
}

static GType
road_port_ranges_get_item_type (GListModel *model)
{
  return ROAD_TYPE_PORT_ROW;
}

static guint
road_port_ranges_get_n_items (GListModel *model)
{
  RoadPortRanges *self = ROAD_PORT_RANGES (model);

  ensure_listed (self);

  return count_rows (self->ranges, self->n_rest);
}

static gpointer
road_port_ranges_get_item (GListModel *model, guint position)
{
  RoadPortRanges *self = ROAD_PORT_RANGES (model);

  ensure_listed (self);

  if (position < self->ranges->len)
    return road_port_row_new_range (self->count,
                                    &g_array_index (self->ranges, RoadPortRange, position));
  if (position == self->ranges->len && self->n_rest > 0)
    return road_port_row_new_rest (self->count, self->n_rest);

  return NULL;
}

static void
road_port_ranges_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = road_port_ranges_get_item_type;
  iface->get_n_items = road_port_ranges_get_n_items;
  iface->get_item = road_port_ranges_get_item;
}

static void
road_port_ranges_finalize (GObject *object)
{
  RoadPortRanges *self = ROAD_PORT_RANGES (object);

  g_clear_object (&self->count);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->ranges, g_array_unref);

  G_OBJECT_CLASS (road_port_ranges_parent_class)->finalize (object);
}

static void
road_port_ranges_class_init (RoadPortRangesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_port_ranges_finalize;
}

static void
road_port_ranges_init (RoadPortRanges *self)
{
}

/* @count: a row of #RoadPortModel that counts ports */
RoadPortRanges *
road_port_ranges_new (RoadPortRow *count, RoadFilter *filter)
{
  RoadPortRanges *self;

  g_return_val_if_fail (ROAD_IS_PORT_ROW (count), NULL);
  g_return_val_if_fail (ROAD_IS_FILTER (filter), NULL);

  self = g_object_new (ROAD_TYPE_PORT_RANGES, NULL);
  self->count = g_object_ref (count);
  self->filter = g_object_ref (filter);
  g_signal_connect_object (road_port_row_get_host (count), "ports-changed",
                           G_CALLBACK (on_ports_changed), self, G_CONNECT_SWAPPED);

  return self;
}

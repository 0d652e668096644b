/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-sort-order.h"

struct _RoadSortOrder
{
  GObject parent_instance;

  RoadColumn column;
  gboolean descending;
};

enum
{
  CHANGING,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* For settings and actions. */
static const char *const column_names[ROAD_N_COLUMNS + 1] = {
  [ROAD_COLUMN_TITLE] = "title",     [ROAD_COLUMN_STATE] = "state",
  [ROAD_COLUMN_SERVICE] = "service", [ROAD_COLUMN_VERSION] = "version",
  [ROAD_COLUMN_REASON] = "reason",   [ROAD_COLUMN_LATENCY] = "latency",
  [ROAD_COLUMN_VENDOR] = "vendor",   [ROAD_COLUMN_NONE] = "none",
};

G_DEFINE_FINAL_TYPE (RoadSortOrder, road_sort_order, G_TYPE_OBJECT)

static void
road_sort_order_class_init (RoadSortOrderClass *klass)
{
  signals[CHANGING] = g_signal_new ("changing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_sort_order_init (RoadSortOrder *self)
{
  self->column = ROAD_COLUMN_NONE;
}

RoadSortOrder *
road_sort_order_new (void)
{
  return g_object_new (ROAD_TYPE_SORT_ORDER, NULL);
}

RoadColumn
road_sort_order_get_column (RoadSortOrder *self)
{
  g_return_val_if_fail (ROAD_IS_SORT_ORDER (self), ROAD_COLUMN_NONE);

  return self->column;
}

gboolean
road_sort_order_get_descending (RoadSortOrder *self)
{
  g_return_val_if_fail (ROAD_IS_SORT_ORDER (self), FALSE);

  return self->descending;
}

void
road_sort_order_set (RoadSortOrder *self, RoadColumn column, gboolean descending)
{
  g_return_if_fail (ROAD_IS_SORT_ORDER (self));
  g_return_if_fail (column <= ROAD_COLUMN_NONE);

  descending = descending && column != ROAD_COLUMN_NONE;
  if (self->column == column && self->descending == descending)
    return;

  g_signal_emit (self, signals[CHANGING], 0);
  self->column = column;
  self->descending = descending;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What matters most comes first: open ports, then filtered ones, then closed ones.
 *
 * Returns: whether state @a comes before (< 0) or after (> 0) state @b */
int
road_sort_order_compare_states (guint a, guint b)
{
  static const int ranks[ROAD_N_PORT_STATES] = {
    [ROAD_PORT_OPEN] = 0,
    [ROAD_PORT_FILTERED] = 1,
    [ROAD_PORT_CLOSED] = 2,
    [ROAD_PORT_UNKNOWN] = 3,
  };

  g_return_val_if_fail (a < ROAD_N_PORT_STATES && b < ROAD_N_PORT_STATES, 0);

  return ranks[a] - ranks[b];
}

const char *
road_column_to_string (RoadColumn column)
{
  g_return_val_if_fail (column <= ROAD_COLUMN_NONE, NULL);

  return column_names[column];
}

/* Returns: %ROAD_COLUMN_NONE if there is no such column */
RoadColumn
road_column_from_string (const char *string)
{
  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    {
      if (g_strcmp0 (column_names[i], string) == 0)
        return (RoadColumn) i;
    }

  return ROAD_COLUMN_NONE;
}

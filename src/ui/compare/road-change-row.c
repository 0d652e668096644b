/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-change-row.h"

struct _RoadChangeRow
{
  GObject parent_instance;

  RoadHostComparison *host; /* to which the row's data belongs */
  RoadPortChangeRow row;
};

G_DEFINE_FINAL_TYPE (RoadChangeRow, road_change_row, G_TYPE_OBJECT)

static void
road_change_row_finalize (GObject *object)
{
  g_clear_object (&ROAD_CHANGE_ROW (object)->host);

  G_OBJECT_CLASS (road_change_row_parent_class)->finalize (object);
}

static void
road_change_row_class_init (RoadChangeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_change_row_finalize;
}

static void
road_change_row_init (RoadChangeRow *self)
{
}

/**
 * road_change_row_new:
 * @host: a host of a comparison
 * @row: one of its rows
 *
 * Returns: (transfer full): the row as an item of a list
 */
RoadChangeRow *
road_change_row_new (RoadHostComparison *host, const RoadPortChangeRow *row)
{
  RoadChangeRow *self;

  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (host), NULL);
  g_return_val_if_fail (row != NULL, NULL);

  self = g_object_new (ROAD_TYPE_CHANGE_ROW, NULL);
  self->host = g_object_ref (host);
  self->row = *row;

  return self;
}

/**
 * road_change_row_get_host:
 * @self: a row
 *
 * Returns: (transfer none): the host whose row it is
 */
RoadHostComparison *
road_change_row_get_host (RoadChangeRow *self)
{
  g_return_val_if_fail (ROAD_IS_CHANGE_ROW (self), NULL);

  return self->host;
}

/**
 * road_change_row_get_row:
 * @self: a row
 *
 * Returns: (transfer none): what it says
 */
const RoadPortChangeRow *
road_change_row_get_row (RoadChangeRow *self)
{
  g_return_val_if_fail (ROAD_IS_CHANGE_ROW (self), NULL);

  return &self->row;
}

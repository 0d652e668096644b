/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-change-rows.h"

#include <gio/gio.h>

struct _RoadChangeRow
{
  GObject parent_instance;

  RoadHostComparison *host; /* owns the data of row */
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

static RoadChangeRow *
new_row (RoadHostComparison *host, const RoadPortChangeRow *row)
{
  RoadChangeRow *self;

  self = g_object_new (ROAD_TYPE_CHANGE_ROW, NULL);
  self->host = g_object_ref (host);
  self->row = *row;

  return self;
}

RoadHostComparison *
road_change_row_get_host (RoadChangeRow *self)
{
  g_return_val_if_fail (ROAD_IS_CHANGE_ROW (self), NULL);

  return self->host;
}

const RoadPortChangeRow *
road_change_row_get_row (RoadChangeRow *self)
{
  g_return_val_if_fail (ROAD_IS_CHANGE_ROW (self), NULL);

  return &self->row;
}

struct _RoadChangeRows
{
  GObject parent_instance;

  RoadHostComparison *host;
  gboolean all;
  GArray *rows; /* of RoadPortChangeRow; NULL until first used */
};

static void road_change_rows_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadChangeRows,
                               road_change_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      road_change_rows_list_model_init))

static GType
road_change_rows_get_item_type (GListModel *model)
{
  return ROAD_TYPE_CHANGE_ROW;
}

static guint
road_change_rows_get_n_items (GListModel *model)
{
  RoadChangeRows *self = ROAD_CHANGE_ROWS (model);

  if (self->rows == NULL)
    self->rows = road_host_comparison_get_rows (self->host, self->all);

  return self->rows->len;
}

static gpointer
road_change_rows_get_item (GListModel *model, guint position)
{
  RoadChangeRows *self = ROAD_CHANGE_ROWS (model);

  if (position >= road_change_rows_get_n_items (model))
    return NULL;

  return new_row (self->host, &g_array_index (self->rows, RoadPortChangeRow, position));
}

static void
road_change_rows_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = road_change_rows_get_item_type;
  iface->get_n_items = road_change_rows_get_n_items;
  iface->get_item = road_change_rows_get_item;
}

static void
road_change_rows_finalize (GObject *object)
{
  RoadChangeRows *self = ROAD_CHANGE_ROWS (object);

  g_clear_object (&self->host);
  g_clear_pointer (&self->rows, g_array_unref);

  G_OBJECT_CLASS (road_change_rows_parent_class)->finalize (object);
}

static void
road_change_rows_class_init (RoadChangeRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_change_rows_finalize;
}

static void
road_change_rows_init (RoadChangeRows *self)
{
}

/* Lists the rows of @host; with @all also those of ports that did not change or were not compared. */
RoadChangeRows *
road_change_rows_new (RoadHostComparison *host, gboolean all)
{
  RoadChangeRows *self;

  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (host), NULL);

  self = g_object_new (ROAD_TYPE_CHANGE_ROWS, NULL);
  self->host = g_object_ref (host);
  self->all = all;

  return self;
}

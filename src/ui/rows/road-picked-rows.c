/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-picked-rows.h"

#include "road-group.h"
#include "road-host-rows.h"
#include "road-port-model.h"

/* First the item, then those in the model. */
typedef struct
{
  GObject *item;    /* NULL: was not selected, or was taken */
  GListModel *rows; /* NULL: none of them was selected */
} Picked;

struct _RoadPickedRows
{
  GArray *picked; /* of Picked */
  guint index;    /* the first in @picked that has something left */
  guint next;     /* in its rows */
};

static void
clear_picked (gpointer data)
{
  Picked *picked = data;

  if (ROAD_IS_PORT_MODEL (picked->rows))
    road_port_model_unhold (ROAD_PORT_MODEL (picked->rows));
  g_clear_object (&picked->item);
  g_clear_object (&picked->rows);
}

/* Takes @item. */
static void
pick (RoadPickedRows *self, gpointer item, GListModel *rows)
{
  const Picked picked = {
    .item = item,
    .rows = rows != NULL ? g_object_ref (rows) : NULL,
  };

  if (ROAD_IS_PORT_MODEL (rows))
    road_port_model_hold (ROAD_PORT_MODEL (rows));
  g_array_append_val (self->picked, picked);
}

static void
pick_one_by_one (
    RoadPickedRows *self, GtkTreeListModel *tree, GtkBitset *positions, guint first, guint end)
{
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_at (&iter, positions, first, &position);
       more && position < end; more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (tree, position);

      pick (self, gtk_tree_list_row_get_item (row), NULL);
    }
}

/* A group stands for its members, which may be selected too.
 *
 * Returns: the position after the last row of the group */
static guint
pick_group (RoadPickedRows *self, GtkTreeListModel *tree, GtkTreeListRow *row, GtkBitset *positions)
{
  g_autoptr (GListModel) members = gtk_tree_list_row_get_item (row);
  const guint position = gtk_tree_list_row_get_position (row);
  const guint n_shown =
      gtk_tree_list_row_get_expanded (row) ? g_list_model_get_n_items (members) : 0;

  if (gtk_bitset_contains (positions, position))
    pick (self, NULL, members);
  else
    pick_one_by_one (self, tree, positions, position + 1, position + 1 + n_shown);

  return position + 1 + n_shown;
}

/* Returns: the position after the last row of the host */
static guint
pick_host (RoadPickedRows *self, GtkTreeListModel *tree, GtkTreeListRow *row, GtkBitset *positions)
{
  GListModel *ports = gtk_tree_list_row_get_children (row);
  const guint position = gtk_tree_list_row_get_position (row);
  const guint end = ports != NULL ? road_host_rows_find_end (row) : position + 1;
  const guint n_ports = ports != NULL ? g_list_model_get_n_items (ports) : 0;

  if (end == position + 1 ||
      (end == position + 1 + n_ports &&
       gtk_bitset_get_size_in_range (positions, position, end - 1) == end - position))
    pick (self, gtk_tree_list_row_get_item (row), n_ports > 0 ? ports : NULL);
  else
    pick_one_by_one (self, tree, positions, position, end);

  return end;
}

/* Where nothing is expanded there need be no rows. */
static void
pick_collapsed (RoadPickedRows *self, GListModel *items, GtkBitset *positions)
{
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, positions, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (GObject) item = g_list_model_get_item (items, position);

      if (ROAD_IS_GROUP (item))
        pick (self, NULL, G_LIST_MODEL (item));
      else
        pick (self, g_steal_pointer (&item), NULL);
    }
}

/* @tree: with #RoadHost or #RoadGroup items, and #RoadPortRow items below them
 * @positions: the selected rows */
RoadPickedRows *
road_picked_rows_new (GtkTreeListModel *tree, GtkBitset *positions)
{
  RoadPickedRows *self = g_new0 (RoadPickedRows, 1);
  GListModel *items = gtk_tree_list_model_get_model (tree);
  GtkBitsetIter iter;
  guint position, end;

  self->picked = g_array_new (FALSE, FALSE, sizeof (Picked));
  g_array_set_clear_func (self->picked, clear_picked);

  if (g_list_model_get_n_items (items) == g_list_model_get_n_items (G_LIST_MODEL (tree)))
    {
      pick_collapsed (self, items, positions);
      return self;
    }

  for (gboolean more = gtk_bitset_iter_init_first (&iter, positions, &position); more;
       more = gtk_bitset_iter_init_at (&iter, positions, end, &position))
    {
      g_autoptr (GtkTreeListRow) selected = gtk_tree_list_model_get_row (tree, position);
      g_autoptr (GtkTreeListRow) row = road_host_rows_get_host_row (selected);
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

      end = ROAD_IS_GROUP (item) ? pick_group (self, tree, row, positions)
                                 : pick_host (self, tree, row, positions);
    }

  return self;
}

void
road_picked_rows_free (RoadPickedRows *self)
{
  g_array_unref (self->picked);
  g_free (self);
}

/* Appends the next items, at most @n_items, to @items. Returns: %FALSE if these were the last ones */
gboolean
road_picked_rows_take (RoadPickedRows *self, GPtrArray *items, guint n_items)
{
  const guint end = items->len + n_items;

  for (; self->index < self->picked->len; self->index++)
    {
      Picked *picked = &g_array_index (self->picked, Picked, self->index);
      const guint n_rows = picked->rows != NULL ? g_list_model_get_n_items (picked->rows) : 0;

      if (items->len < end && picked->item != NULL)
        g_ptr_array_add (items, g_steal_pointer (&picked->item));
      for (; self->next < n_rows && items->len < end; self->next++)
        g_ptr_array_add (items, g_list_model_get_item (picked->rows, self->next));

      if (picked->item != NULL || self->next < n_rows)
        return TRUE;
      clear_picked (picked);
      self->next = 0;
    }

  return FALSE;
}

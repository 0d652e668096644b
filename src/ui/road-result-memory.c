/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-memory.h"

struct _RoadResultMemory
{
  RoadHostList *hosts;
  GtkTreeListModel *tree;
  GtkSelectionModel *selection;

  GPtrArray *selected; /* of Selected */
  GPtrArray *expanded; /* of RoadHost */
};

/* What is selected of a host. All 65,535 of its ports can be, so they are no objects here. */
typedef struct
{
  RoadHost *host;
  gboolean itself;
  GtkBitset *ports;  /* by number */
  GPtrArray *counts; /* of RoadPortRow */
} Selected;

static void
selected_free (gpointer data)
{
  Selected *selected = data;

  g_clear_object (&selected->host);
  g_clear_pointer (&selected->ports, gtk_bitset_unref);
  g_clear_pointer (&selected->counts, g_ptr_array_unref);
  g_free (selected);
}

/* @row is a host's. Gives the number of rows that it and its ports take. */
static guint
save_host (RoadResultMemory *self, GtkTreeListRow *row, GtkBitset *positions)
{
  Selected *selected = g_new0 (Selected, 1);
  GListModel *ports = gtk_tree_list_row_get_children (row);
  guint n_ports = ports != NULL ? g_list_model_get_n_items (ports) : 0;
  guint position = gtk_tree_list_row_get_position (row);

  selected->host = gtk_tree_list_row_get_item (row);
  selected->itself = gtk_bitset_contains (positions, position);
  selected->ports = gtk_bitset_new_empty ();
  selected->counts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_ports; i++)
    {
      guint16 port;

      if (!gtk_bitset_contains (positions, position + 1 + i))
        continue;
      if (road_port_model_get_port (ROAD_PORT_MODEL (ports), i, &port))
        gtk_bitset_add (selected->ports, port);
      else
        g_ptr_array_add (selected->counts, g_list_model_get_item (ports, i));
    }

  g_ptr_array_add (self->selected, selected);

  return 1 + n_ports;
}

static void
save_selected (RoadResultMemory *self)
{
  g_autoptr (GtkBitset) positions = gtk_selection_model_get_selection (self->selection);
  GtkBitsetIter iter;
  guint position;
  gboolean more = gtk_bitset_iter_init_first (&iter, positions, &position);

  while (more)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, position);
      g_autoptr (GtkTreeListRow) parent = gtk_tree_list_row_get_parent (row);
      GtkTreeListRow *host_row = parent != NULL ? parent : row;
      guint next =
          gtk_tree_list_row_get_position (host_row) + save_host (self, host_row, positions);

      more = gtk_bitset_iter_init_at (&iter, positions, next, &position);
    }
}

static void
save_expanded (RoadResultMemory *self)
{
  guint n_hosts = g_list_model_get_n_items (G_LIST_MODEL (self->hosts));

  for (guint i = 0; i < n_hosts; i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_child_row (self->tree, i);

      if (gtk_tree_list_row_get_expanded (row))
        g_ptr_array_add (self->expanded, gtk_tree_list_row_get_item (row));
    }
}

static void
restore_host (RoadResultMemory *self, Selected *selected, GtkBitset *positions)
{
  g_autoptr (GtkTreeListRow) row = road_result_memory_find_row (self, selected->host);
  GListModel *ports = row != NULL ? gtk_tree_list_row_get_children (row) : NULL;
  guint n_ports = ports != NULL ? g_list_model_get_n_items (ports) : 0;
  guint position;

  if (row == NULL)
    return;

  position = gtk_tree_list_row_get_position (row);
  if (selected->itself)
    gtk_bitset_add (positions, position);

  for (guint i = 0; i < n_ports; i++)
    {
      guint16 port;

      if (!road_port_model_get_port (ROAD_PORT_MODEL (ports), i, &port))
        break; /* the counts come last */
      if (gtk_bitset_contains (selected->ports, port))
        gtk_bitset_add (positions, position + 1 + i);
    }

  for (guint i = 0; ports != NULL && i < selected->counts->len; i++)
    {
      guint index;

      if (road_port_model_find (ROAD_PORT_MODEL (ports), g_ptr_array_index (selected->counts, i),
                                &index))
        gtk_bitset_add (positions, position + 1 + index);
    }
}

/**
 * road_result_memory_new:
 * @hosts: the hosts
 * @tree: the tree of @hosts and the #RoadPortModel of each
 * @selection: the selection in @tree
 *
 * Returns: (transfer full): a memory, empty
 */
RoadResultMemory *
road_result_memory_new (RoadHostList *hosts, GtkTreeListModel *tree, GtkSelectionModel *selection)
{
  RoadResultMemory *self;

  g_return_val_if_fail (ROAD_IS_HOST_LIST (hosts), NULL);
  g_return_val_if_fail (GTK_IS_TREE_LIST_MODEL (tree), NULL);
  g_return_val_if_fail (GTK_IS_SELECTION_MODEL (selection), NULL);

  self = g_new0 (RoadResultMemory, 1);
  self->hosts = g_object_ref (hosts);
  self->tree = g_object_ref (tree);
  self->selection = g_object_ref (selection);
  self->selected = g_ptr_array_new_with_free_func (selected_free);
  self->expanded = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

/**
 * road_result_memory_free:
 * @self: (transfer full): a memory
 */
void
road_result_memory_free (RoadResultMemory *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->hosts);
  g_clear_object (&self->tree);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->selected, g_ptr_array_unref);
  g_clear_pointer (&self->expanded, g_ptr_array_unref);
  g_free (self);
}

/**
 * road_result_memory_save:
 * @self: a memory
 *
 * Saves what is selected and expanded, before all rows are replaced.
 */
void
road_result_memory_save (RoadResultMemory *self)
{
  g_return_if_fail (self != NULL);

  save_selected (self);
  save_expanded (self);
}

/**
 * road_result_memory_save_ports:
 * @self: a memory
 * @host: a host
 *
 * Saves what is selected of @host, before the rows of its ports are replaced.
 */
void
road_result_memory_save_ports (RoadResultMemory *self, RoadHost *host)
{
  g_autoptr (GtkBitset) positions = NULL;
  g_autoptr (GtkTreeListRow) row = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (ROAD_IS_HOST (host));

  positions = gtk_selection_model_get_selection (self->selection);
  row = road_result_memory_find_row (self, host);
  if (row != NULL && !gtk_bitset_is_empty (positions))
    save_host (self, row, positions);
}

/**
 * road_result_memory_restore:
 * @self: a memory
 *
 * Puts back what was saved, and forgets it.
 */
void
road_result_memory_restore (RoadResultMemory *self)
{
  g_autoptr (GtkBitset) positions = gtk_bitset_new_empty ();

  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->expanded->len; i++)
    {
      g_autoptr (GtkTreeListRow) row =
          road_result_memory_find_row (self, g_ptr_array_index (self->expanded, i));

      if (row != NULL)
        gtk_tree_list_row_set_expanded (row, TRUE);
    }

  for (guint i = 0; i < self->selected->len; i++)
    restore_host (self, g_ptr_array_index (self->selected, i), positions);

  g_ptr_array_set_size (self->expanded, 0);
  g_ptr_array_set_size (self->selected, 0);
  if (!gtk_bitset_is_empty (positions))
    gtk_selection_model_set_selection (self->selection, positions, positions);
}

/**
 * road_result_memory_find_row:
 * @self: a memory
 * @host: a host
 *
 * Returns: (transfer full) (nullable): its row
 */
GtkTreeListRow *
road_result_memory_find_row (RoadResultMemory *self, RoadHost *host)
{
  guint position;

  g_return_val_if_fail (self != NULL, NULL);

  if (!road_host_list_find (self->hosts, host, &position))
    return NULL;

  return gtk_tree_list_model_get_child_row (self->tree, position);
}

/**
 * road_result_memory_find_item:
 * @self: a memory
 * @item: a #RoadHost or #RoadPortRow
 * @position: (out): where its row is
 *
 * Returns: %FALSE if it has none
 */
gboolean
road_result_memory_find_item (RoadResultMemory *self, GObject *item, guint *position)
{
  g_autoptr (GtkTreeListRow) row = NULL;
  GListModel *ports;
  guint index;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  if (ROAD_IS_HOST (item))
    {
      row = road_result_memory_find_row (self, ROAD_HOST (item));
      if (row != NULL)
        *position = gtk_tree_list_row_get_position (row);
      return row != NULL;
    }

  row = road_result_memory_find_row (self, road_port_row_get_host (ROAD_PORT_ROW (item)));
  ports = row != NULL ? gtk_tree_list_row_get_children (row) : NULL;
  if (ports == NULL ||
      !road_port_model_find (ROAD_PORT_MODEL (ports), ROAD_PORT_ROW (item), &index))
    return FALSE;

  *position = gtk_tree_list_row_get_position (row) + 1 + index;
  return TRUE;
}

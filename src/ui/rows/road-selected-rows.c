/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-selected-rows.h"

#include "road-host-rows.h"
#include "road-port-model.h"

void
road_selected_rows_free (RoadSelectedRows *self)
{
  g_clear_object (&self->host);
  g_clear_pointer (&self->ports, gtk_bitset_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_free (self);
}

static void
save_ports (RoadSelectedRows *self, GListModel *ports, guint first, GtkBitset *positions)
{
  const guint n_ports = road_port_model_get_n_listed (ROAD_PORT_MODEL (ports));

  for (guint i = 0; i < n_ports; i++)
    {
      guint16 port;

      if (!gtk_bitset_contains (positions, first + i))
        continue;
      if (road_port_model_get_port (ROAD_PORT_MODEL (ports), i, &port))
        gtk_bitset_add (self->ports, port);
      else
        g_ptr_array_add (self->others, g_list_model_get_item (ports, i));
    }
}

/* @rows: those of the tree
 * @host_row: the host, with its ports
 * @positions: the rows that are selected, those of other hosts included */
RoadSelectedRows *
road_selected_rows_new (GtkTreeListModel *rows, GtkTreeListRow *host_row, GtkBitset *positions)
{
  RoadSelectedRows *self = g_new0 (RoadSelectedRows, 1);
  GListModel *ports = gtk_tree_list_row_get_children (host_row);
  const guint n_ports = ports != NULL ? road_port_model_get_n_listed (ROAD_PORT_MODEL (ports)) : 0;
  const guint position = gtk_tree_list_row_get_position (host_row);
  const guint end = road_host_rows_find_end (host_row);

  self->host = gtk_tree_list_row_get_item (host_row);
  self->itself = gtk_bitset_contains (positions, position);
  self->ports = gtk_bitset_new_empty ();
  self->others = g_ptr_array_new_with_free_func (g_object_unref);
  if (ports != NULL)
    save_ports (self, ports, position + 1, positions);

  for (guint i = position + 1 + n_ports; i < end; i++)
    {
      g_autoptr (GtkTreeListRow) other = NULL;

      if (!gtk_bitset_contains (positions, i))
        continue;
      other = gtk_tree_list_model_get_row (rows, i);
      g_ptr_array_add (self->others, gtk_tree_list_row_get_item (other));
    }

  return self;
}

/* Adds the present places of the host and its ports, not those of rows for several ports, to @positions. */
void
road_selected_rows_add_positions (RoadSelectedRows *self,
                                  GtkTreeListRow *host_row,
                                  GtkBitset *positions)
{
  GListModel *ports = gtk_tree_list_row_get_children (host_row);
  const guint n_ports = ports != NULL ? g_list_model_get_n_items (ports) : 0;
  const guint position = gtk_tree_list_row_get_position (host_row);

  if (self->itself)
    gtk_bitset_add (positions, position);
  if (gtk_bitset_is_empty (self->ports))
    return;

  for (guint i = 0; i < n_ports; i++)
    {
      guint16 port;

      if (!road_port_model_get_port (ROAD_PORT_MODEL (ports), i, &port))
        return; /* those for several ports come last */
      if (gtk_bitset_contains (self->ports, port))
        gtk_bitset_add (positions, position + 1 + i);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-tree-cell.h"

static GtkWidget *
set_row (GtkListItem *list_item, GtkTreeListRow *row)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (!GTK_IS_TREE_EXPANDER (child))
    return child;

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), row);

  return gtk_tree_expander_get_child (GTK_TREE_EXPANDER (child));
}

/* Makes @cell the child of @list_item, in a #GtkTreeExpander if @has_expander. */
void
road_tree_cell_set_up (GtkListItem *list_item, GtkWidget *cell, gboolean has_expander)
{
  GtkWidget *expander;

  g_return_if_fail (GTK_IS_LIST_ITEM (list_item));
  g_return_if_fail (GTK_IS_WIDGET (cell));

  /* Before GTK 4.12 a click activates both the cell and its row, which would toggle twice. */
  gtk_list_item_set_selectable (list_item, FALSE);
  gtk_list_item_set_activatable (list_item, FALSE);

  if (!has_expander)
    {
      gtk_list_item_set_child (list_item, cell);
      return;
    }

  /* The rows have the focus; otherwise Tab would stop at each expander. */
  expander = gtk_tree_expander_new ();
  gtk_widget_set_focusable (expander, FALSE);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), cell);
  gtk_list_item_set_child (list_item, expander);
}

/* Gives the expander its row and returns the cell. @item: (out) (transfer full): the row's item */
GtkWidget *
road_tree_cell_bind (GtkListItem *list_item, GObject **item)
{
  GtkTreeListRow *row;

  g_return_val_if_fail (GTK_IS_LIST_ITEM (list_item), NULL);
  g_return_val_if_fail (item != NULL, NULL);

  row = gtk_list_item_get_item (list_item);
  *item = gtk_tree_list_row_get_item (row);

  return set_row (list_item, row);
}

/* Takes the row from the expander and returns the cell. */
GtkWidget *
road_tree_cell_unbind (GtkListItem *list_item)
{
  g_return_val_if_fail (GTK_IS_LIST_ITEM (list_item), NULL);

  return set_row (list_item, NULL);
}

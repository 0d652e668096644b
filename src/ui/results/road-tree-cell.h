/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The cells of a column view that shows a tree. Those of one column are in an expander. */

void road_tree_cell_set_up (GtkListItem *list_item, GtkWidget *cell, gboolean has_expander);
GtkWidget *road_tree_cell_bind (GtkListItem *list_item, GObject **item);
GtkWidget *road_tree_cell_unbind (GtkListItem *list_item);

G_END_DECLS

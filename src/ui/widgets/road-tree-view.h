/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a #GtkColumnView needs to show a tree: cells, of which those of one column are in an expander, and
 * keys to expand and collapse rows. */

void road_tree_view_set_up_cell (GtkListItem *list_item, GtkWidget *cell, gboolean has_expander);
GtkWidget *road_tree_view_spare_cell (GtkListItem *list_item, GPtrArray *spare);
gboolean road_tree_view_reuse_cell (GtkListItem *list_item, GPtrArray *spare);
GtkWidget *road_tree_view_bind_cell (GtkListItem *list_item, GObject **item);
void road_tree_view_add_keys (GtkColumnView *view);
void road_tree_view_scroll_to (GtkColumnView *view, guint position);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"
#include "road-sort-order.h"

G_BEGIN_DECLS

/* The rows of a report: hosts and the ports of those that are expanded, and the selection. Expansion and
 * selection belong to a host and port, not to a place in the list: when rows are replaced, both are
 * restored. */
#define ROAD_TYPE_RESULT_TREE (road_result_tree_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultTree, road_result_tree, ROAD, RESULT_TREE, GObject)

RoadResultTree *road_result_tree_new (RoadReport *report, RoadSortOrder *order);
GListModel *road_result_tree_get_hosts (RoadResultTree *self);
GtkTreeListModel *road_result_tree_get_rows (RoadResultTree *self);
GtkSelectionModel *road_result_tree_get_selection (RoadResultTree *self);
gboolean road_result_tree_is_resetting (RoadResultTree *self);
void road_result_tree_keep (RoadResultTree *self, GtkBitset *positions);
void road_result_tree_expand (RoadResultTree *self, RoadHost *host);
gboolean road_result_tree_find (RoadResultTree *self, GObject *item, guint *position);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"
#include "road-sort-order.h"
#include "ui/filter/road-filter.h"

G_BEGIN_DECLS

/* The rows of a report: hosts and the ports of those that are expanded, and the selection. Expansion and
 * selection belong to a host and port, not to a place in the list: when rows are replaced, both are
 * restored. With a filter, only what matches has rows, and hosts are expanded; without it, the same hosts
 * are expanded as before. */
#define ROAD_TYPE_RESULT_TREE (road_result_tree_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultTree, road_result_tree, ROAD, RESULT_TREE, GObject)

RoadResultTree *road_result_tree_new (RoadReport *report, RoadSortOrder *order, RoadFilter *filter);
GListModel *road_result_tree_get_hosts (RoadResultTree *self);
gboolean road_result_tree_has_hosts (RoadResultTree *self);
void road_result_tree_count_ports (RoadResultTree *self, guint64 n_ports[ROAD_N_PORT_STATES]);
GtkTreeListModel *road_result_tree_get_rows (RoadResultTree *self);
GtkSelectionModel *road_result_tree_get_selection (RoadResultTree *self);
gboolean road_result_tree_is_resetting (RoadResultTree *self);
gboolean road_result_tree_is_replacing (RoadResultTree *self);
void road_result_tree_keep (RoadResultTree *self, GtkBitset *positions);
void road_result_tree_expand (RoadResultTree *self, RoadHost *host);
gboolean road_result_tree_find (RoadResultTree *self, GObject *item, guint *position);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"
#include "ui/widgets/road-sort-order.h"

G_BEGIN_DECLS

/**
 * RoadResultTree:
 *
 * The rows of a report: hosts, the ports of those that are expanded, and which are selected.
 *
 * What is selected and expanded is known by host and port and not by place: when rows are replaced,
 * because they are sorted or because many came at once, it is put back.
 */
#define ROAD_TYPE_RESULT_TREE (road_result_tree_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultTree, road_result_tree, ROAD, RESULT_TREE, GObject)

RoadResultTree *road_result_tree_new (RoadReport *report, RoadSortOrder *order);
GListModel *road_result_tree_get_hosts (RoadResultTree *self);
GtkTreeListModel *road_result_tree_get_rows (RoadResultTree *self);
GtkSelectionModel *road_result_tree_get_selection (RoadResultTree *self);
gboolean road_result_tree_is_resetting (RoadResultTree *self);
void road_result_tree_expand (RoadResultTree *self, RoadHost *host);
gboolean road_result_tree_find (RoadResultTree *self, GObject *item, guint *position);

G_END_DECLS

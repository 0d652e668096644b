/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-group-list.h"

G_BEGIN_DECLS

/* The rows of a #RoadGroupList: groups and, below those that are expanded, their members; and the selection.
 * Both expansion and selection stay when the list changes, expansion also while a filter hides the group. */
#define ROAD_TYPE_GROUP_TREE (road_group_tree_get_type ())
G_DECLARE_FINAL_TYPE (RoadGroupTree, road_group_tree, ROAD, GROUP_TREE, GObject)

RoadGroupTree *road_group_tree_new (RoadGroupList *groups);
RoadGroupList *road_group_tree_get_groups (RoadGroupTree *self);
GtkTreeListModel *road_group_tree_get_rows (RoadGroupTree *self);
GtkSelectionModel *road_group_tree_get_selection (RoadGroupTree *self);
gboolean road_group_tree_find (RoadGroupTree *self, GObject *item, guint *position);
gboolean road_group_tree_find_host (RoadGroupTree *self, RoadHost *host, guint *position);
void road_group_tree_expand (RoadGroupTree *self, RoadPortRow *member);

G_END_DECLS

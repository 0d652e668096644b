/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/rows/road-group-tree.h"
#include "ui/rows/road-result-tree.h"

G_BEGIN_DECLS

/* The results grouped by port or service. */
#define ROAD_TYPE_RESULT_GROUPING (road_result_grouping_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultGrouping, road_result_grouping, ROAD, RESULT_GROUPING, GObject)

RoadResultGrouping *road_result_grouping_new (RoadResultTree *tree,
                                              RoadSortOrder *order,
                                              RoadFilter *filter,
                                              RoadGrouping grouping);
gboolean road_result_grouping_is_empty (RoadResultGrouping *self);
GtkTreeListModel *road_result_grouping_get_rows (RoadResultGrouping *self);
GtkSelectionModel *road_result_grouping_get_selection (RoadResultGrouping *self);
gboolean road_result_grouping_is_changing (RoadResultGrouping *self);
gboolean road_result_grouping_find (RoadResultGrouping *self, GObject *item, guint *position);
gboolean road_result_grouping_find_host (RoadResultGrouping *self, RoadHost *host, guint *position);
void road_result_grouping_expand (RoadResultGrouping *self, RoadPortRow *row);

G_END_DECLS

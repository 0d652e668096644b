/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/compare/road-comparison.h"

G_BEGIN_DECLS

/**
 * RoadChangeList:
 *
 * The hosts of a comparison that are worth a row, sorted by address: a #GListModel of
 * #RoadHostComparison. When the comparison is made anew, rows of which the same is said stay.
 */
#define ROAD_TYPE_CHANGE_LIST (road_change_list_get_type ())
G_DECLARE_FINAL_TYPE (RoadChangeList, road_change_list, ROAD, CHANGE_LIST, GObject)

RoadChangeList *road_change_list_new (void);
void road_change_list_set (RoadChangeList *self, RoadComparison *comparison, gboolean all);
gboolean road_change_list_get_all (RoadChangeList *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/compare/road-comparison.h"

G_BEGIN_DECLS

/* A #GListModel of the #RoadHostComparison that deserve a row: first those with something new, each part sorted by address. When the comparison is
 * updated, rows that did not change stay. */
#define ROAD_TYPE_CHANGE_LIST (road_change_list_get_type ())
G_DECLARE_FINAL_TYPE (RoadChangeList, road_change_list, ROAD, CHANGE_LIST, GObject)

RoadChangeList *road_change_list_new (void);
void road_change_list_set (RoadChangeList *self, RoadComparison *comparison, gboolean all);
gboolean road_change_list_get_all (RoadChangeList *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-group.h"
#include "road-sort-order.h"
#include "ui/filter/road-filter.h"

G_BEGIN_DECLS

/* The open ports of hosts by port or by service: a live #GListModel of #RoadGroup. */
#define ROAD_TYPE_GROUP_LIST (road_group_list_get_type ())
G_DECLARE_FINAL_TYPE (RoadGroupList, road_group_list, ROAD, GROUP_LIST, GObject)

RoadGroupList *road_group_list_new (GListModel *hosts,
                                    RoadSortOrder *order,
                                    RoadFilter *filter,
                                    RoadGrouping grouping);
void road_group_list_update (RoadGroupList *self);
RoadGroup *road_group_list_find (RoadGroupList *self, RoadPortRow *member, guint *position);

G_END_DECLS

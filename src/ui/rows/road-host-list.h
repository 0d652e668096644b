/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"
#include "road-sort-order.h"

G_BEGIN_DECLS

/* A #GListModel of the #RoadHost of a report in the order that the user selected. With few targets all
 * hosts are listed, with many only those that are up. */
#define ROAD_TYPE_HOST_LIST (road_host_list_get_type ())
G_DECLARE_FINAL_TYPE (RoadHostList, road_host_list, ROAD, HOST_LIST, GObject)

RoadHostList *road_host_list_new (RoadReport *report, RoadSortOrder *order);
gboolean road_host_list_get_resetting (RoadHostList *self);
gboolean road_host_list_find (RoadHostList *self, RoadHost *host, guint *position);

G_END_DECLS

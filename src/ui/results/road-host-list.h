/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"
#include "ui/widgets/road-sort-order.h"

G_BEGIN_DECLS

/**
 * RoadHostList:
 *
 * The hosts of a report that are worth a row, in the order that the user wants: a #GListModel of
 * #RoadHost. Of many targets only those that answered are listed; of a few all are.
 */
#define ROAD_TYPE_HOST_LIST (road_host_list_get_type ())
G_DECLARE_FINAL_TYPE (RoadHostList, road_host_list, ROAD, HOST_LIST, GObject)

RoadHostList *road_host_list_new (RoadReport *report, RoadSortOrder *order);
gboolean road_host_list_get_resetting (RoadHostList *self);
gboolean road_host_list_find (RoadHostList *self, RoadHost *host, guint *position);

G_END_DECLS

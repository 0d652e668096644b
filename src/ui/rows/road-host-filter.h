/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-host-list.h"
#include "ui/filter/road-filter.h"

G_BEGIN_DECLS

/* A #GListModel of the hosts of a #RoadHostList that have something to show with a filter, in the same
 * order. It counts the ports that match. */
#define ROAD_TYPE_HOST_FILTER (road_host_filter_get_type ())
G_DECLARE_FINAL_TYPE (RoadHostFilter, road_host_filter, ROAD, HOST_FILTER, GObject)

RoadHostFilter *road_host_filter_new (RoadHostList *hosts, RoadFilter *filter);
gboolean road_host_filter_get_resetting (RoadHostFilter *self);
gboolean road_host_filter_find (RoadHostFilter *self, RoadHost *host, guint *position);
guint64 road_host_filter_get_n_ports (RoadHostFilter *self, RoadPortState state);

G_END_DECLS

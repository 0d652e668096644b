/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-filter-query.h"

G_BEGIN_DECLS

/* Which results the user wants to see: those that match a text, see #RoadFilterQuery, and whose state is one
 * of those that were chosen. The lists of hosts and ports share it. */
#define ROAD_TYPE_FILTER (road_filter_get_type ())
G_DECLARE_FINAL_TYPE (RoadFilter, road_filter, ROAD, FILTER, GObject)

RoadFilter *road_filter_new (void);

void road_filter_set (RoadFilter *self, const char *text, guint states);
void road_filter_set_time (RoadFilter *self, gint64 now);
gboolean road_filter_get_active (RoadFilter *self);
const RoadFilterFault *road_filter_get_fault (RoadFilter *self);

gboolean road_filter_matches (RoadFilter *self, RoadHost *host, guint n_ports[ROAD_N_PORT_STATES]);
guint road_filter_count_rows (RoadFilter *self, RoadHost *host);
GArray *road_filter_list (RoadFilter *self, RoadHost *host, GArray *counts);
RoadPortSet *
road_filter_dup_counted (RoadFilter *self, RoadHost *host, RoadPortState state, RoadReason reason);

G_END_DECLS

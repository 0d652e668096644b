/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

#define ROAD_SELECTION_HOST (-1) /* instead of a port: the host itself */

/* The host and the port that the list, the map and the details of a window show as selected. Whoever changes
 * it, all others follow its signal "changed". */
#define ROAD_TYPE_SELECTION (road_selection_get_type ())
G_DECLARE_FINAL_TYPE (RoadSelection, road_selection, ROAD, SELECTION, GObject)

RoadSelection *road_selection_new (void);
RoadHost *road_selection_get_host (RoadSelection *self);
int road_selection_get_port (RoadSelection *self);
void road_selection_set (RoadSelection *self, RoadHost *host, int port);

G_END_DECLS

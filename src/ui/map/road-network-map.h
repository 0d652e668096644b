/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"
#include "ui/widgets/road-selection.h"

G_BEGIN_DECLS

/* The addresses of a report as cells: which are up, and how many ports are open there. */
#define ROAD_TYPE_NETWORK_MAP (road_network_map_get_type ())
G_DECLARE_FINAL_TYPE (RoadNetworkMap, road_network_map, ROAD, NETWORK_MAP, GtkWidget)

void road_network_map_set_selection (RoadNetworkMap *self, RoadSelection *selection);
void road_network_map_set_report (RoadNetworkMap *self, RoadReport *report);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-map-model.h"

G_BEGIN_DECLS

/* Says what the symbols of a map mean, as far as it can have them. */
#define ROAD_TYPE_MAP_LEGEND (road_map_legend_get_type ())
G_DECLARE_FINAL_TYPE (RoadMapLegend, road_map_legend, ROAD, MAP_LEGEND, GtkWidget)

void road_map_legend_update (RoadMapLegend *self, RoadMapModel *model, gboolean narrow);

G_END_DECLS

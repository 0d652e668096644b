/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-map-model.h"
#include "ui/widgets/road-selection.h"

G_BEGIN_DECLS

/* The cells of a map, one widget for all, with a cursor that the keyboard moves. Emits "activated" when the
 * user wants more of the host at the cursor, and "changed" when it shows something new. */
#define ROAD_TYPE_MAP_VIEW (road_map_view_get_type ())
G_DECLARE_FINAL_TYPE (RoadMapView, road_map_view, ROAD, MAP_VIEW, GtkWidget)

void road_map_view_set_selection (RoadMapView *self, RoadSelection *selection);
void road_map_view_set_report (RoadMapView *self, RoadReport *report);
RoadMapModel *road_map_view_get_model (RoadMapView *self);
gboolean road_map_view_shows_strips (RoadMapView *self);
gboolean road_map_view_select_at (RoadMapView *self, double x, double y);
gboolean road_map_view_select_cursor (RoadMapView *self, GdkRectangle *area);

G_END_DECLS

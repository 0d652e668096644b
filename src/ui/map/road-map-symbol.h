/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-map-model.h"

G_BEGIN_DECLS

/* A cell of the map in its legend. */
#define ROAD_TYPE_MAP_SYMBOL (road_map_symbol_get_type ())
G_DECLARE_FINAL_TYPE (RoadMapSymbol, road_map_symbol, ROAD, MAP_SYMBOL, GtkWidget)

GtkWidget *road_map_symbol_new (RoadMapState state);
void road_map_symbol_set_narrow (RoadMapSymbol *self, gboolean narrow);

G_END_DECLS

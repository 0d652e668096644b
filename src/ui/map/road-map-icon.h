/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/who/road-device-kind.h"

#include "road-map-layout.h"

G_BEGIN_DECLS

/* In pixels. */
#define ROAD_MAP_ICON_SIZE 16

/* The icon of what kind of device a host is, in a cell of a grid. */
gboolean road_map_icon_place (const RoadMapArea *cell,
                              const RoadMapArea *octet,
                              int symbol_width,
                              RoadMapArea *icon,
                              RoadMapArea *symbol);
void road_map_icon_draw (GtkWidget *widget,
                         GtkSnapshot *snapshot,
                         const RoadMapArea *area,
                         RoadDeviceKind kind,
                         const GdkRGBA *colour);

G_END_DECLS

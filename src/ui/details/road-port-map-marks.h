/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-port-cells.h"

G_BEGIN_DECLS

/* What is drawn beside the picture of a port map and on it: the names of the regions, and the crosshair.
 * Initialise with zeros. */
typedef struct
{
  PangoLayout *names[ROAD_N_PORT_REGIONS];
} RoadPortRegions;

void road_port_regions_make (RoadPortRegions *self, GtkWidget *widget);
void road_port_regions_clear (RoadPortRegions *self);
int road_port_regions_get_width (const RoadPortRegions *self);
void road_port_regions_draw (
    const RoadPortRegions *self, GtkWidget *widget, GtkSnapshot *snapshot, int left, int side);

void road_port_crosshair_draw (GtkWidget *widget, GtkSnapshot *snapshot, int side, int port);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-port-cells.h"

G_BEGIN_DECLS

/* How far the mark of an open port reaches from its middle, in logical pixels. */
#define ROAD_PORT_MARK_RADIUS 5

/* Colours as pixels: premultiplied ARGB in a native 32-bit number, as GDK_MEMORY_DEFAULT has them. */
typedef struct
{
  guint32 open;
  guint32 closed;
  guint32 filtered;      /* the strong half of the pattern */
  guint32 filtered_weak; /* the other half */
  guint32 unknown;       /* the lines of the hatching of what was not scanned */
} RoadPortColors;

void road_port_picture_draw (guint32 *pixels,
                             guint side,
                             guint unit,
                             const RoadPortCells *cells,
                             const RoadPortColors *colors);
GdkTexture *road_port_picture_new (GtkWidget *widget, const RoadPortCells *cells, guint side);
GdkTexture *road_port_picture_new_swatch (GtkWidget *widget, RoadPortState state, guint side);

G_END_DECLS

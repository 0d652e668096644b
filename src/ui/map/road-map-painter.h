/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-map-layout.h"
#include "road-map-model.h"

G_BEGIN_DECLS

/* The last octet of an address is not drawn. */
#define ROAD_MAP_NO_OCTET (-1)

/* Draws what the map and its legend consist of, in the colours and the font of a widget. */
typedef struct _RoadMapPainter RoadMapPainter;

RoadMapPainter *road_map_painter_new (GtkWidget *widget);
void road_map_painter_free (RoadMapPainter *self);
void road_map_painter_reset (RoadMapPainter *self);
void road_map_painter_measure (RoadMapPainter *self, const char *counts, RoadMapRequest *request);

void road_map_painter_draw_cell (RoadMapPainter *self,
                                 GtkSnapshot *snapshot,
                                 const RoadMapArea *area,
                                 const RoadMapCell *cell,
                                 int octet);
void road_map_painter_draw_strip (RoadMapPainter *self,
                                  GtkSnapshot *snapshot,
                                  const RoadMapArea *first,
                                  const RoadMapCell *cells,
                                  guint n_cells);
void road_map_painter_draw_text (RoadMapPainter *self,
                                 GtkSnapshot *snapshot,
                                 const RoadMapArea *area,
                                 const char *text,
                                 PangoAlignment alignment,
                                 gboolean dim);
void road_map_painter_draw_small_number (RoadMapPainter *self,
                                         GtkSnapshot *snapshot,
                                         const RoadMapArea *area,
                                         guint number);
void road_map_painter_draw_cursor (RoadMapPainter *self,
                                   GtkSnapshot *snapshot,
                                   const RoadMapArea *area,
                                   gboolean has_focus);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadMapPainter, road_map_painter_free)

G_END_DECLS

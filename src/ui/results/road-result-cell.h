/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-sort-order.h"

G_BEGIN_DECLS

/* A cell of the results: one column of a #RoadHost or a #RoadPortRow, whose changes it follows. */
#define ROAD_TYPE_RESULT_CELL (road_result_cell_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultCell, road_result_cell, ROAD, RESULT_CELL, GtkWidget)

GtkWidget *road_result_cell_new (RoadColumn column);
void road_result_cell_set_item (RoadResultCell *self, gpointer item);
GObject *road_result_cell_get_item (RoadResultCell *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ui/rows/road-sort-order.h"

G_BEGIN_DECLS

/* A cell of the results: one column of a #RoadHost or a #RoadPortRow, whose changes it follows. */
#define ROAD_TYPE_RESULT_CELL (road_result_cell_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultCell, road_result_cell, ROAD, RESULT_CELL, GtkWidget)

/* The style class of a column view that is too narrow for a column of services: they are beside the ports. */
#define ROAD_RESULT_CELL_NARROW "narrow"

GtkWidget *road_result_cell_new (RoadColumn column);
void road_result_cell_set_item (RoadResultCell *self, gpointer item);
void road_result_cell_update_all (GtkWidget *widget);
GObject *road_result_cell_get_item (RoadResultCell *self);

G_END_DECLS

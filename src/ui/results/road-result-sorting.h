/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-result-place.h"
#include "ui/rows/road-result-tree.h"

G_BEGIN_DECLS

/* Keeps the row that the user works with in view, and its focus, while the rows are sorted. */
#define ROAD_TYPE_RESULT_SORTING (road_result_sorting_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultSorting, road_result_sorting, ROAD, RESULT_SORTING, GObject)

RoadResultSorting *
road_result_sorting_new (GtkColumnView *view, RoadResultPlace *place, RoadResultTree *tree);
void road_result_sorting_begin (RoadResultSorting *self);
void road_result_sorting_end (RoadResultSorting *self);

G_END_DECLS

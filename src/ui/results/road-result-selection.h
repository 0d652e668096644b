/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/rows/road-result-tree.h"
#include "ui/widgets/road-selection.h"

G_BEGIN_DECLS

/* Keeps the selected row of the list and the selection of the window the same. */
#define ROAD_TYPE_RESULT_SELECTION (road_result_selection_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultSelection, road_result_selection, ROAD, RESULT_SELECTION, GObject)

RoadResultSelection *
road_result_selection_new (GtkColumnView *view, RoadResultTree *tree, RoadSelection *selection);

G_END_DECLS

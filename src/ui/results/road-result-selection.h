/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-result-grouping.h"
#include "road-result-place.h"
#include "ui/widgets/road-selection.h"

G_BEGIN_DECLS

/* Keeps the selected row of the list and the selection of the window the same. */
#define ROAD_TYPE_RESULT_SELECTION (road_result_selection_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultSelection, road_result_selection, ROAD, RESULT_SELECTION, GObject)

RoadResultSelection *road_result_selection_new (GtkColumnView *view,
                                                RoadResultPlace *place,
                                                RoadResultTree *tree,
                                                RoadSelection *selection);
void road_result_selection_set_grouping (RoadResultSelection *self, RoadResultGrouping *grouping);
gboolean road_result_selection_focus (RoadResultSelection *self);

G_END_DECLS

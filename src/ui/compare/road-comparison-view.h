/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/compare/road-comparison.h"

G_BEGIN_DECLS

/* The differences between two reports: a summary, and a tree of hosts and ports. Its buttons activate
 * win.back and win.save-comparison. */
#define ROAD_TYPE_COMPARISON_VIEW (road_comparison_view_get_type ())
G_DECLARE_FINAL_TYPE (RoadComparisonView, road_comparison_view, ROAD, COMPARISON_VIEW, GtkWidget)

void road_comparison_view_set_comparison (RoadComparisonView *self, RoadComparison *comparison);
RoadComparison *road_comparison_view_get_comparison (RoadComparisonView *self);
gboolean road_comparison_view_get_all (RoadComparisonView *self);
void road_comparison_view_take_focus (RoadComparisonView *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"
#include "ui/widgets/road-selection.h"

G_BEGIN_DECLS

/* A report as a tree of hosts and ports. It follows a running scan. */
#define ROAD_TYPE_RESULTS_VIEW (road_results_view_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultsView, road_results_view, ROAD, RESULTS_VIEW, GtkWidget)

GActionGroup *road_results_view_get_sort_actions (RoadResultsView *self);
GActionGroup *road_results_view_get_column_actions (RoadResultsView *self);
void road_results_view_set_selection (RoadResultsView *self, RoadSelection *selection);
void road_results_view_set_report (RoadResultsView *self, RoadReport *report);
void road_results_view_update_versions (RoadResultsView *self);
const char *road_results_view_focus_selected (RoadResultsView *self);

G_END_DECLS

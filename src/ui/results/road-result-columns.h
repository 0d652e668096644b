/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"
#include "ui/rows/road-sort-order.h"

G_BEGIN_DECLS

void road_result_columns_set_up (GtkColumnView *column_view);
void
road_result_columns_sort_by (GtkColumnView *column_view, RoadColumn column, gboolean descending);
void road_result_columns_set_up_headers (GtkColumnView *column_view, RoadSortOrder *order);
GActionGroup *road_result_columns_new_actions (GtkColumnView *column_view, RoadSortOrder *order);
void road_result_columns_read_order (GtkSorter *sorter, RoadSortOrder *order);
int road_result_columns_get_text_width (GtkWidget *widget);
gboolean road_result_columns_fits (RoadColumn column, gboolean has_versions, int width);
gboolean road_result_columns_have_versions (RoadReport *report);

void road_result_columns_adapt (GtkColumnView *column_view, gboolean has_versions, int width);
gboolean road_result_columns_is_narrow (GtkWidget *cell);

G_END_DECLS

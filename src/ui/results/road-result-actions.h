/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"
#include "ui/rows/road-port-row.h"

G_BEGIN_DECLS

/* The actions on the selected rows: results.open, results.copy, results.copy-addresses,
 * results.copy-endpoints, results.copy-table, results.copy-command, results.copy-report, results.copy-targets, results.scan, results.select-all, results.expand-all and results.collapse-all. */
#define ROAD_TYPE_RESULT_ACTIONS (road_result_actions_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultActions, road_result_actions, ROAD, RESULT_ACTIONS, GObject)

RoadResultActions *road_result_actions_new (GtkWidget *widget,
                                            RoadReport *report,
                                            GtkTreeListModel *tree,
                                            GtkSelectionModel *selection);
void road_result_actions_open (RoadResultActions *self, RoadPortRow *row);
GMenuModel *road_result_actions_make_menu (RoadResultActions *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/scan/road-scan.h"
#include "ui/widgets/road-selection.h"

G_BEGIN_DECLS

/* What is known about the selected port or host, or about the scan if nothing is selected. */
#define ROAD_TYPE_DETAILS_PANE (road_details_pane_get_type ())
G_DECLARE_FINAL_TYPE (RoadDetailsPane, road_details_pane, ROAD, DETAILS_PANE, GtkWidget)

void road_details_pane_set_selection (RoadDetailsPane *self, RoadSelection *selection);
void road_details_pane_set_report (RoadDetailsPane *self, RoadReport *report);
void road_details_pane_set_scan (RoadDetailsPane *self, RoadScan *scan);
void road_details_pane_set_alone (RoadDetailsPane *self, gboolean alone);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/scan/road-scan.h"

G_BEGIN_DECLS

/* The progress of a scan, or its summary. Its button activates win.pause and win.resume. */
#define ROAD_TYPE_STATUS_BAR (road_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (RoadStatusBar, road_status_bar, ROAD, STATUS_BAR, GtkWidget)

void road_status_bar_set_scan (RoadStatusBar *self, RoadScan *scan);
void road_status_bar_set_report (RoadStatusBar *self, RoadReport *report);

G_END_DECLS

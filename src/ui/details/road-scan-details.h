/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/scan/road-scan.h"

G_BEGIN_DECLS

/* What is known about the scan itself: how fast it is and why not faster, and what became of the addresses. */
#define ROAD_TYPE_SCAN_DETAILS (road_scan_details_get_type ())
G_DECLARE_FINAL_TYPE (RoadScanDetails, road_scan_details, ROAD, SCAN_DETAILS, GtkWidget)

void road_scan_details_set_report (RoadScanDetails *self, RoadReport *report);
void road_scan_details_set_scan (RoadScanDetails *self, RoadScan *scan);

G_END_DECLS

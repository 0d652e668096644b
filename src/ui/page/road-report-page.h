/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/scan/road-scan.h"

G_BEGIN_DECLS

/* A report: a line that says what it is, its list or map, and the details of what is selected there. */
#define ROAD_TYPE_REPORT_PAGE (road_report_page_get_type ())
G_DECLARE_FINAL_TYPE (RoadReportPage, road_report_page, ROAD, REPORT_PAGE, GtkWidget)

void road_report_page_insert_actions (RoadReportPage *self, GtkWidget *widget);
void road_report_page_set_report (RoadReportPage *self, RoadReport *report);
void road_report_page_set_scan (RoadReportPage *self, RoadScan *scan);
void road_report_page_show_pace (RoadReportPage *self, RoadScan *scan);
void road_report_page_set_file_name (RoadReportPage *self, const char *name);
void road_report_page_set_hint (RoadReportPage *self, const char *hint);

G_END_DECLS

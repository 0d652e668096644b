/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "store/road-recent-scan.h"

G_BEGIN_DECLS

/* A row for a recent scan: targets, time and result. Its buttons activate recent.compare and
 * recent.remove with the URI of the scan. */
#define ROAD_TYPE_RECENT_ROW (road_recent_row_get_type ())
G_DECLARE_FINAL_TYPE (RoadRecentRow, road_recent_row, ROAD, RECENT_ROW, GtkListBoxRow)

GtkWidget *road_recent_row_new (RoadRecentScan *scan, gboolean comparable);
RoadRecentScan *road_recent_row_get_scan (RoadRecentRow *self);
char *road_recent_row_make_title (RoadRecentScan *scan);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "store/road-recent-scan.h"

G_BEGIN_DECLS

/**
 * RoadRecentRow:
 *
 * A recent scan in a list: what was scanned, when, and what came of it. Its buttons do
 * recent.compare and recent.remove, with the URI of the scan.
 */
#define ROAD_TYPE_RECENT_ROW (road_recent_row_get_type ())
G_DECLARE_FINAL_TYPE (RoadRecentRow, road_recent_row, ROAD, RECENT_ROW, GtkListBoxRow)

GtkWidget *road_recent_row_new (RoadRecentScan *scan, gboolean comparable);
RoadRecentScan *road_recent_row_get_scan (RoadRecentRow *self);

G_END_DECLS

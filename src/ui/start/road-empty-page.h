/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The page before the first scan: instructions, shortcuts to common targets, and recent scans. It
 * activates win.scan-target, win.scan-news, win.open-file and win.show-recent.
 *
 * RoadEmptyPage::continue (RoadInterruptedScan): the user wants to continue a scan. */
#define ROAD_TYPE_EMPTY_PAGE (road_empty_page_get_type ())
G_DECLARE_FINAL_TYPE (RoadEmptyPage, road_empty_page, ROAD, EMPTY_PAGE, GtkWidget)

G_END_DECLS

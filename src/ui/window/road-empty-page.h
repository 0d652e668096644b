/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RoadEmptyPage:
 *
 * What a window shows before its first scan: what to type, what most people want first, and the
 * scans that were made lately. It does win.scan-target, win.open-file and win.show-recent.
 */
#define ROAD_TYPE_EMPTY_PAGE (road_empty_page_get_type ())
G_DECLARE_FINAL_TYPE (RoadEmptyPage, road_empty_page, ROAD, EMPTY_PAGE, GtkWidget)

G_END_DECLS

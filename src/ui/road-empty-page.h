/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RoadEmptyPage:
 *
 * What a window shows before its first scan: what to type, and what most people want first. It does
 * win.scan-target.
 */
#define ROAD_TYPE_EMPTY_PAGE (road_empty_page_get_type ())
G_DECLARE_FINAL_TYPE (RoadEmptyPage, road_empty_page, ROAD, EMPTY_PAGE, GtkWidget)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/scan/road-scan.h"

G_BEGIN_DECLS

/* The messages of a window: errors, why the scan is paused, what was saved and what could not be
 * scanned. */
#define ROAD_TYPE_NOTICES (road_notices_get_type ())
G_DECLARE_FINAL_TYPE (RoadNotices, road_notices, ROAD, NOTICES, GtkWidget)

void road_notices_add_actions (RoadNotices *self, GActionMap *map);
void road_notices_show_info (RoadNotices *self, const char *message);
void road_notices_show_saved (RoadNotices *self, GFile *file, gboolean complete);
void road_notices_show_unsaved (RoadNotices *self, const char *message);
void road_notices_show_error (RoadNotices *self, const char *message);
void road_notices_hide_error (RoadNotices *self);
void road_notices_show_problems (RoadNotices *self, RoadReport *report);
void road_notices_show_addresses (RoadNotices *self, RoadScan *scan);
void road_notices_update (RoadNotices *self, RoadScan *scan);

G_END_DECLS

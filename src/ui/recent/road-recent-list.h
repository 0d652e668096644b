/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "store/road-recent-scans.h"

G_BEGIN_DECLS

/* The recent scans as rows, to open, compare and remove them, with the offer to undo the last removal
 * above. */
#define ROAD_TYPE_RECENT_LIST (road_recent_list_get_type ())
G_DECLARE_FINAL_TYPE (RoadRecentList, road_recent_list, ROAD, RECENT_LIST, GtkWidget)

void road_recent_list_set_up (RoadRecentList *self,
                              RoadRecentScans *scans,
                              guint max_rows,
                              gboolean comparable);
void road_recent_list_set_placeholder (RoadRecentList *self, GtkWidget *placeholder);

G_END_DECLS

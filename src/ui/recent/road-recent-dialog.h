/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "store/road-recent-scans.h"

G_BEGIN_DECLS

/* All recent scans, and the setting of how many are kept. Its rows activate win.open-file and
 * win.compare-file of the parent window. */
#define ROAD_TYPE_RECENT_DIALOG (road_recent_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoadRecentDialog, road_recent_dialog, ROAD, RECENT_DIALOG, GtkWindow)

GtkWindow *road_recent_dialog_new (GtkWindow *parent, RoadRecentScans *scans, gboolean comparable);

G_END_DECLS

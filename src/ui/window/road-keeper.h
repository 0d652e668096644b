/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-loss-dialog.h"
#include "store/road-recent-scans.h"
#include "engine/scan/road-scan.h"

G_BEGIN_DECLS

/**
 * RoadKeeper:
 *
 * Sees to it that a window's results are not lost: keeps a scan that has ended among the recent
 * scans, knows whether it is safe there or was saved, and asks the user where it is not.
 */
#define ROAD_TYPE_KEEPER (road_keeper_get_type ())
G_DECLARE_FINAL_TYPE (RoadKeeper, road_keeper, ROAD, KEEPER, GObject)

RoadKeeper *road_keeper_new (RoadRecentScans *recent);
void road_keeper_set_scan (RoadKeeper *self, RoadScan *scan);
void road_keeper_set_saved (RoadKeeper *self);
gboolean road_keeper_would_lose (RoadKeeper *self);

void road_keeper_leave_async (RoadKeeper *self,
                              GtkWindow *parent,
                              const char *button,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
RoadLoss road_keeper_leave_finish (RoadKeeper *self, GAsyncResult *result);

G_END_DECLS

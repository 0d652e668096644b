/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-recent-scan.h"

G_BEGIN_DECLS

/* The automatically saved scans: a #GListModel of #RoadRecentScan, the latest first, of at most
 * #RoadRecentScans:max scans. It shows exactly the files in the folder, without an index, so that changes by
 * the user or another instance of the program are noticed. All disk access is done in threads. */
#define ROAD_TYPE_RECENT_SCANS (road_recent_scans_get_type ())
G_DECLARE_FINAL_TYPE (RoadRecentScans, road_recent_scans, ROAD, RECENT_SCANS, GObject)

RoadRecentScans *road_recent_scans_get_default (void);
RoadRecentScans *road_recent_scans_new (GFile *folder, guint max);

guint road_recent_scans_get_max (RoadRecentScans *self);
void road_recent_scans_set_max (RoadRecentScans *self, guint max);
gboolean road_recent_scans_get_loading (RoadRecentScans *self);
gboolean road_recent_scans_has (RoadRecentScans *self, GFile *file);

void road_recent_scans_keep_async (RoadRecentScans *self,
                                   RoadReport *report,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GFile *road_recent_scans_keep_finish (RoadRecentScans *self, GAsyncResult *result, GError **error);
void road_recent_scans_remove_async (RoadRecentScans *self,
                                     RoadRecentScan *scan,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void road_recent_scans_restore_async (RoadRecentScans *self,
                                      RoadRecentScan *scan,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void road_recent_scans_clear_async (RoadRecentScans *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
road_recent_scans_change_finish (RoadRecentScans *self, GAsyncResult *result, GError **error);

G_END_DECLS

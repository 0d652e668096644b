/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-recent-scan.h"

G_BEGIN_DECLS

/**
 * RoadRecentScans:
 *
 * The scans that were kept by themselves, in a folder: a #GListModel of #RoadRecentScan, the latest
 * first. Only so many are kept, see #RoadRecentScans:max. The files are the whole truth, there is no
 * index beside them: what another instance of the program keeps or removes is seen here, and what
 * the user puts there or takes away, too. All that touches the disk is done in threads.
 */
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-recent-scan.h"

G_BEGIN_DECLS

/* What touches the folder of #RoadRecentScans, in threads. */

void
road_recent_folder_make_async (GFile *folder, GAsyncReadyCallback callback, gpointer user_data);
void road_recent_folder_read_async (GFile *folder,
                                    guint max,
                                    GPtrArray *known,
                                    gboolean watch,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *road_recent_folder_read_finish (GAsyncResult *result, GFileMonitor **monitor);

G_END_DECLS

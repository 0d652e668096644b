/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-recent-scans.h"
#include "road-watched-folder.h"

G_BEGIN_DECLS

/* For road-recent-scans-changes.c. */

guint road_recent_scans_count_arrival (RoadRecentScans *self);
RoadWatchedFolder *road_recent_scans_get_folder (RoadRecentScans *self);
void road_recent_scans_load (RoadRecentScans *self, GTask *task);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "formats/road-digest.h"

G_BEGIN_DECLS

/* A saved scan: its file, and its digest or why that cannot be read. Immutable, though its file may be
 * gone. */
#define ROAD_TYPE_RECENT_SCAN (road_recent_scan_get_type ())
G_DECLARE_FINAL_TYPE (RoadRecentScan, road_recent_scan, ROAD, RECENT_SCAN, GObject)

/* What to query of a file. */
#define ROAD_RECENT_SCAN_ATTRIBUTES                                                                \
  G_FILE_ATTRIBUTE_STANDARD_TYPE                                                                   \
  "," G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_SIZE                            \
  "," G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC

RoadRecentScan *road_recent_scan_read (GFile *file, GFileInfo *info, GCancellable *cancellable);

GFile *road_recent_scan_get_file (RoadRecentScan *self);
const RoadDigest *road_recent_scan_get_digest (RoadRecentScan *self);
const char *road_recent_scan_get_problem (RoadRecentScan *self);
char *road_recent_scan_make_name (guint arrival);
guint road_recent_scan_get_arrival (RoadRecentScan *self);
GDateTime *road_recent_scan_get_time (RoadRecentScan *self);
gboolean road_recent_scan_is_read_from (RoadRecentScan *self, GFileInfo *info);
int road_recent_scan_compare (RoadRecentScan *a, RoadRecentScan *b);

gboolean road_recent_scan_delete (RoadRecentScan *self, GCancellable *cancellable, GError **error);
gboolean road_recent_scan_remove (RoadRecentScan *self, GCancellable *cancellable, GError **error);
gboolean road_recent_scan_restore (RoadRecentScan *self, GCancellable *cancellable, GError **error);

G_END_DECLS

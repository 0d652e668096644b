/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/scan/road-scan.h"
#include "road-journal-file.h"
#include "road-journal-records.h"

G_BEGIN_DECLS

/* A scan that was interrupted, as its journal tells. While it exists, no other process can continue the
 * scan. */
#define ROAD_TYPE_INTERRUPTED_SCAN (road_interrupted_scan_get_type ())
G_DECLARE_FINAL_TYPE (RoadInterruptedScan, road_interrupted_scan, ROAD, INTERRUPTED_SCAN, GObject)

char *road_interrupted_scan_get_folder (void);
GPtrArray *road_interrupted_scan_find_all (const char *folder, const char *owner, GError **fault);
RoadInterruptedScan *road_interrupted_scan_find_last (const char *folder, const char *owner);
void road_interrupted_scan_prune (const char *folder, guint n_kept);
char *road_interrupted_scan_make_path (const char *folder);
RoadInterruptedScan *road_interrupted_scan_open (const char *path, GError **error);

const char *road_interrupted_scan_get_path (RoadInterruptedScan *self);
const RoadJournalBegin *road_interrupted_scan_get_begin (RoadInterruptedScan *self);
RoadReport *road_interrupted_scan_get_report (RoadInterruptedScan *self);
RoadScan *road_interrupted_scan_continue (RoadInterruptedScan *self, GError **error);
void road_interrupted_scan_delete (RoadInterruptedScan *self);
RoadJournalFile *road_interrupted_scan_steal_file (RoadInterruptedScan *self);

G_END_DECLS

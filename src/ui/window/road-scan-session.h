/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/scan/road-scan.h"
#include "store/journal/road-interrupted-scan.h"

G_BEGIN_DECLS

/* The scans of a window: the one whose results are shown, and the one that replaces it as soon as its names
 * are resolved. */
#define ROAD_TYPE_SCAN_SESSION (road_scan_session_get_type ())
G_DECLARE_FINAL_TYPE (RoadScanSession, road_scan_session, ROAD, SCAN_SESSION, GObject)

RoadScanSession *road_scan_session_new (void);
void road_scan_session_add_actions (RoadScanSession *self, GActionMap *map);
void road_scan_session_start (RoadScanSession *self, RoadScan *scan, RoadReport *report);
gboolean road_scan_session_continue (RoadScanSession *self,
                                     RoadInterruptedScan *interrupted,
                                     GError **error);
void road_scan_session_set_saved (RoadScanSession *self);
void road_scan_session_abandon (RoadScanSession *self);
void road_scan_session_leave (RoadScanSession *self);
RoadScan *road_scan_session_get_scan (RoadScanSession *self);
RoadScan *road_scan_session_get_current (RoadScanSession *self);
gboolean road_scan_session_get_active (RoadScanSession *self);
void road_scan_session_stop (RoadScanSession *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/connect/road-connector.h"
#include "engine/targets/road-target-list.h"
#include "road-host-results.h"
#include "road-scan-plan.h"

G_BEGIN_DECLS

/* A host that is being scanned: which of its ports to probe next, which to probe again, and what was found
 * out since the report was last brought up to date. It lives only as long as the host is being scanned; what
 * stays is its #RoadHost. */
typedef struct _RoadScanHost RoadScanHost;

RoadScanHost *road_scan_host_new (const RoadTarget *target, guint64 place, RoadScanPlan *plan);
RoadScanHost *road_scan_host_new_known (RoadHost *host, guint64 place, RoadScanPlan *plan);
void road_scan_host_free (RoadScanHost *self);
RoadHost *road_scan_host_get_host (RoadScanHost *self);
RoadHostResults *road_scan_host_get_results (RoadScanHost *self);
RoadScanHost *road_scan_host_from_probe (const RoadProbe *probe);
gboolean road_scan_host_begin (RoadScanHost *self, gint64 now, double begun_at, gint64 *next);
gboolean road_scan_host_take_probe (RoadScanHost *self, gint64 now, RoadProbe *probe, gint64 *next);
void road_scan_host_handle (RoadScanHost *self,
                            gint64 now,
                            const RoadProbe *probe,
                            const RoadOutcome *outcome);
void road_scan_host_review (RoadScanHost *self);
void road_scan_host_drop (RoadScanHost *self);
gboolean road_scan_host_get_answered (RoadScanHost *self);
gboolean road_scan_host_get_down (RoadScanHost *self);
gboolean road_scan_host_is_done (RoadScanHost *self);
gint64 road_scan_host_get_failing_since (RoadScanHost *self);
gboolean road_scan_host_get_gone (RoadScanHost *self);
gboolean road_scan_host_get_reached (RoadScanHost *self);
double road_scan_host_get_age (RoadScanHost *self, double elapsed);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/connect/road-connector.h"
#include "engine/report/road-host.h"
#include "road-scan-plan.h"
#include "engine/targets/road-target-list.h"

G_BEGIN_DECLS

/**
 * RoadScanHost:
 *
 * A host that is being scanned: which of its ports come next, which must be tried again, and what was
 * found out since the report was last told. It lives only as long as the host is being scanned; what
 * stays is its #RoadHost.
 */
typedef struct _RoadScanHost RoadScanHost;

/**
 * RoadTurn:
 * @link: the host's place among those whose turn it is; its data is the host
 * @ready: whether it is among them
 * @wake_at: when it will be, if that is known; or 0
 * @dirty: whether the report has not been told everything
 * @known: whether the report has the host
 * @named: whether the name of its address was asked for
 * @begun_at: how long the scan had run when the host was begun, in µs
 *
 * The scan's own notes on a host.
 */
typedef struct
{
  GList link;
  gboolean ready;
  gint64 wake_at;
  gboolean dirty;
  gboolean known;
  gboolean named;
  gint64 begun_at;
} RoadTurn;

RoadScanHost *road_scan_host_new (const RoadTarget *target, RoadScanPlan *plan);
void road_scan_host_free (RoadScanHost *self);
RoadHost *road_scan_host_get_host (RoadScanHost *self);
RoadScanHost *road_scan_host_from_probe (const RoadProbe *probe);
gboolean road_scan_host_take_probe (RoadScanHost *self, gint64 now, RoadProbe *probe, gint64 *next);
void road_scan_host_handle (RoadScanHost *self,
                            gint64 now,
                            const RoadProbe *probe,
                            const RoadOutcome *outcome);
void road_scan_host_review (RoadScanHost *self);
void road_scan_host_drop (RoadScanHost *self);
guint road_scan_host_flush (RoadScanHost *self);
gboolean road_scan_host_get_answered (RoadScanHost *self);
gboolean road_scan_host_get_down (RoadScanHost *self);
gboolean road_scan_host_is_done (RoadScanHost *self);
guint road_scan_host_get_n_done (RoadScanHost *self);
guint road_scan_host_get_n_dropped (RoadScanHost *self);
guint road_scan_host_get_n_open (RoadScanHost *self);
gint64 road_scan_host_get_failing_since (RoadScanHost *self);
gboolean road_scan_host_get_gone (RoadScanHost *self);
gboolean road_scan_host_get_reached (RoadScanHost *self);
RoadTurn *road_scan_host_get_turn (RoadScanHost *self);

G_END_DECLS

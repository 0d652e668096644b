/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-host.h"
#include "road-lane.h"
#include "road-pacer.h"
#include "road-target-list.h"

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
 * RoadScanHostChange:
 * @ROAD_SCAN_HOST_WAITS: the probe will be tried again
 * @ROAD_SCAN_HOST_RESULT: the port has its result
 * @ROAD_SCAN_HOST_IGNORED: the probe no longer matters
 * @ROAD_SCAN_HOST_LOCAL_ERROR: our own machine failed; the probe will be tried again
 *
 * What an outcome meant.
 */
typedef enum
{
  ROAD_SCAN_HOST_WAITS,
  ROAD_SCAN_HOST_RESULT,
  ROAD_SCAN_HOST_IGNORED,
  ROAD_SCAN_HOST_LOCAL_ERROR,
} RoadScanHostChange;

RoadScanHost *road_scan_host_new (const RoadTarget *target, const guint16 *ports, guint n_ports);
void road_scan_host_free (RoadScanHost *self);
RoadHost *road_scan_host_get_host (RoadScanHost *self);
gboolean road_scan_host_take_probe (
    RoadScanHost *self, RoadPacer *pacer, gint64 now, RoadProbe *probe, gint64 *next);
RoadScanHostChange road_scan_host_handle (RoadScanHost *self,
                                          RoadPacer *pacer,
                                          gint64 now,
                                          const RoadProbe *probe,
                                          const RoadOutcome *outcome);
void road_scan_host_drop (RoadScanHost *self);
guint road_scan_host_flush (RoadScanHost *self);
gboolean road_scan_host_get_answered (RoadScanHost *self);
gboolean road_scan_host_get_down (RoadScanHost *self);
gboolean road_scan_host_is_done (RoadScanHost *self);
guint road_scan_host_get_n_left (RoadScanHost *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/report/road-profile.h"
#include "engine/report/road-report.h"
#include "road-progress.h"
#include "engine/targets/road-target-spec.h"

G_BEGIN_DECLS

/**
 * RoadScanState:
 * @ROAD_SCAN_READY: made, not started
 * @ROAD_SCAN_RESOLVING: host names are being looked up
 * @ROAD_SCAN_RUNNING: ports are being connected to
 * @ROAD_SCAN_PAUSED: no new connects; by the user, or because our own machine failed, see
 *   road_scan_get_message()
 * @ROAD_SCAN_FINISHED: done
 * @ROAD_SCAN_STOPPED: stopped by the user; the report has what was found; see also
 *   road_scan_get_suspended()
 * @ROAD_SCAN_FAILED: could not be done at all (no name could be resolved); the message says why
 */
typedef enum
{
  ROAD_SCAN_READY,
  ROAD_SCAN_RESOLVING,
  ROAD_SCAN_RUNNING,
  ROAD_SCAN_PAUSED,
  ROAD_SCAN_FINISHED,
  ROAD_SCAN_STOPPED,
  ROAD_SCAN_FAILED,
} RoadScanState;

/**
 * RoadScanProgress:
 * @n_done: probes (port of a host) that have their answer
 * @n_total: probes in all, less those of hosts that turned out to be down; saturates at %G_MAXUINT64
 * @n_open: open ports found
 * @elapsed: seconds since the start, without pauses
 * @remaining: seconds left, estimated; negative while nothing can be said
 * @phase: how far the current phase is
 */
typedef struct
{
  guint64 n_done;
  guint64 n_total;
  guint64 n_open;
  double elapsed;
  double remaining;
  RoadProgressPhase phase;
} RoadScanProgress;

/**
 * RoadScan:
 *
 * One scan from start to finish. It belongs to the main thread: its signals and the changes of its report
 * come in batches on the default main context, at most ten a second: RoadScan::progress,
 * notify::state, notify::message.
 */
#define ROAD_TYPE_SCAN (road_scan_get_type ())
G_DECLARE_FINAL_TYPE (RoadScan, road_scan, ROAD, SCAN, GObject)

RoadScan *road_scan_new (RoadTargetSpec *targets, RoadProfile *profile);
void road_scan_set_seed (RoadScan *self, guint64 seed);
void road_scan_start (RoadScan *self);
void road_scan_pause (RoadScan *self);
void road_scan_resume (RoadScan *self);
void road_scan_suspend (RoadScan *self);
void road_scan_stop (RoadScan *self);

RoadReport *road_scan_get_report (RoadScan *self);
RoadScanState road_scan_get_state (RoadScan *self);
const char *road_scan_get_message (RoadScan *self);
gboolean road_scan_get_active (RoadScan *self);
gboolean road_scan_get_suspended (RoadScan *self);
gboolean road_scan_get_incomplete (RoadScan *self);
void road_scan_get_progress (RoadScan *self, RoadScanProgress *progress);
double road_scan_progress_get_fraction (const RoadScanProgress *self);

G_END_DECLS

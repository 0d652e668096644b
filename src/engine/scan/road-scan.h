/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/report/road-profile.h"
#include "engine/report/road-report.h"
#include "engine/targets/road-target-list.h"
#include "engine/targets/road-target-spec.h"
#include "road-progress.h"
#include "road-scan-log.h"

G_BEGIN_DECLS

typedef enum
{
  ROAD_SCAN_READY,     /* not started */
  ROAD_SCAN_RESOLVING, /* host names are being resolved */
  ROAD_SCAN_RUNNING,   /* ports are being probed */
  /* no new probes are sent; paused by the user, or because our own machine failed, see
   * road_scan_get_message() */
  ROAD_SCAN_PAUSED,
  ROAD_SCAN_FINISHED, /* done */
  ROAD_SCAN_STOPPED, /* by the user; the report has what was found; see road_scan_get_suspended() */
  ROAD_SCAN_FAILED, /* impossible, for example as no name could be resolved; the message says why */
} RoadScanState;

typedef struct
{
  guint64 n_done; /* ports of hosts that are done */
  /* ports of hosts in all, without those of hosts that turned out to be down; saturates at %G_MAXUINT64 */
  guint64 n_total;
  guint64 n_open;
  double elapsed;   /* seconds since the start, without pauses */
  double remaining; /* estimated seconds left; negative while there is no basis for an estimate */
  RoadTargetLookups lookups; /* of host names, before ports are probed */
  RoadProgressPhase phase;
  gboolean
      identifies; /* whether all ports are scanned, and only services are still being identified */
  guint n_identified;  /* open ports of which that is done */
  guint n_to_identify; /* open ports of which it is to be done, with those */
} RoadScanProgress;

/* One scan from start to finish. It belongs to the main thread: its signals (RoadScan::progress,
 * notify::state and notify::message) and the changes of its report come on the default main context, in at
 * most ten batches a second. */
#define ROAD_TYPE_SCAN (road_scan_get_type ())
G_DECLARE_FINAL_TYPE (RoadScan, road_scan, ROAD, SCAN, GObject)

RoadScan *road_scan_new (RoadTargetSpec *targets, RoadProfile *profile);
RoadScan *road_scan_new_continued (RoadReport *report, guint64 seed, GError **error);
guint64 road_scan_get_seed (RoadScan *self);
void road_scan_set_log (RoadScan *self, const RoadScanLog *log);
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
RoadTargetList *road_scan_get_target_list (RoadScan *self);
void road_scan_get_progress (RoadScan *self, RoadScanProgress *progress);

G_END_DECLS

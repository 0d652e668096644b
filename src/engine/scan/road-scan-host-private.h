/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/pacing/road-discovery.h"
#include "road-host-probes.h"
#include "road-scan-host.h"

G_BEGIN_DECLS

/*
 *                  ┌─────────────── retries <───────────────┐ not convincing
 *   plan's ports ──┴─> probe ──> outcome ── silent ─────────┴─> unjudged ──> filtered
 *                                   └────── answered ──────────────────────> open, closed, filtered
 *
 * A silent port waits in "unjudged" until the path is known to have been working when it was probed. If it
 * was not, or if answers are known by then to take longer, it is probed again.
 */

struct _RoadScanHost
{
  RoadAddress address;
  RoadScanPlan *plan;
  RoadScanPath path;
  RoadDiscovery discovery;
  RoadHostProbes probes;
  RoadHostResults results;
  GQueue unjudged;  /* of RoadHostProbe */
  guint first_port; /* of the plan's; then every @port_step-th is scanned */
  guint port_step;
  guint next_port;
  double begun_at; /* when its first probe could be sent, in seconds of the scan */

  gint64 hold_until;
  guint n_failures;     /* in a row */
  gint64 failing_since; /* of our own machine; 0 when it does not */

  gboolean begun;
  gboolean is_known; /* some ports have results from before the scan was interrupted */
  gboolean reached;  /* our own machine could send something */
  gboolean suspect;  /* nobody seemed to have the address */
  gboolean dropped;  /* the ports that have no result are left out */
  gboolean down;
  gboolean answered;
  gboolean gone; /* it answered, and then it or the path fell silent for good */
};

/* For road-scan-host-outcomes.c. */
gboolean road_scan_host_is_discovering (RoadScanHost *self);
gboolean road_scan_host_is_busy (RoadScanHost *self);
gint64 road_scan_host_get_timeout_us (RoadScanHost *self);
void road_scan_host_add_result (RoadScanHost *self,
                                guint16 port,
                                RoadPortState state,
                                RoadReason reason,
                                const RoadOutcome *outcome);
void road_scan_host_mark_down (RoadScanHost *self, gint64 now);
void road_scan_host_judge (RoadScanHost *self, gint64 now);

G_END_DECLS

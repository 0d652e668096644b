/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/pacing/road-pacer.h"
#include "engine/pacing/road-path-check.h"
#include "engine/report/road-profile.h"
#include "road-neighbours.h"
#include "road-progress.h"

G_BEGIN_DECLS

/* The path to a host, or the one that all hosts share. */
typedef struct
{
  RoadPathCheck check; /* whether it works */
  RoadPace pace;       /* how fast it is */
} RoadScanPath;

/**
 * RoadGiveUpFunc:
 * @tag: of a probe that is in flight
 * @user_data: for the function
 *
 * Stops waiting for the answer to a probe. Its outcome comes soon, but not at once.
 */
typedef void (*RoadGiveUpFunc) (gpointer tag, gpointer user_data);

/* What all hosts of a scan share. Clear it with road_scan_plan_clear(). */
typedef struct
{
  guint16 *ports;     /* (array length=n_ports): the ports in the order in which they are probed */
  guint n_ports;      /* how many; none if hosts are only discovered */
  gboolean discovers; /* whether a host's ports are scanned only once it has answered */
  /* (array length=n_discovery_ports): the ports that discover a host: the first are the first of @ports, the
   * others are probed for nothing else */
  guint16 *discovery_ports;
  guint n_discovery_ports;
  guint n_first; /* how many of them are the first of @ports */
  RoadShard shard;
  RoadPacer *pacer;
  /* what all paths have in common, for hosts that have not answered themselves */
  RoadScanPath path;
  RoadNeighbours *neighbours; /* which addresses on our own links are known to be in use */
  RoadGiveUpFunc give_up;
  gpointer give_up_data;
  RoadProgress progress; /* how far the scan is */
} RoadScanPlan;

gboolean road_scan_plan_init (RoadScanPlan *self, RoadProfile *profile, guint64 seed);
void road_scan_plan_clear (RoadScanPlan *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/connect/road-outcome.h"
#include "engine/pacing/road-pacer.h"
#include "engine/report/road-host.h"
#include "road-progress.h"

G_BEGIN_DECLS

/* What was found out about a host that is being scanned, and how much is left. Clear it with
 * road_host_results_clear(). */
typedef struct
{
  RoadHost *host; /* what the report has of the host */
  RoadProgress *progress;
  GArray *pending;   /* results since the last flush */
  guint n_ports;     /* ports to scan */
  guint n_elsewhere; /* ports that are in other shards */
  guint n_left;      /* ports without a result */
  guint n_dropped;   /* ports that will get none */
  guint n_open;
  gboolean has_news;       /* whether anything changed since the last flush */
  gint64 exact_latency_us; /* the smoothed latency as the kernel measured it; 0 before the first */
  gint64 least_elapsed_us; /* the shortest time in which the host answered a probe */
} RoadHostResults;

void road_host_results_init (RoadHostResults *self,
                             RoadHost *host,
                             guint n_all_ports,
                             guint n_ports,
                             RoadProgress *progress);
void road_host_results_clear (RoadHostResults *self);
void road_host_results_add (RoadHostResults *self,
                            guint16 port,
                            RoadPortState state,
                            RoadReason reason,
                            const RoadOutcome *outcome);
void road_host_results_add_silent (RoadHostResults *self, guint16 port, const RoadRetries *retries);
void road_host_results_add_latency (RoadHostResults *self, const RoadOutcome *outcome);
void road_host_results_add_known (RoadHostResults *self);
void road_host_results_drop (RoadHostResults *self);
void road_host_results_drop_all (RoadHostResults *self, guint n_probed);
guint road_host_results_get_n_done (const RoadHostResults *self);
guint road_host_results_flush (RoadHostResults *self);

G_END_DECLS

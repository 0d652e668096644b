/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/targets/road-target-list.h"
#include "road-report-feeder.h"
#include "road-scan-past.h"
#include "road-scan-plan.h"

G_BEGIN_DECLS

/* Probes the targets of a scan: sends what the pacer allows, from the hosts in turn, and hands the outcomes
 * back to the hosts. */
typedef struct _RoadProber RoadProber;

/* What the owner of a prober is told. */
typedef struct
{
  /* called when probes have ended or time has passed: the prober may be done. May free the prober. */
  void (*progressed) (gpointer user_data);
  /* called when our own machine cannot connect at all, with a message for the user. The prober has paused
   * itself. */
  void (*failed) (const char *message, gpointer user_data);
} RoadProberFuncs;

RoadProber *road_prober_new (RoadScanPlan *plan,
                             RoadTargetList *targets,
                             guint64 seed,
                             GTimer *clock,
                             RoadReport *report,
                             RoadReportFeeder *feeder,
                             RoadScanPast *past,
                             const RoadProberFuncs *funcs,
                             gpointer user_data);
void road_prober_free (RoadProber *self);
void road_prober_fill (RoadProber *self);
void road_prober_pause (RoadProber *self);
void road_prober_unpause (RoadProber *self);
void road_prober_stop (RoadProber *self);
void road_prober_check_host_timeout (RoadProber *self, guint timeout_ms);
void road_prober_get_load (RoadProber *self, guint *n_in_flight, guint *n_threads);
gboolean road_prober_is_idle (RoadProber *self);
gboolean road_prober_is_done (RoadProber *self);

G_END_DECLS

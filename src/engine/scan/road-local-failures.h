/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-scan-host.h"

G_BEGIN_DECLS

/* What to do about a failure of our own machine. */
typedef enum
{
  ROAD_LOCAL_WAIT,         /* it may pass: go on trying */
  ROAD_LOCAL_GIVE_HOST_UP, /* only this host cannot be reached from here */
  ROAD_LOCAL_PAUSE,        /* nothing can be reached: pause the scan */
} RoadLocalVerdict;

/* Decides whether our own machine keeps failing with one host only or with all of them. Initialise with
 * zeros. */
typedef struct
{
  /* since when nothing but failures of our own machine has come, in µs; 0 if something has */
  gint64 failing_since;
  gint64 last_success; /* when anything else came last, in µs; 0 if nothing has */
} RoadLocalFailures;

void road_local_failures_note_success (RoadLocalFailures *self, gint64 now);
void road_local_failures_reset (RoadLocalFailures *self);
RoadLocalVerdict road_local_failures_judge (RoadLocalFailures *self,
                                            const RoadScanPlan *plan,
                                            RoadScanHost *host,
                                            gint64 now);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-scan.h"

G_BEGIN_DECLS

/* How fast a scan goes at a moment, and what keeps it from going faster. */
typedef struct
{
  double rate;  /* probes sent a second, over the last half second */
  double limit; /* probes a second that the network was found to carry; 0 if no limit was found */
  double max_rate; /* the highest rate that the profile allows; 0 for any */
  double loss;  /* the share of the latest probes that are known to have been lost, from 0 to 1 */
  guint window; /* how many probes may be in the network at once, as far as that is known */
  guint n_in_flight;   /* probes that wait for an answer */
  guint max_in_flight; /* how many may at once */
  guint max_files;     /* how many sockets our own machine lets the scan have; 0 for no limit */
  guint
      max_neighbours; /* how many addresses of our own links the kernel can look for at a time, if that keeps
                         * the scan from going faster; else 0 */
  guint n_threads; /* threads that connect, besides the main thread */
} RoadScanPace;

void road_scan_get_pace (RoadScan *self, RoadScanPace *pace);

G_END_DECLS

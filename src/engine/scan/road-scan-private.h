/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-prober.h"
#include "road-report-feeder.h"
#include "road-reverse-dns.h"
#include "road-scan-log.h"
#include "road-scan-past.h"
#include "road-scan-plan.h"
#include "road-scan.h"

G_BEGIN_DECLS

struct _RoadScan
{
  GObject parent_instance;

  RoadTargetSpec *targets;
  RoadProfile *profile;
  RoadReport *report;
  guint64 seed;
  RoadScanState state;
  char *message;

  GCancellable *cancellable; /* of name resolution */
  RoadTargetLookups lookups;
  RoadTargetList *target_list;

  RoadScanPlan plan;
  RoadProber *prober;       /* while it runs */
  RoadReportFeeder *feeder; /* while it runs */
  RoadScanPast *past;       /* NULL unless it was interrupted before */
  RoadScanLog log;
  RoadReverseDns *reverse_dns;
  RoadIdentifier *identifier; /* NULL if nothing is to be identified */
  gboolean stopping;
  gboolean all_scanned; /* only names and services are missing */
  gboolean incomplete;
  gboolean suspended; /* stopped, but may be resumed */

  GTimer *clock;         /* from the start, without pauses */
  double elapsed_before; /* seconds, until it was interrupted */
  guint tick_id;
  guint dns_id;
};

/* For road-scan.c. */
void road_scan_begin_identifying (RoadScan *self, void (*idle) (gpointer user_data));
void road_scan_look_up_known_names (RoadScan *self);
void road_scan_identify_known_ports (RoadScan *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-prober.h"
#include "road-report-feeder.h"
#include "road-reverse-dns.h"
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
  RoadTargetList *target_list;

  RoadScanPlan plan;
  RoadProber *prober;       /* while it runs */
  RoadReportFeeder *feeder; /* while it runs */
  RoadReverseDns *reverse_dns;
  gboolean stopping;
  gboolean incomplete;
  gboolean suspended; /* stopped, but may be resumed */

  GTimer *clock; /* from the start, without pauses */
  guint tick_id;
  guint dns_id;
};

G_END_DECLS

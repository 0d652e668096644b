/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"
#include "road-scan-host.h"

G_BEGIN_DECLS

/**
 * RoadScanFindings:
 * @n_answered: hosts that have answered
 * @n_all_open: hosts all of whose ports are open
 * @n_not_found: hosts of which it is not known whether they are up, as nothing answered any more
 * @incomplete: whether ports were left out as their hosts, or everything, stopped answering
 *
 * What is worth saying about a scan as a whole. Initialise with zeros.
 */
typedef struct
{
  guint64 n_answered;
  guint64 n_all_open;
  guint64 n_not_found;
  gboolean incomplete;
} RoadScanFindings;

void road_scan_findings_add (RoadScanFindings *self,
                             RoadReport *report,
                             const RoadScanPlan *plan,
                             RoadScanHost *scan_host);
void road_scan_findings_end (RoadScanFindings *self, RoadReport *report, const RoadScanPlan *plan);

G_END_DECLS

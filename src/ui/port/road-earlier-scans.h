/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"
#include "store/road-recent-scans.h"

G_BEGIN_DECLS

/* What the kept scans say of the ports of a report. They are read once for each report, in a thread, when that is
 * first asked for. */
#define ROAD_TYPE_EARLIER_SCANS (road_earlier_scans_get_type ())
G_DECLARE_FINAL_TYPE (RoadEarlierScans, road_earlier_scans, ROAD, EARLIER_SCANS, GObject)

RoadEarlierScans *road_earlier_scans_new (RoadRecentScans *recent);
void road_earlier_scans_set_report (RoadEarlierScans *self, RoadReport *report);
char *road_earlier_scans_describe (RoadEarlierScans *self, RoadHost *host, guint16 port);

G_END_DECLS

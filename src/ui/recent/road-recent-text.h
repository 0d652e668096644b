/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/road-recent-scan.h"

G_BEGIN_DECLS

char *road_recent_text_time (GDateTime *time, GDateTime *now);
char *road_recent_text_title (RoadRecentScan *scan);
char *road_recent_text_summary (RoadRecentScan *scan);
char *road_recent_text_times (RoadRecentScan *scan);

G_END_DECLS

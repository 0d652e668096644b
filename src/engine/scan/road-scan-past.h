/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"
#include "road-progress.h"

G_BEGIN_DECLS

/* What is known from before a scan was interrupted. */
typedef struct _RoadScanPast RoadScanPast;

RoadScanPast *road_scan_past_new (RoadReport *report);
void road_scan_past_free (RoadScanPast *self);
RoadHost *road_scan_past_find (RoadScanPast *self, const RoadAddress *address);
gboolean
road_scan_past_skip (RoadScanPast *self, const RoadAddress *address, RoadProgress *progress);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadScanPast, road_scan_past_free)

G_END_DECLS

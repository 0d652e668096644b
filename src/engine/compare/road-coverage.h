/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-change.h"
#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* What the scan of a report covered: tells what was not scanned from what was not found. */
typedef struct _RoadCoverage RoadCoverage;

RoadCoverage *road_coverage_new (RoadReport *report);
void road_coverage_free (RoadCoverage *self);
RoadPortSet *road_coverage_get_ports (RoadCoverage *self);
gboolean road_coverage_get_only_open (RoadCoverage *self);
RoadHostFinding road_coverage_find_missing (RoadCoverage *self,
                                            const RoadAddress *address,
                                            const char *const *user_names);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadCoverage, road_coverage_free)

G_END_DECLS

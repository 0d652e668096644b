/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-change.h"
#include "road-coverage.h"

G_BEGIN_DECLS

GArray *road_port_changes_find (RoadHost *const hosts[ROAD_N_SIDES],
                                const RoadHostFinding findings[ROAD_N_SIDES],
                                RoadCoverage *const coverages[ROAD_N_SIDES],
                                RoadCompareFlags flags);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-report.h"

G_BEGIN_DECLS

RoadReport *road_report_merge (GPtrArray *reports, const char *const *names);

G_END_DECLS

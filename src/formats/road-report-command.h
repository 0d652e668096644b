/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"

G_BEGIN_DECLS

char *road_report_dup_command (RoadReport *report);

G_END_DECLS

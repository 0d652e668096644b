/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"

G_BEGIN_DECLS

char *road_result_copy_rows (GPtrArray *items);
char *road_result_copy_endpoints (GPtrArray *items);
char *road_result_copy_table (GPtrArray *items);
char *road_result_copy_command (GPtrArray *items);
char *road_result_copy_addresses (GPtrArray *hosts);
char *road_result_copy_reports (RoadReport *report, GPtrArray *hosts);

G_END_DECLS

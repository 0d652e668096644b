/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"

G_BEGIN_DECLS

RoadReport *road_cli_report_open (const char *path, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"

G_BEGIN_DECLS

char *road_identity_text_ports (RoadProfile *profile);
char *road_identity_text_time (RoadReport *report, gboolean running, GDateTime *now);
char *road_identity_text_duration (RoadReport *report, gboolean running);
char *road_identity_text_instead (RoadReport *shown, RoadTargetSpec *targets, RoadProfile *profile);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/compare/road-comparison.h"

G_BEGIN_DECLS

const char *road_comparison_words_change (RoadChange change);
const char *road_comparison_words_host (RoadHostFinding finding);
char *road_comparison_words_port (const RoadPortFinding *finding);
char *road_comparison_words_transition (const char *before, const char *after);
char *road_comparison_words_service (RoadHostComparison *host, guint16 port);
char *road_comparison_words_summary (RoadComparison *comparison);
char *road_comparison_words_rest (RoadComparison *comparison);
char *road_comparison_words_report (RoadComparison *comparison, RoadSide side);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-recent-scans.h"

G_BEGIN_DECLS

/* What was scanned before, to be offered again: kept in the settings, the latest first. */

/* So many targets are remembered. */
#define ROAD_TARGET_HISTORY_MAX 50

void road_target_history_remember (const char *targets);
void road_target_history_clear (void);
GStrv road_target_history_list (RoadRecentScans *scans);

GStrv road_target_history_add (const char *const *history, const char *targets);
GStrv road_target_history_match (const char *const *history, const char *typed);

G_END_DECLS

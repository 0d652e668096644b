/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-map-model.h"

G_BEGIN_DECLS

char *road_map_text_network (RoadMapModel *model, guint network);
char *road_map_text_network_counts (const RoadMapCounts *counts);
char *road_map_text_summary (RoadMapModel *model);
char *road_map_text_cell (RoadMapModel *model, guint position);
char *road_map_text_place (RoadMapModel *model, guint position);
const char *road_map_text_state (RoadMapState state, RoadReport *report);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-rate-history.h"

G_BEGIN_DECLS

/* How fast a scan was in the last minute, with the limit written on it that was found. */
#define ROAD_TYPE_RATE_GRAPH (road_rate_graph_get_type ())
G_DECLARE_FINAL_TYPE (RoadRateGraph, road_rate_graph, ROAD, RATE_GRAPH, GtkWidget)

void
road_rate_graph_set_history (RoadRateGraph *self, const RoadRateHistory *history, gboolean running);
char *road_rate_graph_describe (const RoadRateHistory *history, gboolean running);

G_END_DECLS

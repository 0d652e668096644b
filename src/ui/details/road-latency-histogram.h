/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-latency-bins.h"

G_BEGIN_DECLS

/* A small picture of how round-trip times are distributed, with the median marked. */
#define ROAD_TYPE_LATENCY_HISTOGRAM (road_latency_histogram_get_type ())
G_DECLARE_FINAL_TYPE (
    RoadLatencyHistogram, road_latency_histogram, ROAD, LATENCY_HISTOGRAM, GtkWidget)

void road_latency_histogram_set_bins (RoadLatencyHistogram *self, const RoadLatencyBins *bins);
char *road_latency_histogram_describe (const RoadLatencyBins *bins);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROAD_LATENCY_N_BINS 24

/* How round-trip times are distributed; times are in µs. */
typedef struct
{
  guint counts[ROAD_LATENCY_N_BINS]; /* from the shortest times to the longest */
  guint n;                           /* how many times there are */
  guint largest;                     /* the highest of @counts */
  guint32 least;
  guint32 median;
  guint32 greatest;
  gboolean logarithmic; /* whether each bin is wider than the one before by the same factor */
} RoadLatencyBins;

void road_latency_bins_fill (RoadLatencyBins *self, guint32 *latencies, guint n);
double road_latency_bins_locate (const RoadLatencyBins *self, guint32 latency);

G_END_DECLS

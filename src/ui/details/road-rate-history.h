/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A minute of half seconds. */
#define ROAD_RATE_HISTORY_N 120
#define ROAD_RATE_HISTORY_SLOT (G_USEC_PER_SEC / 2)

/* How fast a scan was in the last minute. Times are µs of any monotonic clock. Initialise with zeros; the
 * fields are private. */
typedef struct
{
  double rates[ROAD_RATE_HISTORY_N]; /* in a ring */
  gint64 slot;                       /* the latest */
  guint n;                           /* how many are known */
  double limit;                      /* 0 if none is known */
  gint64 limit_slot;                 /* in which it was found */
} RoadRateHistory;

void road_rate_history_add (RoadRateHistory *self, gint64 now, double rate, double limit);
double road_rate_history_get (const RoadRateHistory *self, guint age);
double road_rate_history_get_peak (const RoadRateHistory *self);
double road_rate_history_get_limit (const RoadRateHistory *self, guint *age);
double road_rate_history_round_up (double rate);

G_END_DECLS

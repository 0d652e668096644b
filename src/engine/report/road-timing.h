/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The pace of a scan where the user gives no number. */
typedef enum
{
  ROAD_TIMING_POLITE, /* spares small devices and slow lines */
  ROAD_TIMING_NORMAL, /* suits most networks */
  ROAD_TIMING_FAST,   /* for a network of your own */
} RoadTiming;

const char *road_timing_to_string (RoadTiming timing);
gboolean road_timing_from_string (const char *string, RoadTiming *timing);
guint road_timing_get_max_rate (RoadTiming timing);

G_END_DECLS

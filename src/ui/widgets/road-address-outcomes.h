/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* What became of the addresses of a report; each is counted once. */
typedef struct
{
  guint64 n_up;
  guint64 n_down;
  guint64 n_silent; /* scanned, but a host may be there or not */
  guint64 n_left;   /* not scanned, or not yet */
  guint64 n_excluded;
} RoadAddressOutcomes;

void road_address_outcomes_count (RoadAddressOutcomes *self, RoadReport *report);

G_END_DECLS

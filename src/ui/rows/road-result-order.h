/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"
#include "road-sort-order.h"

G_BEGIN_DECLS

int road_result_order_compare (RoadSortOrder *order,
                               RoadHost *host,
                               const RoadPortResult *a,
                               const RoadPortResult *b);

G_END_DECLS

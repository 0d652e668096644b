/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-port-row.h"

G_BEGIN_DECLS

GPtrArray *road_count_rows_make (RoadHost *host);
RoadPortRow *road_count_rows_find (GPtrArray *counts, RoadPortRow *row);

G_END_DECLS

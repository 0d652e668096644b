/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/rows/road-result-tree.h"

G_BEGIN_DECLS

/* Expands hosts by itself, if there are only a few, as soon as they have open ports. */
#define ROAD_TYPE_RESULT_EXPANSION (road_result_expansion_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultExpansion, road_result_expansion, ROAD, RESULT_EXPANSION, GObject)

RoadResultExpansion *
road_result_expansion_new (RoadReport *report, RoadResultTree *tree, RoadFilter *filter);
void road_result_expansion_watch (RoadResultExpansion *self, guint position, guint n_hosts);

G_END_DECLS

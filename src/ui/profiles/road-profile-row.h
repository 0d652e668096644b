/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "store/road-profile-item.h"

G_BEGIN_DECLS

/* A row in the list of profiles: name, description and a menu. */
#define ROAD_TYPE_PROFILE_ROW (road_profile_row_get_type ())
G_DECLARE_FINAL_TYPE (RoadProfileRow, road_profile_row, ROAD, PROFILE_ROW, GtkListBoxRow)

RoadProfileRow *road_profile_row_new (RoadProfileItem *item);
RoadProfileItem *road_profile_row_get_item (RoadProfileRow *self);
void road_profile_row_set_default (RoadProfileRow *self, gboolean is_default);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-profile-store.h"

G_BEGIN_DECLS

/* For road-profile-store-changes.c. */

GFile *road_profile_store_get_folder (RoadProfileStore *self);
RoadProfileItem *road_profile_store_put (RoadProfileStore *self, RoadProfileItem *item);
void road_profile_store_remove (RoadProfileStore *self, const char *id);

G_END_DECLS

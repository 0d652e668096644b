/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-profile.h"

G_BEGIN_DECLS

/* The id of the default profile: the common ports. */
#define ROAD_BUILTIN_DEFAULT "common"

guint road_builtin_profiles_get_n (void);
const char *road_builtin_profiles_get_id (guint index);
const char *road_builtin_profiles_get_english_name (guint index);
RoadProfile *road_builtin_profiles_make (guint index);

G_END_DECLS

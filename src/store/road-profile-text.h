/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-profile.h"

G_BEGIN_DECLS

#define ROAD_PROFILE_FORMAT "roadstead-profile"
#define ROAD_PROFILE_VERSION 1

RoadProfile *
road_profile_text_parse (const char *text, gsize length, char **unknown, GError **error);
char *road_profile_text_print (RoadProfile *profile, const char *unknown);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-profile.h"

G_BEGIN_DECLS

RoadProfile *road_cli_profile_find (const char *name, GError **error);
gboolean road_cli_profile_list (GError **error);

G_END_DECLS

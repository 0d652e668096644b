/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "engine/report/road-profile.h"

G_BEGIN_DECLS

JsonNode *road_json_profile_to_node (RoadProfile *profile);
RoadProfile *road_json_profile_from_object (JsonObject *object, const char **fault, GError **error);
gboolean road_json_profile_has_member (const char *name);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "engine/report/road-host.h"

G_BEGIN_DECLS

void road_json_add_hardware (JsonBuilder *builder, RoadHost *host);
JsonNode *road_json_host_to_node (RoadHost *host);
RoadHost *road_json_host_from_object (JsonObject *object, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "engine/report/road-host.h"

G_BEGIN_DECLS

void road_json_service_add (JsonBuilder *builder, RoadHost *host, guint16 port);
gboolean road_json_service_read (JsonObject *object, RoadHost *host, guint16 port, GError **error);

G_END_DECLS

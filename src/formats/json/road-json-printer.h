/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void road_json_append_node (GString *out, JsonNode *node);

G_END_DECLS

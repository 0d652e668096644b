/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void road_json_add_string (JsonBuilder *builder, const char *name, const char *value);
void road_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value);
void road_json_add_integer (JsonBuilder *builder, const char *name, gint64 value);
void road_json_add_count (JsonBuilder *builder, const char *name, guint64 count);
JsonNode *road_json_new_time (GDateTime *time);

JsonObject *road_json_as_object (JsonNode *node, const char *what, GError **error);
gboolean
road_json_read_string (JsonObject *object, const char *name, const char **value, GError **error);
gboolean
road_json_read_boolean (JsonObject *object, const char *name, gboolean *value, GError **error);
gboolean road_json_read_integer (
    JsonObject *object, const char *name, gint64 min, gint64 max, gint64 *value, GError **error);
gboolean road_json_read_double (
    JsonObject *object, const char *name, double max, double *value, GError **error);
gboolean
road_json_read_array (JsonObject *object, const char *name, JsonArray **value, GError **error);
gboolean
road_json_read_object (JsonObject *object, const char *name, JsonObject **value, GError **error);
gboolean
road_json_read_strings (JsonObject *object, const char *name, GStrv *value, GError **error);
gboolean road_json_require (gconstpointer value, const char *name, GError **error);
void road_json_propagate_at (GError **error, GError *reason, guint line);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "sim-bucket.h"

G_BEGIN_DECLS

/**
 * SimReadFunc:
 * @data: where to put the value
 * @node: the value
 * @error: what is wrong; may be left %NULL where the value is simply of the wrong kind
 *
 * Reads one member of an object.
 *
 * Returns: %FALSE if the value is wrong
 */
typedef gboolean (*SimReadFunc) (gpointer data, JsonNode *node, GError **error);

typedef struct
{
  const char *name;
  SimReadFunc read;
} SimMember;

gboolean sim_json_read_members (
    JsonNode *node, const SimMember *members, guint n_members, gpointer data, GError **error);
gboolean sim_json_read_number (JsonNode *node, double max, double *number);
gboolean sim_json_read_string (JsonNode *node, const char **string);
gboolean sim_json_read_ms (JsonNode *node, gint64 *us);
gboolean sim_json_read_two_ms (JsonNode *node, gint64 *first, gint64 *second);
gboolean sim_json_read_limit (JsonNode *node, SimLimit *limit, GError **error);

G_END_DECLS

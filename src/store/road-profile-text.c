/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-text.h"

#include <glib/gi18n.h>

#include "engine/base/road-error.h"
#include "formats/json/road-json-fields.h"
#include "formats/json/road-json-printer.h"
#include "formats/json/road-json-profile.h"
#include "formats/json/road-json-splitter.h"

/* What is in a profile's file: one object, a member a line, so that people can read and change it and
 * a fault has a line of its own. */

static gboolean
check_kind (JsonObject *object, RoadJsonSplitter *splitter, GError **error)
{
  GError *reason = NULL;
  const char *format = NULL;
  gint64 version = 0;

  if (object == NULL || !road_json_read_string (object, "format", &format, NULL) ||
      g_strcmp0 (format, ROAD_PROFILE_FORMAT) != 0)
    {
      g_propagate_error (error, road_error_new_at (ROAD_ERROR_FORMAT, 0, 0,
                                                   _ ("The file is JSON, but not a Roadstead "
                                                      "profile")));
      return FALSE;
    }

  if (!road_json_read_integer (object, "version", 1, G_MAXINT32, &version, &reason) ||
      !road_json_require (version != 0 ? object : NULL, "version", &reason))
    {
      road_json_propagate_at (error, reason, road_json_splitter_get_line (splitter, "version"));
      return FALSE;
    }

  if (version > ROAD_PROFILE_VERSION)
    {
      g_propagate_error (
          error,
          road_error_new_at (ROAD_ERROR_VERSION, road_json_splitter_get_line (splitter, "version"),
                             0,
                             _ ("The profile was written by a newer version of Roadstead: it has "
                                "format version %d, and this version reads up to %d"),
                             (int) version, ROAD_PROFILE_VERSION));
      return FALSE;
    }

  return TRUE;
}

static void
append_member (GString *out, const char *name, JsonNode *node)
{
  g_autoptr (JsonNode) name_node = json_node_init_string (json_node_alloc (), name);

  g_string_append (out, ",\n  ");
  road_json_append_node (out, name_node);
  g_string_append (out, ": ");
  road_json_append_node (out, node);
}

/* What a newer version may have written, ready to be written again. */
static char *
print_unknown (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);
  GString *out = g_string_new (NULL);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;

      if (!g_str_equal (name, "format") && !g_str_equal (name, "version") &&
          !road_json_profile_has_member (name))
        append_member (out, name, json_object_get_member (object, name));
    }

  return g_string_free (out, FALSE);
}

/**
 * road_profile_text_parse:
 * @text: (array length=length): what is in a file
 * @length: how many bytes
 * @unknown: (out) (optional): what this version does not know of it, for road_profile_text_print()
 * @error: (nullable): %ROAD_ERROR_FORMAT or %ROAD_ERROR_VERSION, with the line where there is one
 *
 * Reads a profile.
 *
 * Returns: (transfer full) (nullable): the profile
 */
RoadProfile *
road_profile_text_parse (const char *text, gsize length, char **unknown, GError **error)
{
  g_autoptr (RoadJsonSplitter) splitter = road_json_splitter_new (NULL, NULL, NULL);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (RoadProfile) profile = NULL;
  const char *fault = NULL;
  GError *reason = NULL;
  JsonObject *object = NULL;
  JsonNode *root;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (!road_json_splitter_feed (splitter, text, length, error) ||
      !road_json_splitter_end (splitter, error))
    return NULL;

  /* What the splitter lets through is JSON, and json-glib has no reason not to take it. */
  if (!json_parser_load_from_data (parser, road_json_splitter_get_rest (splitter), -1, NULL))
    {
      g_propagate_error (error,
                         road_error_new_at (ROAD_ERROR_FORMAT, 0, 0,
                                            _ ("The file is damaged: this is not valid JSON")));
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (JSON_NODE_HOLDS_OBJECT (root))
    object = json_node_get_object (root);
  if (!check_kind (object, splitter, error))
    return NULL;

  profile = road_json_profile_from_object (object, &fault, &reason);
  if (profile == NULL)
    {
      road_json_propagate_at (error, reason, road_json_splitter_get_line (splitter, fault));
      return NULL;
    }
  if (!road_profile_check (profile, &reason))
    {
      road_json_propagate_at (error, reason, road_json_splitter_get_line (splitter, "discovery"));
      return NULL;
    }

  if (unknown != NULL)
    *unknown = print_unknown (object);

  return g_steal_pointer (&profile);
}

/**
 * road_profile_text_print:
 * @profile: a profile
 * @unknown: (nullable): what road_profile_text_parse() did not know of the file before
 *
 * Returns: (transfer full): what to write into a file, which is valid JSON in UTF-8
 */
char *
road_profile_text_print (RoadProfile *profile, const char *unknown)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GList) names = NULL;
  JsonObject *object;
  GString *out;

  g_return_val_if_fail (profile != NULL, NULL);

  node = road_json_profile_to_node (profile);
  object = json_node_get_object (node);
  names = json_object_get_members (object);

  out = g_string_new ("{\n  \"format\": \"" ROAD_PROFILE_FORMAT "\"");
  g_string_append_printf (out, ",\n  \"version\": %d", ROAD_PROFILE_VERSION);
  for (GList *l = names; l != NULL; l = l->next)
    append_member (out, l->data, json_object_get_member (object, l->data));
  g_string_append (out, unknown != NULL ? unknown : "");
  g_string_append (out, "\n}\n");

  return g_string_free (out, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-json-profile.h"

#include <glib/gi18n.h>

#include "road-error.h"
#include "road-json-fields.h"

static const char *const families[] = {
  [ROAD_FAMILY_ANY] = "any",
  [ROAD_FAMILY_IPV4] = "ipv4",
  [ROAD_FAMILY_IPV6] = "ipv6",
};

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_integer (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/**
 * road_json_profile_to_node:
 * @profile: a profile
 *
 * Writes a profile as JSON: each property by its name, with underscores, as the user gave it
 * (“top:1000” stays that).
 *
 * Returns: (transfer full): an object
 */
JsonNode *
road_json_profile_to_node (RoadProfile *profile)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  RoadPortSet *exclude_ports;
  RoadTargetSpec *exclude_targets;
  RoadTargetSpec *targets;

  g_return_val_if_fail (ROAD_IS_PROFILE (profile), NULL);

  targets = road_profile_get_targets (profile);
  exclude_ports = road_profile_get_exclude_ports (profile);
  exclude_targets = road_profile_get_exclude_targets (profile);

  json_builder_begin_object (builder);
  add_string (builder, "name", road_profile_get_name (profile));
  if (*road_profile_get_description (profile) != '\0')
    add_string (builder, "description", road_profile_get_description (profile));
  if (targets != NULL)
    add_string (builder, "targets", road_target_spec_get_text (targets));
  add_string (builder, "ports", road_port_set_get_text (road_profile_get_ports (profile)));
  if (exclude_ports != NULL && road_port_set_get_n_ports (exclude_ports) > 0)
    add_string (builder, "exclude_ports", road_port_set_get_text (exclude_ports));
  if (exclude_targets != NULL)
    add_string (builder, "exclude_targets", road_target_spec_get_text (exclude_targets));
  add_string (builder, "family", families[road_profile_get_family (profile)]);
  add_boolean (builder, "discovery", road_profile_get_discovery (profile));
  add_boolean (builder, "reverse_dns", road_profile_get_reverse_dns (profile));
  add_boolean (builder, "open_only", road_profile_get_open_only (profile));
  add_boolean (builder, "list_down", road_profile_get_list_down (profile));
  add_string (builder, "timing", road_timing_to_string (road_profile_get_timing (profile)));
  add_integer (builder, "max_parallelism", road_profile_get_max_parallelism (profile));
  add_integer (builder, "max_rate", road_profile_get_max_rate (profile));
  add_integer (builder, "timeout_ms", road_profile_get_timeout (profile));
  add_integer (builder, "max_retries", road_profile_get_max_retries (profile));
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static gboolean
read_ports (JsonObject *object, const char *name, RoadPortSet **ports, GError **error)
{
  g_autoptr (GError) parse_error = NULL;
  const char *text = NULL;

  if (!road_json_read_string (object, name, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  *ports = road_port_set_parse (text, &parse_error);
  if (*ports != NULL)
    return TRUE;

  /* Translators: the name of a field, and a sentence that says what is wrong with its value. */
  g_propagate_error (error, road_error_new_at (ROAD_ERROR_FORMAT, 0, 0, _ ("“%s” is wrong: %s"),
                                               name, parse_error->message));
  return FALSE;
}

static gboolean
read_targets (JsonObject *object, const char *name, RoadTargetSpec **targets, GError **error)
{
  g_autoptr (GError) parse_error = NULL;
  const char *text = NULL;

  if (!road_json_read_string (object, name, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  *targets = road_target_spec_parse (text, &parse_error);
  if (*targets != NULL)
    return TRUE;

  g_propagate_error (error, road_error_new_at (ROAD_ERROR_FORMAT, 0, 0, _ ("“%s” is wrong: %s"),
                                               name, parse_error->message));
  return FALSE;
}

static gboolean
read_family (JsonObject *object, int *family, GError **error)
{
  const char *text = NULL;

  if (!road_json_read_string (object, "family", &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      if (g_str_equal (families[i], text))
        {
          *family = (int) i;
          return TRUE;
        }
    }

  g_propagate_error (error, road_error_new_at (ROAD_ERROR_FORMAT, 0, 0,
                                               _ ("“family” must be “any”, “ipv4” or “ipv6”")));
  return FALSE;
}

static gboolean
read_timing (JsonObject *object, RoadTiming *timing, GError **error)
{
  const char *text = NULL;

  if (!road_json_read_string (object, "timing", &text, error))
    return FALSE;
  if (text == NULL || road_timing_from_string (text, timing))
    return TRUE;

  g_propagate_error (error,
                     road_error_new_at (ROAD_ERROR_FORMAT, 0, 0,
                                        _ ("“timing” must be “polite”, “normal” or “fast”")));
  return FALSE;
}

/**
 * road_json_profile_from_object:
 * @object: an object as road_json_profile_to_node() makes it
 * @error: (nullable): %ROAD_ERROR_FORMAT, without a line
 *
 * Reads a profile. What is missing is as usual, what is unknown is passed over.
 *
 * Returns: (transfer full) (nullable): the profile
 */
RoadProfile *
road_json_profile_from_object (JsonObject *object, GError **error)
{
  const char *name = "", *description = "";
  g_autoptr (RoadTargetSpec) targets = NULL;
  g_autoptr (RoadPortSet) ports = NULL;
  g_autoptr (RoadPortSet) exclude_ports = NULL;
  g_autoptr (RoadTargetSpec) exclude_targets = NULL;
  int family = ROAD_FAMILY_ANY;
  gboolean discovery = TRUE, reverse_dns = TRUE, open_only = FALSE, list_down = FALSE;
  RoadTiming timing = ROAD_TIMING_NORMAL;
  gint64 max_parallelism = 0, max_rate = 0, timeout = 0, max_retries = -1;

  g_return_val_if_fail (object != NULL, NULL);

  if (!road_json_read_string (object, "name", &name, error) ||
      !road_json_read_string (object, "description", &description, error) ||
      !read_targets (object, "targets", &targets, error) ||
      !read_ports (object, "ports", &ports, error) ||
      !read_ports (object, "exclude_ports", &exclude_ports, error) ||
      !read_targets (object, "exclude_targets", &exclude_targets, error) ||
      !read_family (object, &family, error) ||
      !road_json_read_boolean (object, "discovery", &discovery, error) ||
      !road_json_read_boolean (object, "reverse_dns", &reverse_dns, error) ||
      !road_json_read_boolean (object, "open_only", &open_only, error) ||
      !road_json_read_boolean (object, "list_down", &list_down, error) ||
      !read_timing (object, &timing, error) ||
      !road_json_read_integer (object, "max_parallelism", 0, G_MAXUINT, &max_parallelism, error) ||
      !road_json_read_integer (object, "max_rate", 0, G_MAXUINT, &max_rate, error) ||
      !road_json_read_integer (object, "timeout_ms", 0, G_MAXINT, &timeout, error) ||
      !road_json_read_integer (object, "max_retries", -1, G_MAXINT, &max_retries, error))
    return NULL;

  return g_object_new (ROAD_TYPE_PROFILE, "name", name, "description", description, "targets",
                       targets, "ports", ports, "exclude-ports", exclude_ports, "exclude-targets",
                       exclude_targets, "family", family, "discovery", discovery, "reverse-dns",
                       reverse_dns, "open-only", open_only, "list-down", list_down, "timing",
                       timing, "max-parallelism", (guint) max_parallelism, "max-rate",
                       (guint) max_rate, "timeout", (guint) timeout, "max-retries",
                       (int) max_retries, NULL);
}

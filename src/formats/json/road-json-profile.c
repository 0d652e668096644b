/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-json-profile.h"

#include <glib/gi18n.h>
#include <stddef.h>

#include "engine/base/road-enum.h"
#include "engine/base/road-error.h"
#include "road-engine-enums.h"
#include "road-json-fields.h"

/* Writes each property by its name, with underscores, as the user wrote it (“top:1000” stays that).
 * Returns: (transfer full): an object */
JsonNode *
road_json_profile_to_node (RoadProfile *profile)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  RoadPortSet *exclude_ports;
  RoadTargetSpec *exclude_targets;
  RoadTargetSpec *targets;

  g_return_val_if_fail (profile != NULL, NULL);

  targets = profile->targets;
  exclude_ports = profile->exclude_ports;
  exclude_targets = profile->exclude_targets;

  json_builder_begin_object (builder);
  road_json_add_string (builder, "name", profile->name);
  if (*profile->description != '\0')
    road_json_add_string (builder, "description", profile->description);
  if (targets != NULL)
    road_json_add_string (builder, "targets", road_target_spec_get_text (targets));
  road_json_add_string (builder, "ports", road_port_set_get_text (profile->ports));
  if (exclude_ports != NULL && road_port_set_get_n_ports (exclude_ports) > 0)
    road_json_add_string (builder, "exclude_ports", road_port_set_get_text (exclude_ports));
  if (exclude_targets != NULL)
    road_json_add_string (builder, "exclude_targets", road_target_spec_get_text (exclude_targets));
  road_json_add_string (builder, "family", road_enum_to_string (ROAD_TYPE_FAMILY, profile->family));
  road_json_add_boolean (builder, "resolve_all", profile->resolve_all);
  road_json_add_boolean (builder, "discovery", profile->discovery);
  road_json_add_boolean (builder, "reverse_dns", profile->reverse_dns);
  road_json_add_boolean (builder, "open_only", profile->open_only);
  road_json_add_boolean (builder, "list_down", profile->list_down);
  road_json_add_string (builder, "identify", road_identify_to_string (profile->identify));
  road_json_add_string (builder, "timing", road_timing_to_string (profile->timing));
  road_json_add_integer (builder, "max_parallelism", profile->max_parallelism);
  road_json_add_integer (builder, "max_rate", profile->max_rate);
  road_json_add_integer (builder, "timeout_ms", profile->timeout);
  road_json_add_integer (builder, "host_timeout_ms", profile->host_timeout);
  if (profile->shard.n != 0)
    {
      g_autofree char *shard = road_shard_to_string (&profile->shard);

      road_json_add_string (builder, "shard", shard);
    }
  road_json_add_integer (builder, "max_retries", profile->max_retries);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/* Reads one member into a field of the profile, which keeps its default if there is no such member. */
typedef gboolean (*ReadFunc) (JsonObject *object, const char *name, gpointer value, GError **error);

static gboolean
read_string (JsonObject *object, const char *name, gpointer value, GError **error)
{
  const char *text = NULL;

  if (!road_json_read_string (object, name, &text, error))
    return FALSE;

  if (text != NULL)
    {
      g_free (*(char **) value);
      *(char **) value = g_strdup (text);
    }

  return TRUE;
}

static gboolean
read_boolean (JsonObject *object, const char *name, gpointer value, GError **error)
{
  return road_json_read_boolean (object, name, value, error);
}

static gboolean
read_number (
    JsonObject *object, const char *name, int min, guint max, gpointer value, GError **error)
{
  gint64 number = G_MININT64;

  if (!road_json_read_integer (object, name, min, max, &number, error))
    return FALSE;

  if (number != G_MININT64)
    *(guint *) value = (guint) number;

  return TRUE;
}

static gboolean
read_count (JsonObject *object, const char *name, gpointer value, GError **error)
{
  return read_number (object, name, 0, G_MAXUINT, value, error);
}

static gboolean
read_milliseconds (JsonObject *object, const char *name, gpointer value, GError **error)
{
  return read_number (object, name, 0, G_MAXINT, value, error);
}

static gboolean
read_retries (JsonObject *object, const char *name, gpointer value, GError **error)
{
  return read_number (object, name, -1, G_MAXINT, value, error);
}

typedef gpointer (*ParseFunc) (const char *text, GError **error);

/* Parses the members that are text in the file but not in the profile. */
static gboolean
read_parsed (JsonObject *object, const char *name, ParseFunc parse, gpointer *value, GError **error)
{
  g_autoptr (GError) reason = NULL;
  const char *text = NULL;

  if (!road_json_read_string (object, name, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  *value = parse (text, &reason);
  if (*value != NULL)
    return TRUE;

  /* Translators: the name of a field, and a sentence about the error in its value */
  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” is invalid: %s"), name,
               reason->message);
  return FALSE;
}

static gpointer
parse_ports (const char *text, GError **error)
{
  return road_port_set_parse (text, error);
}

static gpointer
parse_targets (const char *text, GError **error)
{
  return road_target_spec_parse (text, error);
}

static gboolean
read_ports (JsonObject *object, const char *name, gpointer value, GError **error)
{
  RoadPortSet **field = value;
  gpointer ports = NULL;

  if (!read_parsed (object, name, parse_ports, &ports, error))
    return FALSE;

  if (ports != NULL)
    {
      g_clear_pointer (field, road_port_set_unref);
      *field = ports;
    }

  return TRUE;
}

static gboolean
read_targets (JsonObject *object, const char *name, gpointer value, GError **error)
{
  return read_parsed (object, name, parse_targets, value, error);
}

static gboolean
read_family (JsonObject *object, const char *name, gpointer value, GError **error)
{
  const char *text = NULL;

  if (!road_json_read_string (object, name, &text, error))
    return FALSE;
  if (text == NULL || road_enum_from_string (ROAD_TYPE_FAMILY, text, value))
    return TRUE;

  g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                       _ ("“family” must be “any”, “ipv4” or “ipv6”"));
  return FALSE;
}

static gboolean
read_identify (JsonObject *object, const char *name, gpointer value, GError **error)
{
  const char *text = NULL;

  if (!road_json_read_string (object, name, &text, error))
    return FALSE;
  if (text == NULL || road_identify_from_string (text, value))
    return TRUE;

  g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                       _ ("“identify” must be “nothing”, “listen” or “ask”"));
  return FALSE;
}

static gboolean
read_timing (JsonObject *object, const char *name, gpointer value, GError **error)
{
  const char *text = NULL;

  if (!road_json_read_string (object, name, &text, error))
    return FALSE;
  if (text == NULL || road_timing_from_string (text, value))
    return TRUE;

  g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                       _ ("“timing” must be “polite”, “normal” or “fast”"));
  return FALSE;
}

static gboolean
read_shard (JsonObject *object, const char *name, gpointer value, GError **error)
{
  const char *text = NULL;

  if (!road_json_read_string (object, name, &text, error))
    return FALSE;
  if (text == NULL || road_shard_parse (value, text))
    return TRUE;

  g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                       _ ("“shard” must be two numbers such as “3/64”"));
  return FALSE;
}

static const struct
{
  const char *name;
  ReadFunc read;
  gsize offset;
} members[] = {
  { "name", read_string, offsetof (RoadProfile, name) },
  { "description", read_string, offsetof (RoadProfile, description) },
  { "targets", read_targets, offsetof (RoadProfile, targets) },
  { "ports", read_ports, offsetof (RoadProfile, ports) },
  { "exclude_ports", read_ports, offsetof (RoadProfile, exclude_ports) },
  { "exclude_targets", read_targets, offsetof (RoadProfile, exclude_targets) },
  { "family", read_family, offsetof (RoadProfile, family) },
  { "resolve_all", read_boolean, offsetof (RoadProfile, resolve_all) },
  { "discovery", read_boolean, offsetof (RoadProfile, discovery) },
  { "reverse_dns", read_boolean, offsetof (RoadProfile, reverse_dns) },
  { "open_only", read_boolean, offsetof (RoadProfile, open_only) },
  { "list_down", read_boolean, offsetof (RoadProfile, list_down) },
  { "identify", read_identify, offsetof (RoadProfile, identify) },
  { "timing", read_timing, offsetof (RoadProfile, timing) },
  { "max_parallelism", read_count, offsetof (RoadProfile, max_parallelism) },
  { "max_rate", read_count, offsetof (RoadProfile, max_rate) },
  { "timeout_ms", read_milliseconds, offsetof (RoadProfile, timeout) },
  { "host_timeout_ms", read_milliseconds, offsetof (RoadProfile, host_timeout) },
  { "shard", read_shard, offsetof (RoadProfile, shard) },
  { "max_retries", read_retries, offsetof (RoadProfile, max_retries) },
};

/* Returns: whether this version knows the member */
gboolean
road_json_profile_has_member (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (g_strcmp0 (members[i].name, name) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * road_json_profile_from_object:
 * @fault: (out) (optional): the name of the wrong member
 * @error: (nullable): %ROAD_ERROR_FORMAT, without a line
 *
 * Reads what road_json_profile_to_node() wrote. Missing members get their default, unknown ones are ignored.
 *
 * Returns: (transfer full) (nullable): the profile
 */
RoadProfile *
road_json_profile_from_object (JsonObject *object, const char **fault, GError **error)
{
  g_autoptr (RoadProfile) profile = NULL;

  g_return_val_if_fail (object != NULL, NULL);

  profile = road_profile_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (!members[i].read (object, members[i].name, G_STRUCT_MEMBER_P (profile, members[i].offset),
                            error))
        {
          if (fault != NULL)
            *fault = members[i].name;
          return NULL;
        }
    }

  return g_steal_pointer (&profile);
}

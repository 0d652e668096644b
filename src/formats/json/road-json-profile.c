/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-json-profile.h"

#include <glib/gi18n.h>
#include <stddef.h>

#include "engine/base/road-error.h"
#include "road-json-fields.h"

static const char *const families[] = {
  [ROAD_FAMILY_ANY] = "any",
  [ROAD_FAMILY_IPV4] = "ipv4",
  [ROAD_FAMILY_IPV6] = "ipv6",
};

/**
 * road_json_profile_to_node:
 *
 * Writes each property by its name, with underscores, as the user wrote it (“top:1000” stays that).
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
  road_json_add_string (builder, "name", road_profile_get_name (profile));
  if (*road_profile_get_description (profile) != '\0')
    road_json_add_string (builder, "description", road_profile_get_description (profile));
  if (targets != NULL)
    road_json_add_string (builder, "targets", road_target_spec_get_text (targets));
  road_json_add_string (builder, "ports",
                        road_port_set_get_text (road_profile_get_ports (profile)));
  if (exclude_ports != NULL && road_port_set_get_n_ports (exclude_ports) > 0)
    road_json_add_string (builder, "exclude_ports", road_port_set_get_text (exclude_ports));
  if (exclude_targets != NULL)
    road_json_add_string (builder, "exclude_targets", road_target_spec_get_text (exclude_targets));
  road_json_add_string (builder, "family", families[road_profile_get_family (profile)]);
  road_json_add_boolean (builder, "resolve_all", road_profile_get_resolve_all (profile));
  road_json_add_boolean (builder, "discovery", road_profile_get_discovery (profile));
  road_json_add_boolean (builder, "reverse_dns", road_profile_get_reverse_dns (profile));
  road_json_add_boolean (builder, "open_only", road_profile_get_open_only (profile));
  road_json_add_boolean (builder, "list_down", road_profile_get_list_down (profile));
  road_json_add_string (builder, "timing",
                        road_timing_to_string (road_profile_get_timing (profile)));
  road_json_add_integer (builder, "max_parallelism", road_profile_get_max_parallelism (profile));
  road_json_add_integer (builder, "max_rate", road_profile_get_max_rate (profile));
  road_json_add_integer (builder, "timeout_ms", road_profile_get_timeout (profile));
  road_json_add_integer (builder, "host_timeout_ms", road_profile_get_host_timeout (profile));
  road_json_add_integer (builder, "max_retries", road_profile_get_max_retries (profile));
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/* What has been read of a profile. The texts belong to the object. */
typedef struct
{
  const char *name;
  const char *description;
  RoadTargetSpec *targets;
  RoadPortSet *ports;
  RoadPortSet *exclude_ports;
  RoadTargetSpec *exclude_targets;
  RoadFamily family;
  gboolean resolve_all;
  gboolean discovery;
  gboolean reverse_dns;
  gboolean open_only;
  gboolean list_down;
  RoadTiming timing;
  gint64 max_parallelism;
  gint64 max_rate;
  gint64 timeout;
  gint64 host_timeout;
  gint64 max_retries;
} Draft;

static void
draft_clear (Draft *self)
{
  g_clear_pointer (&self->targets, road_target_spec_unref);
  g_clear_pointer (&self->ports, road_port_set_unref);
  g_clear_pointer (&self->exclude_ports, road_port_set_unref);
  g_clear_pointer (&self->exclude_targets, road_target_spec_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

/* Reads one member into the draft. */
typedef gboolean (*ReadFunc) (JsonObject *object, const char *name, gpointer value, GError **error);

static gboolean
read_string (JsonObject *object, const char *name, gpointer value, GError **error)
{
  return road_json_read_string (object, name, value, error);
}

static gboolean
read_boolean (JsonObject *object, const char *name, gpointer value, GError **error)
{
  return road_json_read_boolean (object, name, value, error);
}

static gboolean
read_count (JsonObject *object, const char *name, gpointer value, GError **error)
{
  return road_json_read_integer (object, name, 0, G_MAXUINT, value, error);
}

static gboolean
read_milliseconds (JsonObject *object, const char *name, gpointer value, GError **error)
{
  return road_json_read_integer (object, name, 0, G_MAXINT, value, error);
}

static gboolean
read_retries (JsonObject *object, const char *name, gpointer value, GError **error)
{
  return road_json_read_integer (object, name, -1, G_MAXINT, value, error);
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
  return read_parsed (object, name, parse_ports, value, error);
}

static gboolean
read_targets (JsonObject *object, const char *name, gpointer value, GError **error)
{
  return read_parsed (object, name, parse_targets, value, error);
}

static gboolean
read_family (JsonObject *object, const char *name, gpointer value, GError **error)
{
  RoadFamily *family = value;
  const char *text = NULL;

  if (!road_json_read_string (object, name, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      if (g_str_equal (families[i], text))
        {
          *family = (RoadFamily) i;
          return TRUE;
        }
    }

  g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                       _ ("“family” must be “any”, “ipv4” or “ipv6”"));
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

static const struct
{
  const char *name;
  ReadFunc read;
  gsize offset;
} members[] = {
  { "name", read_string, offsetof (Draft, name) },
  { "description", read_string, offsetof (Draft, description) },
  { "targets", read_targets, offsetof (Draft, targets) },
  { "ports", read_ports, offsetof (Draft, ports) },
  { "exclude_ports", read_ports, offsetof (Draft, exclude_ports) },
  { "exclude_targets", read_targets, offsetof (Draft, exclude_targets) },
  { "family", read_family, offsetof (Draft, family) },
  { "resolve_all", read_boolean, offsetof (Draft, resolve_all) },
  { "discovery", read_boolean, offsetof (Draft, discovery) },
  { "reverse_dns", read_boolean, offsetof (Draft, reverse_dns) },
  { "open_only", read_boolean, offsetof (Draft, open_only) },
  { "list_down", read_boolean, offsetof (Draft, list_down) },
  { "timing", read_timing, offsetof (Draft, timing) },
  { "max_parallelism", read_count, offsetof (Draft, max_parallelism) },
  { "max_rate", read_count, offsetof (Draft, max_rate) },
  { "timeout_ms", read_milliseconds, offsetof (Draft, timeout) },
  { "host_timeout_ms", read_milliseconds, offsetof (Draft, host_timeout) },
  { "max_retries", read_retries, offsetof (Draft, max_retries) },
};

/**
 * road_json_profile_has_member:
 *
 * Returns: whether this version knows the member
 */
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
  g_auto (Draft) draft = {
    .name = "",
    .description = "",
    .family = ROAD_FAMILY_ANY,
    .discovery = TRUE,
    .reverse_dns = TRUE,
    .timing = ROAD_TIMING_NORMAL,
    .max_retries = -1,
  };

  g_return_val_if_fail (object != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (!members[i].read (object, members[i].name, G_STRUCT_MEMBER_P (&draft, members[i].offset),
                            error))
        {
          if (fault != NULL)
            *fault = members[i].name;
          return NULL;
        }
    }

  return g_object_new (ROAD_TYPE_PROFILE, "name", draft.name, "description", draft.description,
                       "targets", draft.targets, "ports", draft.ports, "exclude-ports",
                       draft.exclude_ports, "exclude-targets", draft.exclude_targets, "family",
                       draft.family, "resolve-all", draft.resolve_all, "discovery", draft.discovery,
                       "reverse-dns", draft.reverse_dns, "open-only", draft.open_only, "list-down",
                       draft.list_down, "timing", draft.timing, "max-parallelism",
                       (guint) draft.max_parallelism, "max-rate", (guint) draft.max_rate, "timeout",
                       (guint) draft.timeout, "host-timeout", (guint) draft.host_timeout,
                       "max-retries", (int) draft.max_retries, NULL);
}

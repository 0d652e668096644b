/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-json-host.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "engine/base/road-error.h"
#include "engine/base/road-text-escape.h"
#include "engine/report/road-host-notes.h"
#include "road-json-fields.h"
#include "road-json-service.h"

#define N_ALL_PORTS (G_MAXUINT16 + 1)
#define USEC_PER_MSEC 1000.0

static void
add_latency (JsonBuilder *builder, guint latency_us)
{
  if (latency_us == 0)
    return;

  json_builder_set_member_name (builder, "latency_ms");
  json_builder_add_double_value (builder, latency_us / USEC_PER_MSEC);
}

static void
add_outcome (JsonBuilder *builder, RoadPortState state, RoadReason reason, const RoadAddress *from)
{
  road_json_add_string (builder, "state", road_port_state_to_string (state));
  road_json_add_string (builder, "reason", road_reason_to_string (reason));
  if (from->length != 0)
    {
      g_autofree char *text = road_address_to_string (from);

      road_json_add_string (builder, "reason_from", text);
    }
}

static void
add_name (JsonBuilder *builder, const char *name, const char *type)
{
  if (name == NULL)
    return;

  json_builder_begin_object (builder);
  road_json_add_string (builder, "name", name);
  road_json_add_string (builder, "type", type);
  json_builder_end_object (builder);
}

static void
add_listed (JsonBuilder *builder, RoadHost *host)
{
  g_autoptr (GArray) listed = road_host_get_listed (host, FALSE);

  for (guint i = 0; i < listed->len; i++)
    {
      const RoadPortResult *result = &g_array_index (listed, RoadPortResult, i);

      json_builder_begin_object (builder);
      road_json_add_integer (builder, "port", result->port);
      add_outcome (builder, (RoadPortState) result->state, (RoadReason) result->reason,
                   &result->reason_from);
      road_json_service_add (builder, host, result->port);
      add_latency (builder, result->latency_us);
      json_builder_end_object (builder);
    }
}

static void
add_unlisted (JsonBuilder *builder, RoadHost *host)
{
  for (guint i = 0; i < road_host_get_n_groups (host); i++)
    {
      const RoadPortGroup *group = road_host_get_group (host, i);
      g_autofree char *ports = NULL;

      if (road_host_lists_state (host, group->state))
        continue;

      ports = road_port_set_to_string (group->ports);
      json_builder_begin_object (builder);
      add_outcome (builder, group->state, group->reason, &group->reason_from);
      road_json_add_integer (builder, "count", road_port_set_get_n_ports (group->ports));
      road_json_add_string (builder, "ports", ports);
      json_builder_end_object (builder);
    }
}

static void
add_notes (JsonBuilder *builder, RoadHost *host)
{
  const guint n_notes = road_host_get_n_notes (host);

  if (n_notes == 0)
    return;

  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_notes; i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      json_builder_begin_object (builder);
      if (note->port != ROAD_NOTE_HOST)
        road_json_add_integer (builder, "port", note->port);
      road_json_add_string (builder, "name", note->name);
      road_json_add_string (builder, "text", note->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* The members “mac” and “vendor”: the same as in the notes, for programs that look for it. */
void
road_json_add_hardware (JsonBuilder *builder, RoadHost *host)
{
  g_autofree char *address = NULL;
  g_autofree char *vendor = NULL;
  RoadMac mac;

  if (!road_host_get_mac (host, &mac))
    return;

  address = road_mac_to_string (&mac);
  vendor = road_host_dup_vendor (host);
  road_json_add_string (builder, "mac", address);
  road_json_add_string (builder, "vendor", vendor);
}

/* Unknown values are left out. “done” is present, as false, only if the scan ended before all the host's
 * ports were scanned; “timed_out”, as true, only if the host timeout was why.
 * Returns: (transfer full): an object */
JsonNode *
road_json_host_to_node (RoadHost *host)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const char *const *others;
  const char *const *user_names;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);

  user_names = road_host_get_user_names (host);
  others = road_host_get_other_addresses (host);

  json_builder_begin_object (builder);
  road_json_add_string (builder, "address", road_host_get_address_string (host));

  json_builder_set_member_name (builder, "names");
  json_builder_begin_array (builder);
  for (guint i = 0; user_names[i] != NULL; i++)
    add_name (builder, user_names[i], "user");
  add_name (builder, road_host_get_ptr_name (host), "PTR");
  add_name (builder, road_host_get_mdns_name (host), "mDNS");
  json_builder_end_array (builder);

  road_json_add_hardware (builder, host);

  json_builder_set_member_name (builder, "other_addresses");
  json_builder_begin_array (builder);
  for (guint i = 0; others != NULL && others[i] != NULL; i++)
    json_builder_add_string_value (builder, others[i]);
  json_builder_end_array (builder);

  road_json_add_string (builder, "state", road_host_state_to_string (road_host_get_state (host)));
  road_json_add_string (builder, "reason", road_reason_to_string (road_host_get_reason (host)));
  add_latency (builder, road_host_get_latency (host));
  if (!road_host_get_done (host))
    road_json_add_boolean (builder, "done", FALSE);
  if (road_host_get_timed_out (host))
    road_json_add_boolean (builder, "timed_out", TRUE);

  json_builder_set_member_name (builder, "ports");
  json_builder_begin_array (builder);
  add_listed (builder, host);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "unlisted");
  json_builder_begin_array (builder);
  add_unlisted (builder, host);
  json_builder_end_array (builder);
  add_notes (builder, host);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/* A zone is an interface of the machine that scanned, which need not exist where the file is opened. Without
 * it the address is still useful. */
static gboolean
parse_address (const char *text, RoadAddress *address, GError **error)
{
  const char *zone = strchr (text, '%');
  g_autofree char *excerpt = NULL;

  if (road_address_parse (address, text))
    return TRUE;

  if (zone != NULL && zone[1] != '\0')
    {
      g_autofree char *without = g_strndup (text, (gsize) (zone - text));

      if (road_address_parse (address, without) && address->length == 16)
        return TRUE;
    }

  excerpt = road_text_excerpt (text);
  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” is not an IP address"), excerpt);
  return FALSE;
}

static gboolean
read_latency (JsonObject *object, guint *latency_us, GError **error)
{
  double latency_ms = 0;

  if (!road_json_read_double (object, "latency_ms", G_MAXUINT32 / USEC_PER_MSEC, &latency_ms,
                              error))
    return FALSE;

  *latency_us = (guint) round (latency_ms * USEC_PER_MSEC);
  return TRUE;
}

static gboolean
read_reason (JsonObject *object, RoadReason *reason, GError **error)
{
  g_autofree char *excerpt = NULL;
  const char *text = NULL;

  if (!road_json_read_string (object, "reason", &text, error))
    return FALSE;
  if (text == NULL || road_reason_from_string (text, reason))
    return TRUE;

  excerpt = road_text_excerpt (text);
  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” is not a known reason"), excerpt);
  return FALSE;
}

static gboolean
read_outcome (JsonObject *object, RoadPortGroup *outcome, GError **error)
{
  const char *state = NULL, *from = NULL;

  if (!road_json_read_string (object, "state", &state, error) ||
      !road_json_require (state, "state", error) ||
      !read_reason (object, &outcome->reason, error) ||
      !road_json_read_string (object, "reason_from", &from, error))
    return FALSE;

  outcome->state = road_port_state_from_string (state);
  if (g_strcmp0 (road_port_state_to_string (outcome->state), state) != 0)
    {
      g_autofree char *excerpt = road_text_excerpt (state);

      g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” is not a port state"), excerpt);
      return FALSE;
    }

  return from == NULL || parse_address (from, &outcome->reason_from, error);
}

/* seen has a bit for each port of this host in the file so far. */
static gboolean
mark_seen (guint8 *seen, guint first, guint last, GError **error)
{
  for (guint port = first; port <= last; port++)
    {
      if (seen[port / 8] & (1 << (port % 8)))
        {
          g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("Port %u is listed twice"), port);
          return FALSE;
        }
      seen[port / 8] = (guint8) (seen[port / 8] | (1 << (port % 8)));
    }

  return TRUE;
}

static gboolean
read_listed (JsonNode *node, guint8 *seen, RoadHost *host, GArray *results, GError **error)
{
  JsonObject *object = road_json_as_object (node, "ports", error);
  RoadPortGroup outcome = { 0 };
  RoadPortResult result = { 0 };
  gint64 port = -1;

  if (object == NULL || !road_json_read_integer (object, "port", 0, G_MAXUINT16, &port, error) ||
      !road_json_require (port >= 0 ? object : NULL, "port", error) ||
      !read_outcome (object, &outcome, error) ||
      !read_latency (object, &result.latency_us, error) ||
      !road_json_service_read (object, host, (guint16) port, error) ||
      !mark_seen (seen, (guint) port, (guint) port, error))
    return FALSE;

  result.port = (guint16) port;
  result.state = (guint8) outcome.state;
  result.reason = (guint8) outcome.reason;
  result.reason_from = outcome.reason_from;
  g_array_append_val (results, result);

  return TRUE;
}

static gboolean
read_unlisted (JsonNode *node, guint8 *seen, RoadHost *host, GError **error)
{
  JsonObject *object = road_json_as_object (node, "unlisted", error);
  g_autoptr (RoadPortSet) ports = NULL;
  RoadPortGroup group = { 0 };
  const RoadPortRange *ranges;
  const char *text = NULL;
  gint64 count = -1;
  guint n_ranges;

  if (object == NULL || !read_outcome (object, &group, error) ||
      !road_json_read_string (object, "ports", &text, error) ||
      !road_json_require (text, "ports", error) ||
      !road_json_read_integer (object, "count", 0, N_ALL_PORTS, &count, error))
    return FALSE;

  /* Only numbers: in other versions a service name may stand for other ports. */
  if (text[strspn (text, "0123456789,-")] == '\0')
    ports = road_port_set_parse (text, NULL);
  if (ports == NULL)
    {
      g_autofree char *excerpt = road_text_excerpt (text);

      g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” is not a list of ports"),
                   excerpt);
      return FALSE;
    }
  if (count >= 0 && count != road_port_set_get_n_ports (ports))
    {
      g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                   /* Translators: two numbers of ports; “count” and “ports” are names of fields */
                   _ ("“count” is %u, but “ports” has %u"), (guint) count,
                   road_port_set_get_n_ports (ports));
      return FALSE;
    }

  ranges = road_port_set_get_ranges (ports, &n_ranges);
  for (guint i = 0; i < n_ranges; i++)
    {
      if (!mark_seen (seen, ranges[i].first, ranges[i].last, error))
        return FALSE;
    }

  group.ports = ports;
  road_host_add_group (host, &group);

  return TRUE;
}

static gboolean
read_ports (JsonObject *object, RoadHost *host, GError **error)
{
  g_autofree guint8 *seen = g_malloc0 (N_ALL_PORTS / 8);
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  JsonArray *listed = NULL, *unlisted = NULL;

  if (!road_json_read_array (object, "ports", &listed, error) ||
      !road_json_read_array (object, "unlisted", &unlisted, error))
    return FALSE;

  for (guint i = 0; listed != NULL && i < json_array_get_length (listed); i++)
    {
      if (!read_listed (json_array_get_element (listed, i), seen, host, results, error))
        return FALSE;
    }
  road_host_add_results (host, (const RoadPortResult *) (gpointer) results->data, results->len);

  for (guint i = 0; unlisted != NULL && i < json_array_get_length (unlisted); i++)
    {
      if (!read_unlisted (json_array_get_element (unlisted, i), seen, host, error))
        return FALSE;
    }

  return TRUE;
}

/* The texts belong to the object. */
static gboolean
read_names (JsonObject *object, GPtrArray *user_names, const char **ptr_name, GError **error)
{
  JsonArray *names = NULL;

  if (!road_json_read_array (object, "names", &names, error))
    return FALSE;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      JsonObject *item = road_json_as_object (json_array_get_element (names, i), "names", error);
      const char *name = NULL, *type = NULL;

      if (item == NULL || !road_json_read_string (item, "name", &name, error) ||
          !road_json_require (name, "name", error) ||
          !road_json_read_string (item, "type", &type, error))
        return FALSE;

      if (g_strcmp0 (type, "user") == 0)
        g_ptr_array_add (user_names, (gpointer) name);
      else if (g_strcmp0 (type, "PTR") == 0)
        *ptr_name = name;
    }

  return TRUE;
}

static gboolean
read_notes (JsonObject *object, RoadHost *host, GError **error)
{
  JsonArray *notes = NULL;

  if (!road_json_read_array (object, "notes", &notes, error))
    return FALSE;

  for (guint i = 0; notes != NULL && i < json_array_get_length (notes); i++)
    {
      JsonObject *note = road_json_as_object (json_array_get_element (notes, i), "notes", error);
      const char *name = NULL, *text = NULL;
      gint64 port = ROAD_NOTE_HOST;

      if (note == NULL || !road_json_read_integer (note, "port", 0, G_MAXUINT16, &port, error) ||
          !road_json_read_string (note, "name", &name, error) ||
          !road_json_require (name, "name", error) ||
          !road_json_read_string (note, "text", &text, error) ||
          !road_json_require (text, "text", error))
        return FALSE;

      road_host_add_note (host, (int) port, name, text);
    }

  return TRUE;
}

/**
 * road_json_host_from_object:
 * @error: (nullable): %ROAD_ERROR_FORMAT, without a line
 *
 * Reads what road_json_host_to_node() wrote, ignoring unknown members.
 *
 * Returns: (transfer full) (nullable): the host
 */
RoadHost *
road_json_host_from_object (JsonObject *object, GError **error)
{
  g_autoptr (RoadHost) host = NULL;
  g_auto (GStrv) others = NULL;
  g_autoptr (GPtrArray) user_names = g_ptr_array_new ();
  const char *text = NULL, *state_name = NULL, *ptr_name = NULL;
  RoadAddress address;
  RoadHostState state;
  RoadReason reason = ROAD_REASON_NONE;
  guint latency_us;
  gboolean done = TRUE, timed_out = FALSE;

  g_return_val_if_fail (object != NULL, NULL);

  if (!road_json_read_string (object, "address", &text, error) ||
      !road_json_require (text, "address", error) || !parse_address (text, &address, error) ||
      !read_names (object, user_names, &ptr_name, error) ||
      !road_json_read_strings (object, "other_addresses", &others, error) ||
      !road_json_read_string (object, "state", &state_name, error) ||
      !road_json_require (state_name, "state", error) || !read_reason (object, &reason, error) ||
      !read_latency (object, &latency_us, error) ||
      !road_json_read_boolean (object, "done", &done, error) ||
      !road_json_read_boolean (object, "timed_out", &timed_out, error))
    return NULL;

  if (!road_host_state_from_string (state_name, &state))
    {
      g_autofree char *excerpt = road_text_excerpt (state_name);

      g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” is not a host state"), excerpt);
      return NULL;
    }

  host = road_host_new (&address, NULL, (const char *const *) others);
  for (guint i = 0; i < user_names->len; i++)
    road_host_add_user_name (host, g_ptr_array_index (user_names, i));
  road_host_set_state (host, state, reason);
  road_host_set_ptr_name (host, ptr_name);
  road_host_set_latency (host, latency_us);
  if (!read_ports (object, host, error) || !read_notes (object, host, error))
    return NULL;
  if (timed_out)
    road_host_set_timed_out (host);
  else if (done)
    road_host_set_done (host);

  return g_steal_pointer (&host);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-xml-host.h"

#include <glib/gi18n.h>
#include <string.h>

#include "road-error.h"
#include "road-text-escape.h"
#include "road-xml-host-writer.h"
#include "road-xml-notes.h"

#define N_ALL_PORTS (G_MAXUINT16 + 1)

/* Ports that came to the same end, of which only the number is known. */
typedef struct
{
  RoadPortState state;
  RoadReason reason;
  guint64 count;
} Unplaced;

struct _RoadXmlHost
{
  RoadXmlHostTable *table;
  RoadPortSet *scanned; /* (nullable): the ports that were scanned on each host */
  guint64 n_foreign;
  guint64 n_unplaced;

  gboolean is_open;
  gboolean timed_out;
  RoadAddress address;
  char *user_name;
  char *ptr_name;
  char *mac;
  char **other_addresses; /* (nullable): which were not scanned */
  gboolean has_state;
  RoadHostState state;
  RoadReason reason;
  guint latency_us;
  RoadHost *host;   /* of the table; NULL until there is something to add to it */
  GArray *results;  /* of RoadPortResult */
  GArray *unplaced; /* of Unplaced */
  RoadPortState extra_state;

  gboolean is_tcp; /* whether the port that is being read is one of ours */
  RoadPortResult result;
};

static gboolean
fail_not_address (const char *text, GError **error)
{
  g_autofree char *excerpt = road_text_excerpt (text != NULL ? text : "");

  g_propagate_error (error, road_error_new_at (ROAD_ERROR_FORMAT, 0, 0,
                                               _ ("“%s” is not an IP address"), excerpt));
  return FALSE;
}

static void
clear (RoadXmlHost *self)
{
  self->is_open = self->timed_out = self->has_state = self->is_tcp = FALSE;
  self->address = ROAD_ADDRESS_NONE;
  g_clear_pointer (&self->user_name, g_free);
  g_clear_pointer (&self->ptr_name, g_free);
  g_clear_pointer (&self->mac, g_free);
  g_clear_pointer (&self->other_addresses, g_strfreev);
  self->state = ROAD_HOST_UNKNOWN;
  self->reason = ROAD_REASON_NONE;
  self->latency_us = 0;
  self->host = NULL;
  g_array_set_size (self->results, 0);
  g_array_set_size (self->unplaced, 0);
  self->extra_state = ROAD_PORT_UNKNOWN;
}

/**
 * road_xml_host_new:
 * @table: where the hosts go
 *
 * Returns: (transfer full): no element yet
 */
RoadXmlHost *
road_xml_host_new (RoadXmlHostTable *table)
{
  RoadXmlHost *self;

  g_return_val_if_fail (table != NULL, NULL);

  self = g_new0 (RoadXmlHost, 1);
  self->table = table;
  self->results = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  self->unplaced = g_array_new (FALSE, FALSE, sizeof (Unplaced));

  return self;
}

/**
 * road_xml_host_free:
 * @self: (transfer full): an element
 */
void
road_xml_host_free (RoadXmlHost *self)
{
  g_return_if_fail (self != NULL);

  clear (self);
  g_clear_pointer (&self->scanned, road_port_set_unref);
  g_array_unref (self->results);
  g_array_unref (self->unplaced);
  g_free (self);
}

/**
 * road_xml_host_set_ports:
 * @self: an element
 * @ports: the ports that were scanned on each host
 *
 * nmap before 7.92 says only how many ports came to a common end; which ones they were follows from
 * what was scanned.
 */
void
road_xml_host_set_ports (RoadXmlHost *self, RoadPortSet *ports)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (ports != NULL);

  g_clear_pointer (&self->scanned, road_port_set_unref);
  self->scanned = road_port_set_ref (ports);
}

/**
 * road_xml_host_begin:
 * @self: an element
 * @attributes: those of “host”
 *
 * Begins with the next host.
 */
void
road_xml_host_begin (RoadXmlHost *self, const RoadXmlAttributes *attributes)
{
  const char *comment, *others;

  g_return_if_fail (self != NULL);
  g_return_if_fail (attributes != NULL);

  clear (self);
  self->is_open = TRUE;
  self->timed_out = g_strcmp0 (road_xml_attributes_get (attributes, "timedout"), "true") == 0;

  comment = road_xml_attributes_get (attributes, "comment");
  others = comment != NULL ? strstr (comment, ROAD_XML_OTHER_ADDRESSES) : NULL;
  if (others != NULL)
    self->other_addresses = g_strsplit (others + strlen (ROAD_XML_OTHER_ADDRESSES), " ", -1);
}

static gboolean
ensure_host (RoadXmlHost *self, GError **error)
{
  if (self->host == NULL && self->address.length > 0)
    self->host = road_xml_host_table_ensure (self->table, &self->address, self->user_name,
                                             (const char *const *) self->other_addresses);
  if (self->host != NULL)
    return TRUE;

  g_propagate_error (error,
                     road_error_new_at (ROAD_ERROR_FORMAT, 0, 0, _ ("A host has no address")));
  return FALSE;
}

static gboolean
take_status (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  self->has_state =
      road_host_state_from_string (road_xml_attributes_get (attributes, "state"), &self->state);
  self->reason = road_xml_attributes_get_reason (attributes);

  return TRUE;
}

static gboolean
take_address (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  const char *text = road_xml_attributes_get (attributes, "addr");
  const char *vendor = road_xml_attributes_get (attributes, "vendor");

  if (text == NULL)
    return fail_not_address (text, error);

  if (g_strcmp0 (road_xml_attributes_get (attributes, "addrtype"), "mac") == 0)
    {
      g_free (self->mac);
      self->mac = vendor != NULL ? g_strdup_printf ("%s (%s)", text, vendor) : g_strdup (text);
      return TRUE;
    }

  return road_address_parse (&self->address, text) || fail_not_address (text, error);
}

static gboolean
take_hostname (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  const char *name = road_xml_attributes_get (attributes, "name");
  const char *type = road_xml_attributes_get (attributes, "type");

  if (name != NULL && g_strcmp0 (type, "user") == 0 && self->user_name == NULL)
    self->user_name = g_strdup (name);
  else if (name != NULL && g_strcmp0 (type, "PTR") == 0 && self->ptr_name == NULL)
    self->ptr_name = g_strdup (name);

  return TRUE;
}

static gboolean
take_times (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  const char *text = road_xml_attributes_get (attributes, "srtt");
  guint64 latency_us;

  /* nmap writes -1 where it does not know. */
  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &latency_us, NULL))
    self->latency_us = (guint) latency_us;

  return TRUE;
}

static gboolean
take_extraports (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  self->extra_state = road_xml_attributes_get_port_state (attributes);

  return TRUE;
}

static gboolean
take_extrareasons (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  const char *protocol = road_xml_attributes_get (attributes, "proto");
  g_autoptr (RoadPortSet) ports = NULL;
  RoadPortGroup group = { .state = self->extra_state,
                          .reason = road_xml_attributes_get_reason (attributes) };
  Unplaced unplaced = { group.state, group.reason, 0 };

  if (!ensure_host (self, error) ||
      !road_xml_attributes_read_number (attributes, "count", N_ALL_PORTS, &unplaced.count, error) ||
      !road_xml_attributes_read_ports (attributes, "ports", &ports, error))
    return FALSE;

  if (protocol != NULL && !g_str_equal (protocol, "tcp"))
    self->n_foreign += unplaced.count;
  else if (ports == NULL)
    g_array_append_val (self->unplaced, unplaced);
  else
    {
      group.ports = ports;
      road_xml_host_table_add_group (self->table, self->host, &group);
    }

  return TRUE;
}

static gboolean
take_port (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  guint64 port = G_MAXUINT64;

  self->is_tcp = g_strcmp0 (road_xml_attributes_get (attributes, "protocol"), "tcp") == 0;
  self->n_foreign += self->is_tcp ? 0 : 1;
  if (!self->is_tcp)
    return TRUE;

  if (!ensure_host (self, error) ||
      !road_xml_attributes_read_number (attributes, "portid", G_MAXUINT16, &port, error))
    return FALSE;
  if (port <= G_MAXUINT16)
    {
      self->result = (RoadPortResult){ .port = (guint16) port };
      return TRUE;
    }

  g_propagate_error (error,
                     road_error_new_at (ROAD_ERROR_FORMAT, 0, 0, _ ("“%s” is missing"), "portid"));
  return FALSE;
}

static gboolean
take_state (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  const char *from = road_xml_attributes_get (attributes, "reason_ip");

  self->result.state = (guint8) road_xml_attributes_get_port_state (attributes);
  self->result.reason = (guint8) road_xml_attributes_get_reason (attributes);

  return from == NULL || road_address_parse (&self->result.reason_from, from) ||
         fail_not_address (from, error);
}

static gboolean
take_service (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  road_xml_notes_take_service (self->host, self->result.port, attributes);

  return TRUE;
}

static gboolean
take_port_script (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  road_xml_notes_take_script (self->host, self->result.port, attributes);

  return TRUE;
}

static gboolean
take_host_script (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  if (!ensure_host (self, error))
    return FALSE;

  road_xml_notes_take_script (self->host, ROAD_NOTE_HOST, attributes);

  return TRUE;
}

static gboolean
take_osmatch (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  if (!ensure_host (self, error))
    return FALSE;

  road_xml_notes_take_system (self->host, attributes);

  return TRUE;
}

static gboolean
take_uptime (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  return ensure_host (self, error) &&
         road_xml_notes_take_number (self->host, ROAD_NOTE_UPTIME, attributes, "seconds", error);
}

static gboolean
take_distance (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  return ensure_host (self, error) &&
         road_xml_notes_take_number (self->host, ROAD_NOTE_DISTANCE, attributes, "value", error);
}

static const struct
{
  const char *parent;
  const char *name;
  gboolean only_tcp;
  gboolean (*take) (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error);
} elements[] = {
  { "host", "status", FALSE, take_status },
  { "host", "address", FALSE, take_address },
  { "hostnames", "hostname", FALSE, take_hostname },
  { "ports", "extraports", FALSE, take_extraports },
  { "extraports", "extrareasons", FALSE, take_extrareasons },
  { "ports", "port", FALSE, take_port },
  { "port", "state", TRUE, take_state },
  { "port", "service", TRUE, take_service },
  { "port", "script", TRUE, take_port_script },
  { "hostscript", "script", FALSE, take_host_script },
  { "os", "osmatch", FALSE, take_osmatch },
  { "host", "uptime", FALSE, take_uptime },
  { "host", "distance", FALSE, take_distance },
  { "host", "times", FALSE, take_times },
};

/**
 * road_xml_host_take:
 * @self: an element
 * @parent: the element in which @element is
 * @element: an element within it
 * @attributes: those of @element
 * @error: (nullable): %ROAD_ERROR_FORMAT, without a line
 *
 * Takes what an element begins with. Unknown ones are passed over.
 *
 * Returns: %FALSE on error
 */
gboolean
road_xml_host_take (RoadXmlHost *self,
                    const char *parent,
                    const char *element,
                    const RoadXmlAttributes *attributes,
                    GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      if (g_str_equal (elements[i].name, element) && g_str_equal (elements[i].parent, parent))
        return (elements[i].only_tcp && !self->is_tcp) ||
               elements[i].take (self, attributes, error);
    }

  return TRUE;
}

/**
 * road_xml_host_end_port:
 * @self: an element
 *
 * Takes the port whose element ends.
 */
void
road_xml_host_end_port (RoadXmlHost *self)
{
  g_return_if_fail (self != NULL);

  if (self->is_tcp)
    g_array_append_val (self->results, self->result);
  self->is_tcp = FALSE;
}

/* What is left of the ports that were scanned came to the ends that the file only counts. If they all
 * came to one state it is known which ports they are, and if not, not. */
static void
place_rest (RoadXmlHost *self)
{
  g_autoptr (RoadPortSet) rest = NULL;
  RoadPortGroup group = { 0 };
  guint64 count = 0, most = 0;
  gboolean same = TRUE;

  for (guint i = 0; i < self->unplaced->len; i++)
    {
      const Unplaced *unplaced = &g_array_index (self->unplaced, Unplaced, i);

      same = same && unplaced->state == g_array_index (self->unplaced, Unplaced, 0).state;
      count += unplaced->count;
      if (unplaced->count > most)
        {
          most = unplaced->count;
          group.state = unplaced->state;
          group.reason = unplaced->reason;
        }
    }
  if (count == 0)
    return;

  if (self->scanned != NULL)
    rest = road_xml_host_table_get_rest (self->table, self->host, self->scanned);
  if (rest != NULL && same && road_port_set_get_n_ports (rest) == count)
    {
      group.ports = rest;
      road_host_add_group (self->host, &group);
    }
  else
    self->n_unplaced += count;
}

/* masscan says nothing of the host: one of which a port answered is up. */
static void
place_state (RoadXmlHost *self)
{
  if (!self->has_state && self->results->len > 0)
    {
      self->state = ROAD_HOST_UP;
      self->reason = (RoadReason) g_array_index (self->results, RoadPortResult, 0).reason;
    }

  if (road_host_get_state (self->host) != ROAD_HOST_UP)
    road_host_set_state (self->host, self->state, self->reason);
}

/**
 * road_xml_host_end:
 * @self: an element
 * @is_complete: whether it has ended; %FALSE if the file ends within it
 * @error: (nullable): %ROAD_ERROR_FORMAT, without a line
 *
 * Takes the host.
 *
 * Returns: %FALSE on error
 */
gboolean
road_xml_host_end (RoadXmlHost *self, gboolean is_complete, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  self->is_open = FALSE;
  if (!ensure_host (self, error))
    return FALSE;

  place_state (self);
  if (self->ptr_name != NULL)
    road_host_set_ptr_name (self->host, self->ptr_name);
  if (self->mac != NULL)
    road_host_add_note (self->host, ROAD_NOTE_HOST, ROAD_NOTE_MAC, self->mac);
  if (self->latency_us != 0)
    road_host_set_latency (self->host, self->latency_us);
  road_xml_host_table_add_results (self->table, self->host, self->results);
  place_rest (self);
  if (is_complete && !self->timed_out)
    road_host_set_done (self->host);

  return TRUE;
}

/**
 * road_xml_host_is_open:
 * @self: an element
 *
 * Returns: whether it has begun and not ended
 */
gboolean
road_xml_host_is_open (RoadXmlHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_open;
}

/**
 * road_xml_host_get_n_foreign:
 * @self: an element
 *
 * Returns: how many ports of all hosts were not TCP's
 */
guint64
road_xml_host_get_n_foreign (RoadXmlHost *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_foreign;
}

/**
 * road_xml_host_get_n_unplaced:
 * @self: an element
 *
 * Returns: of how many ports of all hosts the file does not say which they are
 */
guint64
road_xml_host_get_n_unplaced (RoadXmlHost *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_unplaced;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-xml-host.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/report/road-host-notes.h"
#include "engine/base/road-error.h"
#include "formats/road-report-words.h"
#include "road-xml-notes.h"
#include "road-xml-writer.h"

struct _RoadXmlHost
{
  RoadXmlHostTable *table;
  RoadXmlPorts *ports;

  gboolean is_open;
  gboolean is_unfinished;
  gboolean timed_out; /* because of the host timeout */
  RoadAddress address;
  GPtrArray *user_names;
  char *ptr_name;
  char *mac;
  char **other_addresses; /* (nullable): not scanned */
  gboolean has_state;
  RoadHostState state;
  RoadReason reason;
  guint latency_us;
  RoadHost *host; /* owned by the table; NULL until something is added to it */
  gboolean is_new;
  guint n_repeated[ROAD_HOST_DOWN + 1];
};

static void
clear (RoadXmlHost *self)
{
  self->is_open = self->is_unfinished = self->timed_out = self->has_state = FALSE;
  self->address = ROAD_ADDRESS_NONE;
  g_ptr_array_set_size (self->user_names, 0);
  g_clear_pointer (&self->ptr_name, g_free);
  g_clear_pointer (&self->mac, g_free);
  g_clear_pointer (&self->other_addresses, g_strfreev);
  self->state = ROAD_HOST_UNKNOWN;
  self->reason = ROAD_REASON_NONE;
  self->latency_us = 0;
  self->host = NULL;
}

RoadXmlHost *
road_xml_host_new (RoadXmlHostTable *table)
{
  RoadXmlHost *self;

  g_return_val_if_fail (table != NULL, NULL);

  self = g_new0 (RoadXmlHost, 1);
  self->table = table;
  self->user_names = g_ptr_array_new_with_free_func (g_free);
  self->ports = road_xml_ports_new (table);

  return self;
}

void
road_xml_host_free (RoadXmlHost *self)
{
  g_return_if_fail (self != NULL);

  clear (self);
  g_clear_pointer (&self->user_names, g_ptr_array_unref);
  g_clear_pointer (&self->ports, road_xml_ports_free);
  g_free (self);
}

RoadXmlPorts *
road_xml_host_get_ports (RoadXmlHost *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ports;
}

/**
 * road_xml_host_begin:
 * @attributes: those of the “host” element
 */
void
road_xml_host_begin (RoadXmlHost *self, const RoadXmlAttributes *attributes)
{
  const char *comment, *others;

  g_return_if_fail (self != NULL);
  g_return_if_fail (attributes != NULL);

  clear (self);
  road_xml_ports_begin (self->ports);
  self->is_open = TRUE;

  comment = road_xml_attributes_get (attributes, "comment");
  self->is_unfinished = g_strcmp0 (road_xml_attributes_get (attributes, "timedout"), "true") == 0;
  self->timed_out = self->is_unfinished &&
                    (comment == NULL || !g_str_has_prefix (comment, ROAD_WORDS_NOT_FINISHED));
  others = comment != NULL ? strstr (comment, ROAD_XML_OTHER_ADDRESSES) : NULL;
  if (others != NULL)
    self->other_addresses = g_strsplit (others + strlen (ROAD_XML_OTHER_ADDRESSES), " ", -1);
}

static gboolean
ensure_host (RoadXmlHost *self, GError **error)
{
  if (self->host == NULL && self->address.length > 0)
    self->host =
        road_xml_host_table_ensure (self->table, &self->address,
                                    (const char *const *) self->other_addresses, &self->is_new);
  if (self->host != NULL)
    return TRUE;

  g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("A host has no address"));
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

  if (text != NULL && g_strcmp0 (road_xml_attributes_get (attributes, "addrtype"), "mac") == 0)
    {
      g_free (self->mac);
      self->mac = vendor != NULL ? g_strdup_printf ("%s (%s)", text, vendor) : g_strdup (text);
      return TRUE;
    }

  return road_xml_attributes_read_address (attributes, "addr", &self->address, error);
}

static gboolean
take_hostname (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  const char *name = road_xml_attributes_get (attributes, "name");
  const char *type = road_xml_attributes_get (attributes, "type");

  if (name != NULL && g_strcmp0 (type, "user") == 0)
    g_ptr_array_add (self->user_names, g_strdup (name));
  else if (name != NULL && g_strcmp0 (type, "PTR") == 0 && self->ptr_name == NULL)
    self->ptr_name = g_strdup (name);

  return TRUE;
}

static gboolean
take_times (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error)
{
  const char *text = road_xml_attributes_get (attributes, "srtt");
  guint64 latency_us;

  /* nmap writes -1 for unknown. */
  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &latency_us, NULL))
    self->latency_us = (guint) latency_us;

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

  road_xml_notes_take_system (self->table, self->host, attributes);

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
  gboolean (*take) (RoadXmlHost *self, const RoadXmlAttributes *attributes, GError **error);
} elements[] = {
  { "host", "status", take_status },          { "host", "address", take_address },
  { "hostnames", "hostname", take_hostname }, { "hostscript", "script", take_host_script },
  { "os", "osmatch", take_osmatch },          { "host", "uptime", take_uptime },
  { "host", "distance", take_distance },      { "host", "times", take_times },
};

/**
 * road_xml_host_take:
 * @parent: the element that contains @element
 * @element: an element inside the host
 * @attributes: those of @element
 * @error: (nullable): %ROAD_ERROR_FORMAT, without a line
 *
 * Reads a start tag. Unknown elements are ignored.
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

  if (road_xml_ports_contains (parent))
    return ensure_host (self, error) &&
           road_xml_ports_take (self->ports, self->host, parent, element, attributes, error);

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      if (g_str_equal (elements[i].name, element) && g_str_equal (elements[i].parent, parent))
        return elements[i].take (self, attributes, error);
    }

  return TRUE;
}

/* masscan writes no host state: a host with a port that answered is up. */
static void
place_state (RoadXmlHost *self)
{
  const RoadPortResult *first = road_xml_ports_get_first (self->ports);

  if (!self->has_state && first != NULL)
    {
      self->state = ROAD_HOST_UP;
      self->reason = (RoadReason) first->reason;
    }

  if (road_host_get_state (self->host) != ROAD_HOST_UP)
    road_host_set_state (self->host, self->state, self->reason);
}

/**
 * road_xml_host_end:
 * @is_complete: %FALSE if the file ends inside the element
 * @error: (nullable): %ROAD_ERROR_FORMAT, without a line
 *
 * Adds the host to the table.
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

  for (guint i = 0; i < self->user_names->len; i++)
    road_xml_host_table_add_user_name (self->table, self->host,
                                       g_ptr_array_index (self->user_names, i));
  if (!self->is_new)
    self->n_repeated[self->state]++;
  place_state (self);
  /* As it is written, for others, when there is no name in DNS. */
  if (self->ptr_name != NULL &&
      g_strcmp0 (self->ptr_name, road_host_get_mdns_name (self->host)) != 0)
    road_host_set_ptr_name (self->host, self->ptr_name);
  if (self->mac != NULL)
    road_host_add_note (self->host, ROAD_NOTE_HOST, ROAD_NOTE_MAC, self->mac);
  if (self->latency_us != 0)
    road_host_set_latency (self->host, self->latency_us);
  road_xml_ports_end (self->ports, self->host);
  if (self->timed_out && !road_host_get_done (self->host))
    road_host_set_timed_out (self->host);
  else if (is_complete && !self->is_unfinished)
    road_host_set_done (self->host);

  return TRUE;
}

/* Returns: whether the element has begun and not ended */
gboolean
road_xml_host_is_open (RoadXmlHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_open;
}

/* Returns: the number of elements in that state for hosts that had one before */
guint
road_xml_host_get_n_repeated (RoadXmlHost *self, RoadHostState state)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (state < G_N_ELEMENTS (self->n_repeated), 0);

  return self->n_repeated[state];
}

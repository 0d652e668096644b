/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-xml-ports.h"

#include <glib/gi18n.h>

#include "engine/base/road-error.h"
#include "road-xml-notes.h"

#define N_ALL_PORTS (G_MAXUINT16 + 1)

/* Ports with the same state and reason, of which the file only says how many there are. */
typedef struct
{
  RoadPortState state;
  RoadReason reason;
  guint64 count;
} Unplaced;

struct _RoadXmlPorts
{
  RoadXmlHostTable *table;
  RoadPortSet *scanned; /* (nullable): the scanned ports of each host */
  guint64 n_foreign;
  guint64 n_unplaced;

  GArray *results;  /* of RoadPortResult */
  GArray *unplaced; /* of Unplaced */
  RoadPortState extra_state;

  gboolean is_tcp; /* whether the port that is being read is TCP */
  RoadPortResult result;
};

RoadXmlPorts *
road_xml_ports_new (RoadXmlHostTable *table)
{
  RoadXmlPorts *self;

  g_return_val_if_fail (table != NULL, NULL);

  self = g_new0 (RoadXmlPorts, 1);
  self->table = table;
  self->results = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  self->unplaced = g_array_new (FALSE, FALSE, sizeof (Unplaced));

  return self;
}

void
road_xml_ports_free (RoadXmlPorts *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->scanned, road_port_set_unref);
  g_array_unref (self->results);
  g_array_unref (self->unplaced);
  g_free (self);
}

/**
 * road_xml_ports_set_scanned:
 * @ports: the scanned ports of each host
 *
 * nmap before 7.92 only counts the ports of an ignored state; which ones they are follows from the scanned
 * ports.
 */
void
road_xml_ports_set_scanned (RoadXmlPorts *self, RoadPortSet *ports)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (ports != NULL);

  g_clear_pointer (&self->scanned, road_port_set_unref);
  self->scanned = road_port_set_ref (ports);
}

void
road_xml_ports_begin (RoadXmlPorts *self)
{
  g_return_if_fail (self != NULL);

  g_array_set_size (self->results, 0);
  g_array_set_size (self->unplaced, 0);
  self->extra_state = ROAD_PORT_UNKNOWN;
  self->is_tcp = FALSE;
}

static gboolean
take_extraports (RoadXmlPorts *self,
                 RoadHost *host,
                 const RoadXmlAttributes *attributes,
                 GError **error)
{
  self->extra_state = road_xml_attributes_get_port_state (attributes);

  return TRUE;
}

static gboolean
take_extrareasons (RoadXmlPorts *self,
                   RoadHost *host,
                   const RoadXmlAttributes *attributes,
                   GError **error)
{
  const char *protocol = road_xml_attributes_get (attributes, "proto");
  g_autoptr (RoadPortSet) ports = NULL;
  RoadPortGroup group = { .state = self->extra_state,
                          .reason = road_xml_attributes_get_reason (attributes) };
  Unplaced unplaced = { group.state, group.reason, 0 };

  if (!road_xml_attributes_read_number (attributes, "count", N_ALL_PORTS, &unplaced.count, error) ||
      !road_xml_attributes_read_ports (attributes, "ports", &ports, error))
    return FALSE;

  if (protocol != NULL && !g_str_equal (protocol, "tcp"))
    self->n_foreign += unplaced.count;
  else if (ports == NULL)
    g_array_append_val (self->unplaced, unplaced);
  else
    {
      group.ports = ports;
      road_xml_host_table_add_group (self->table, host, &group);
    }

  return TRUE;
}

static gboolean
take_port (RoadXmlPorts *self, RoadHost *host, const RoadXmlAttributes *attributes, GError **error)
{
  guint64 port = G_MAXUINT64;

  self->is_tcp = g_strcmp0 (road_xml_attributes_get (attributes, "protocol"), "tcp") == 0;
  if (!self->is_tcp)
    {
      self->n_foreign++;
      return TRUE;
    }

  if (!road_xml_attributes_read_number (attributes, "portid", G_MAXUINT16, &port, error))
    return FALSE;
  if (port <= G_MAXUINT16)
    {
      self->result = (RoadPortResult){ .port = (guint16) port };
      return TRUE;
    }

  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” is missing"), "portid");
  return FALSE;
}

static gboolean
take_state (RoadXmlPorts *self, RoadHost *host, const RoadXmlAttributes *attributes, GError **error)
{
  self->result.state = (guint8) road_xml_attributes_get_port_state (attributes);
  self->result.reason = (guint8) road_xml_attributes_get_reason (attributes);

  return road_xml_attributes_read_address (attributes, "reason_ip", &self->result.reason_from,
                                           error);
}

static gboolean
take_service (RoadXmlPorts *self,
              RoadHost *host,
              const RoadXmlAttributes *attributes,
              GError **error)
{
  road_xml_notes_take_service (host, self->result.port, attributes);

  return TRUE;
}

static gboolean
take_script (RoadXmlPorts *self,
             RoadHost *host,
             const RoadXmlAttributes *attributes,
             GError **error)
{
  road_xml_notes_take_script (host, self->result.port, attributes);

  return TRUE;
}

static const struct
{
  const char *parent;
  const char *name;
  gboolean (*take) (RoadXmlPorts *self,
                    RoadHost *host,
                    const RoadXmlAttributes *attributes,
                    GError **error);
} elements[] = {
  { "ports", "port", take_port },
  { "port", "state", take_state },
  { "port", "service", take_service },
  { "port", "script", take_script },
  { "ports", "extraports", take_extraports },
  { "extraports", "extrareasons", take_extrareasons },
};

/* Returns: whether elements inside @parent are for road_xml_ports_take() */
gboolean
road_xml_ports_contains (const char *parent)
{
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      if (g_str_equal (elements[i].parent, parent))
        return TRUE;
    }

  return FALSE;
}

/**
 * road_xml_ports_take:
 * @parent: the element that contains @element
 * @attributes: those of @element
 * @error: (nullable): %ROAD_ERROR_FORMAT, without a line
 *
 * Reads a start tag. Unknown elements are ignored, and so are those inside ports that are not TCP.
 *
 * Returns: %FALSE on error
 */
gboolean
road_xml_ports_take (RoadXmlPorts *self,
                     RoadHost *host,
                     const char *parent,
                     const char *element,
                     const RoadXmlAttributes *attributes,
                     GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (g_str_equal (parent, "port") && !self->is_tcp)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      if (g_str_equal (elements[i].name, element) && g_str_equal (elements[i].parent, parent))
        return elements[i].take (self, host, attributes, error);
    }

  return TRUE;
}

/* Adds the port whose element ends. */
void
road_xml_ports_end_port (RoadXmlPorts *self)
{
  g_return_if_fail (self != NULL);

  if (self->is_tcp)
    g_array_append_val (self->results, self->result);
  self->is_tcp = FALSE;
}

/* Returns: (transfer none) (nullable): the first port that has an element of its own */
const RoadPortResult *
road_xml_ports_get_first (RoadXmlPorts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->results->len > 0 ? &g_array_index (self->results, RoadPortResult, 0) : NULL;
}

/* The remaining scanned ports have the states that the file only counts. Which ports these are is known only
 * if all have the same state. */
static void
place_rest (RoadXmlPorts *self, RoadHost *host)
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
    rest = road_xml_host_table_get_rest (self->table, host, self->scanned);
  if (rest != NULL && same && road_port_set_get_n_ports (rest) == count)
    {
      group.ports = rest;
      road_host_add_group (host, &group);
    }
  else
    self->n_unplaced += count;
}

/* Adds the ports to @host, including one that the file ends in. */
void
road_xml_ports_end (RoadXmlPorts *self, RoadHost *host)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (ROAD_IS_HOST (host));

  road_xml_ports_end_port (self);
  road_xml_host_table_add_results (self->table, host, self->results);
  place_rest (self, host);
}

/* Returns: the number of ports of all hosts that are not TCP */
guint64
road_xml_ports_get_n_foreign (RoadXmlPorts *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_foreign;
}

/* Returns: the number of ports of all hosts that the file does not identify */
guint64
road_xml_ports_get_n_unplaced (RoadXmlPorts *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_unplaced;
}

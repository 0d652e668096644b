/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-xml-attributes.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/base/road-error.h"
#include "engine/base/road-text-escape.h"

/* Returns: (nullable): the value of the attribute */
const char *
road_xml_attributes_get (const RoadXmlAttributes *self, const char *name)
{
  for (guint i = 0; self->names[i] != NULL; i++)
    {
      if (g_str_equal (self->names[i], name))
        return self->values[i];
    }

  return NULL;
}

/**
 * road_xml_attributes_read_number:
 * @max: the highest valid value; the lowest is 0
 * @value: (out): the number; unchanged if the attribute is missing
 * @error: (nullable): %ROAD_ERROR_FORMAT
 */
gboolean
road_xml_attributes_read_number (
    const RoadXmlAttributes *self, const char *name, guint64 max, guint64 *value, GError **error)
{
  const char *text = road_xml_attributes_get (self, name);
  g_autofree char *excerpt = NULL;
  g_autofree char *max_text = NULL;

  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, max, value, NULL))
    return TRUE;

  excerpt = road_text_excerpt (text);
  max_text = g_strdup_printf ("%" G_GUINT64_FORMAT, max);
  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
               /* Translators: the name of a field, a number, and the invalid value */
               _ ("“%s” must be a whole number from 0 to %s, not “%s”"), name, max_text, excerpt);
  return FALSE;
}

/**
 * road_xml_attributes_read_seconds:
 * @value: (out): a duration in seconds; unchanged if the attribute is missing
 * @error: (nullable): %ROAD_ERROR_FORMAT
 */
gboolean
road_xml_attributes_read_seconds (const RoadXmlAttributes *self,
                                  const char *name,
                                  double *value,
                                  GError **error)
{
  const char *text = road_xml_attributes_get (self, name);
  char *end = NULL;
  double number;

  if (text == NULL)
    return TRUE;

  number = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && number >= 0 && number <= G_MAXINT32)
    {
      *value = number;
      return TRUE;
    }

  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
               _ ("“%s” must be a non-negative number that is not too large"), name);
  return FALSE;
}

/**
 * road_xml_attributes_read_address:
 * @address: (out): the address; unchanged if the attribute is missing
 * @error: (nullable): %ROAD_ERROR_FORMAT
 */
gboolean
road_xml_attributes_read_address (const RoadXmlAttributes *self,
                                  const char *name,
                                  RoadAddress *address,
                                  GError **error)
{
  const char *text = road_xml_attributes_get (self, name);
  g_autofree char *excerpt = NULL;

  if (text == NULL || road_address_parse (address, text))
    return TRUE;

  excerpt = road_text_excerpt (text);
  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” is not an IP address"), excerpt);
  return FALSE;
}

/**
 * road_xml_attributes_get_port_state:
 * @self: the attributes of a “state” or “extraports” element
 *
 * Returns: the state; %ROAD_PORT_UNKNOWN for states of other kinds of scan, as “open|filtered”
 */
RoadPortState
road_xml_attributes_get_port_state (const RoadXmlAttributes *self)
{
  return road_port_state_from_string (road_xml_attributes_get (self, "state"));
}

/* Reads a “reason”. For several ports nmap uses the plural ("resets", "port-unreaches"; reason.cc), and
 * masscan names all flags of the packet ("rst-ack").
 * Returns: the reason; %ROAD_REASON_NONE if it is unknown */
RoadReason
road_xml_attributes_get_reason (const RoadXmlAttributes *self)
{
  static const char *const endings[] = { "", "s", "es" };
  const char *text = road_xml_attributes_get (self, "reason");
  RoadReason reason;

  if (text == NULL)
    return ROAD_REASON_NONE;
  if (g_str_has_prefix (text, "rst"))
    return ROAD_REASON_RESET;
  if (g_str_has_prefix (text, "syn-ack"))
    return ROAD_REASON_SYN_ACK;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *singular = NULL;

      if (!g_str_has_suffix (text, endings[i]))
        continue;
      singular = g_strndup (text, strlen (text) - strlen (endings[i]));
      if (road_reason_from_string (singular, &reason))
        return reason;
    }

  return ROAD_REASON_NONE;
}

/**
 * road_xml_attributes_read_ports:
 * @ports: (out) (transfer full): the ports; %NULL if the attribute is missing or empty
 * @error: (nullable): %ROAD_ERROR_FORMAT
 *
 * Reads numbers and ranges of ports.
 */
gboolean
road_xml_attributes_read_ports (const RoadXmlAttributes *self,
                                const char *name,
                                RoadPortSet **ports,
                                GError **error)
{
  const char *text = road_xml_attributes_get (self, name);
  g_autofree char *excerpt = NULL;

  *ports = NULL;
  if (text == NULL || *text == '\0')
    return TRUE;

  /* Only numbers: in other programs a service name may stand for other ports. */
  if (text[strspn (text, "0123456789,-")] == '\0')
    *ports = road_port_set_parse (text, NULL);
  if (*ports != NULL)
    return TRUE;

  excerpt = road_text_excerpt (text);
  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” is not a list of ports"), excerpt);
  return FALSE;
}

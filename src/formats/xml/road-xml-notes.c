/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-xml-notes.h"

/* Returns: how sure the scanner was that the service has the name; 0 if it only looked it up by number */
static guint8
get_confidence (const RoadXmlAttributes *attributes, const RoadService *found)
{
  const char *confidence = road_xml_attributes_get (attributes, "conf");
  guint64 number = ROAD_SERVICE_MAX_CONFIDENCE;

  if (g_strcmp0 (road_xml_attributes_get (attributes, "method"), "probed") == 0)
    {
      if (confidence != NULL)
        number = g_ascii_strtoull (confidence, NULL, 10);
      return (guint8) CLAMP (number, 1, ROAD_SERVICE_MAX_CONFIDENCE);
    }

  return found->product != NULL || found->version != NULL || found->extra_info != NULL
             ? ROAD_SERVICE_MAX_CONFIDENCE
             : 0;
}

/**
 * road_xml_notes_take_service:
 * @attributes: those of a “service” element
 *
 * Reads what nmap found out about a service. Names that it only looked up by port number are ignored in
 * favour of our own table. masscan writes an element for each part of a banner ("title", "X509"), which
 * becomes a note.
 */
void
road_xml_notes_take_service (RoadHost *host, guint16 port, const RoadXmlAttributes *attributes)
{
  const char *name = road_xml_attributes_get (attributes, "name");
  const char *banner = road_xml_attributes_get (attributes, "banner");
  g_autofree char *tunnelled = NULL;
  RoadService found = {
    .port = port,
    .product = (char *) road_xml_attributes_get (attributes, "product"),
    .version = (char *) road_xml_attributes_get (attributes, "version"),
    .extra_info = (char *) road_xml_attributes_get (attributes, "extrainfo"),
  };

  g_return_if_fail (ROAD_IS_HOST (host));

  if (banner != NULL)
    {
      road_host_add_note (host, port, name != NULL ? name : "banner", banner);
      return;
    }

  found.confidence = get_confidence (attributes, &found);
  if (g_strcmp0 (road_xml_attributes_get (attributes, "method"), "probed") != 0)
    name = NULL;
  else if (name != NULL && g_strcmp0 (road_xml_attributes_get (attributes, "tunnel"), "ssl") == 0)
    tunnelled = g_strconcat ("ssl/", name, NULL);
  found.name = tunnelled != NULL ? tunnelled : (char *) name;
  if (found.confidence > 0)
    road_host_add_services (host, &found, 1);
}

/**
 * road_xml_notes_take_script:
 * @port: a port, or %ROAD_NOTE_HOST
 * @attributes: those of a “script” element
 */
void
road_xml_notes_take_script (RoadHost *host, int port, const RoadXmlAttributes *attributes)
{
  const char *name = road_xml_attributes_get (attributes, "id");
  const char *text = road_xml_attributes_get (attributes, "output");

  if (name != NULL && text != NULL)
    road_host_add_note (host, port, name, text);
}

/**
 * road_xml_notes_take_system:
 * @table: where @host is
 * @attributes: those of an “osmatch” element
 *
 * Reads nmap's guess at the operating system. The first of several is the best.
 */
void
road_xml_notes_take_system (RoadXmlHostTable *table,
                            RoadHost *host,
                            const RoadXmlAttributes *attributes)
{
  const char *name = road_xml_attributes_get (attributes, "name");
  const char *accuracy = road_xml_attributes_get (attributes, "accuracy");
  g_autofree char *text = NULL;

  g_return_if_fail (ROAD_IS_HOST (host));

  if (name == NULL || !road_xml_host_table_begin_system (table, host))
    return;

  if (accuracy != NULL && !g_str_equal (accuracy, "100"))
    text = g_strdup_printf ("%s (%s%%)", name, accuracy);
  road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_OS, text != NULL ? text : name);
}

/**
 * road_xml_notes_take_number:
 * @note: the name of the note
 * @attribute: the attribute with the number
 * @error: (nullable): %ROAD_ERROR_FORMAT, without a line
 */
gboolean
road_xml_notes_take_number (RoadHost *host,
                            const char *note,
                            const RoadXmlAttributes *attributes,
                            const char *attribute,
                            GError **error)
{
  guint64 number = G_MAXUINT64;
  g_autofree char *text = NULL;

  g_return_val_if_fail (ROAD_IS_HOST (host), FALSE);

  if (!road_xml_attributes_read_number (attributes, attribute, G_MAXUINT32, &number, error))
    return FALSE;
  if (number == G_MAXUINT64)
    return TRUE;

  text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  road_host_add_note (host, ROAD_NOTE_HOST, note, text);

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-xml-tag.h"

#include "formats/road-text-markup.h"

/**
 * road_xml_add_text:
 * @out: where to append, within a tag
 * @name: an attribute's name
 * @text: its value: any bytes
 *
 * Appends an attribute.
 */
void
road_xml_add_text (GString *out, const char *name, const char *text)
{
  g_return_if_fail (out != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (text != NULL);

  g_string_append_printf (out, " %s=\"", name);
  road_text_append_xml (out, text);
  g_string_append_c (out, '"');
}

/**
 * road_xml_add_integer:
 * @out: where to append, within a tag
 * @name: an attribute's name
 * @number: its value
 *
 * Appends an attribute.
 */
void
road_xml_add_integer (GString *out, const char *name, gint64 number)
{
  g_return_if_fail (out != NULL);
  g_return_if_fail (name != NULL);

  g_string_append_printf (out, " %s=\"%" G_GINT64_FORMAT "\"", name, number);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-json-printer.h"

#include <math.h>

/* JsonGenerator prints every double with 17 digits, so that a latency of 0.073 ms becomes
 * 0.072999999999999995, and it writes invalid JSON for a NaN or a text that is not UTF-8. */

/* Returns how much of a text is ASCII that needs no escape: mostly all of it. */
static gsize
get_plain_length (const char *string)
{
  const char *end = string;

  while (g_ascii_isprint (*end) && *end != '"' && *end != '\\')
    end++;

  return (gsize) (end - string);
}

static void
append_character (GString *out, gunichar c)
{
  if (c == '"' || c == '\\')
    {
      g_string_append_c (out, '\\');
      g_string_append_c (out, (char) c);
    }
  else if (c == '\n')
    g_string_append (out, "\\n");
  else if (c == '\t')
    g_string_append (out, "\\t");
  else if (c <= 0xffff && !g_unichar_isprint (c))
    g_string_append_printf (out, "\\u%04x", c);
  else
    g_string_append_unichar (out, c);
}

static void
append_string (GString *out, const char *string)
{
  g_autofree char *valid = NULL;

  if (!g_utf8_validate (string, -1, NULL))
    string = valid = g_utf8_make_valid (string, -1);

  g_string_append_c (out, '"');
  while (*string != '\0')
    {
      gsize n_plain = get_plain_length (string);

      g_string_append_len (out, string, (gssize) n_plain);
      string += n_plain;
      if (*string == '\0')
        break;

      append_character (out, g_utf8_get_char (string));
      string = g_utf8_next_char (string);
    }
  g_string_append_c (out, '"');
}

static void
append_double (GString *out, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    {
      g_string_append (out, "null");
      return;
    }

  g_ascii_formatd (buffer, sizeof buffer, "%.15g", number);
  if (g_ascii_strtod (buffer, NULL) != number)
    g_ascii_dtostr (buffer, sizeof buffer, number);
  g_string_append (out, buffer);
}

static void
append_value (GString *out, JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      append_string (out, json_node_get_string (node));
      break;
    case G_TYPE_BOOLEAN:
      g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
      break;
    case G_TYPE_DOUBLE:
      append_double (out, json_node_get_double (node));
      break;
    default:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
      break;
    }
}

static void
append_object (GString *out, JsonObject *object)
{
  g_autoptr (GList) members = json_object_get_members (object);

  g_string_append_c (out, '{');
  for (GList *l = members; l != NULL; l = l->next)
    {
      append_string (out, l->data);
      g_string_append (out, ": ");
      road_json_append_node (out, json_object_get_member (object, l->data));
      if (l->next != NULL)
        g_string_append (out, ", ");
    }
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, JsonArray *array)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      road_json_append_node (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

/* Writes a tree of any depth on one line: valid UTF-8 without control characters, numbers as short as
 * possible without loss and with a decimal point in every locale. */
void
road_json_append_node (GString *out, JsonNode *node)
{
  g_return_if_fail (out != NULL);
  g_return_if_fail (node != NULL);

  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (out, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      append_array (out, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      append_value (out, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (out, "null");
      break;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-json-fields.h"

#include <glib/gi18n.h>
#include <math.h>

#include "engine/base/road-error.h"

/* The largest integer that every JSON reader reads exactly (RFC 8259, section 6). */
#define MAX_SAFE_INTEGER ((G_GUINT64_CONSTANT (1) << 53) - 1)

/**
 * road_json_add_string:
 * @value: (nullable): a string; %NULL adds nothing
 */
void
road_json_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

void
road_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
road_json_add_integer (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/* Returns: (transfer full): a time with its zone, or null */
JsonNode *
road_json_new_time (GDateTime *time)
{
  g_autofree char *text = NULL;

  if (time == NULL)
    return json_node_init_null (json_node_alloc ());

  text = g_date_time_format (time, "%C%y-%m-%dT%H:%M:%S.%f%:z");

  return json_node_init_string (json_node_alloc (), text);
}

/* Adds a number as an integer if every JSON reader reads it exactly, otherwise as a double. */
void
road_json_add_count (JsonBuilder *builder, const char *name, guint64 count)
{
  json_builder_set_member_name (builder, name);
  if (count <= MAX_SAFE_INTEGER)
    json_builder_add_int_value (builder, (gint64) count);
  else
    json_builder_add_double_value (builder, (double) count);
}

/* Readers of the members of untrusted objects; json-glib's own getters print warnings about wrong types. They
 * leave the value unchanged if the member is missing or null, and fail with a one-sentence message if it has
 * the wrong type. The messages have no line; the caller adds it. */

static JsonNode *
find (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/**
 * road_json_as_object:
 * @what: what the node is, for the message
 * @error: (nullable): %ROAD_ERROR_FORMAT if it is not an object
 *
 * Returns: (transfer none) (nullable): the object in @node
 */
JsonObject *
road_json_as_object (JsonNode *node, const char *what, GError **error)
{
  g_return_val_if_fail (node != NULL, NULL);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
               /* Translators: the name of a field of a file, here and below */
               _ ("“%s” must be an object in braces"), what);
  return NULL;
}

/**
 * road_json_read_string:
 * @value: (out): the text, owned by @object
 * @error: (nullable): %ROAD_ERROR_FORMAT
 */
gboolean
road_json_read_string (JsonObject *object, const char *name, const char **value, GError **error)
{
  JsonNode *node = find (object, name);

  if (node == NULL)
    return TRUE;
  if (holds (node, G_TYPE_STRING))
    {
      *value = json_node_get_string (node);
      return TRUE;
    }

  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” must be a string in quotation marks"),
               name);
  return FALSE;
}

gboolean
road_json_read_boolean (JsonObject *object, const char *name, gboolean *value, GError **error)
{
  JsonNode *node = find (object, name);

  if (node == NULL)
    return TRUE;
  if (holds (node, G_TYPE_BOOLEAN))
    {
      *value = json_node_get_boolean (node);
      return TRUE;
    }

  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” must be true or false"), name);
  return FALSE;
}

/**
 * road_json_read_integer:
 * @min: the lowest valid value
 * @max: the highest valid value
 * @value: (out): the number
 * @error: (nullable): %ROAD_ERROR_FORMAT
 *
 * Reads an integer. 80.0 is accepted for 80, because some tools write that.
 */
gboolean
road_json_read_integer (
    JsonObject *object, const char *name, gint64 min, gint64 max, gint64 *value, GError **error)
{
  JsonNode *node = find (object, name);
  g_autofree char *min_text = NULL;
  g_autofree char *max_text = NULL;

  if (node == NULL)
    return TRUE;
  if (holds (node, G_TYPE_INT64))
    {
      gint64 number = json_node_get_int (node);

      if (number >= min && number <= max)
        {
          *value = number;
          return TRUE;
        }
    }
  else if (holds (node, G_TYPE_DOUBLE))
    {
      double number = json_node_get_double (node);

      if (number >= (double) min && number <= (double) max && number == trunc (number))
        {
          *value = (gint64) number;
          return TRUE;
        }
    }

  min_text = g_strdup_printf ("%" G_GINT64_FORMAT, min);
  max_text = g_strdup_printf ("%" G_GINT64_FORMAT, max);
  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
               /* Translators: the name of a field of a file, the lowest and the highest number */
               _ ("“%s” must be a whole number from %s to %s"), name, min_text, max_text);
  return FALSE;
}

/**
 * road_json_read_double:
 * @max: the highest valid value; the lowest is 0
 * @value: (out): the number
 * @error: (nullable): %ROAD_ERROR_FORMAT
 */
gboolean
road_json_read_double (
    JsonObject *object, const char *name, double max, double *value, GError **error)
{
  JsonNode *node = find (object, name);

  if (node == NULL)
    return TRUE;
  if (holds (node, G_TYPE_INT64) || holds (node, G_TYPE_DOUBLE))
    {
      double number = json_node_get_double (node);

      if (number >= 0 && number <= max)
        {
          *value = number;
          return TRUE;
        }
    }

  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
               _ ("“%s” must be a non-negative number that is not too large"), name);
  return FALSE;
}

/**
 * road_json_read_array:
 * @value: (out) (transfer none): the array
 * @error: (nullable): %ROAD_ERROR_FORMAT
 */
gboolean
road_json_read_array (JsonObject *object, const char *name, JsonArray **value, GError **error)
{
  JsonNode *node = find (object, name);

  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      *value = json_node_get_array (node);
      return TRUE;
    }

  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” must be a list in brackets"), name);
  return FALSE;
}

/**
 * road_json_read_object:
 * @value: (out) (transfer none): the object
 * @error: (nullable): %ROAD_ERROR_FORMAT
 */
gboolean
road_json_read_object (JsonObject *object, const char *name, JsonObject **value, GError **error)
{
  JsonNode *node = find (object, name);
  JsonObject *found;

  if (node == NULL)
    return TRUE;

  found = road_json_as_object (node, name, error);
  if (found == NULL)
    return FALSE;

  *value = found;
  return TRUE;
}

/**
 * road_json_read_strings:
 * @value: (out) (transfer full): the strings
 * @error: (nullable): %ROAD_ERROR_FORMAT
 */
gboolean
road_json_read_strings (JsonObject *object, const char *name, GStrv *value, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = NULL;

  if (!road_json_read_array (object, name, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!holds (node, G_TYPE_STRING))
        {
          g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” must be a list of strings"),
                       name);
          return FALSE;
        }
      g_strv_builder_add (builder, json_node_get_string (node));
    }
  *value = g_strv_builder_end (builder);

  return TRUE;
}

/**
 * road_json_require:
 * @value: (nullable): what was read
 * @error: (nullable): %ROAD_ERROR_FORMAT
 *
 * Fails if a required member is missing.
 *
 * Returns: %FALSE if @value is %NULL
 */
gboolean
road_json_require (gconstpointer value, const char *name, GError **error)
{
  if (value != NULL)
    return TRUE;

  g_set_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("“%s” is missing"), name);
  return FALSE;
}

/**
 * road_json_propagate_at:
 * @reason: (transfer full): an error
 * @line: the line of the file, or 0
 *
 * Like g_propagate_error(), and adds the line.
 */
void
road_json_propagate_at (GError **error, GError *reason, guint line)
{
  g_return_if_fail (reason != NULL);

  if (reason->domain != ROAD_ERROR || road_error_get_line (reason) != 0)
    {
      g_propagate_error (error, reason);
      return;
    }

  g_propagate_error (error,
                     road_error_new_at ((RoadError) reason->code, line, 0, "%s", reason->message));
  g_error_free (reason);
}

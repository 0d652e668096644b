/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-json.h"

#include <gio/gio.h>

#define MAX_MS 3600000.0
#define USEC_PER_MSEC 1000

/**
 * sim_json_read_members:
 * @node: an object
 * @members: the members that it may have
 * @n_members: how many there are
 * @data: for the functions of @members
 * @error: which member is wrong
 *
 * Reads an object; a member that nobody knows is an error, since it was meant to do something.
 *
 * Returns: %FALSE with @error if something is wrong
 */
gboolean
sim_json_read_members (
    JsonNode *node, const SimMember *members, guint n_members, gpointer data, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not an object");
      return FALSE;
    }

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autoptr (GError) cause = NULL;
      guint i = 0;

      while (i < n_members && !g_str_equal (members[i].name, name))
        i++;
      if (i < n_members && members[i].read (data, value, &cause))
        continue;

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", name,
                   i == n_members  ? "no such setting"
                   : cause != NULL ? cause->message
                                   : "wrong value");
      return FALSE;
    }

  return TRUE;
}

/**
 * sim_json_read_number:
 * @node: a value
 * @max: the largest that it may be
 * @number: (out): the number
 *
 * Returns: %FALSE if it is no number from 0 to @max
 */
gboolean
sim_json_read_number (JsonNode *node, double max, double *number)
{
  GType type = json_node_get_value_type (node);

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;

  *number = json_node_get_double (node);

  return *number >= 0 && *number <= max;
}

/**
 * sim_json_read_string:
 * @node: a value
 * @string: (out) (transfer none): the string
 *
 * Returns: %FALSE if it is no string
 */
gboolean
sim_json_read_string (JsonNode *node, const char **string)
{
  *string = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  return *string != NULL;
}

/**
 * sim_json_read_ms:
 * @node: a value: a time in ms, up to an hour
 * @us: (out): the time in µs
 *
 * Returns: %FALSE if it is no such number
 */
gboolean
sim_json_read_ms (JsonNode *node, gint64 *us)
{
  double ms;

  if (!sim_json_read_number (node, MAX_MS, &ms))
    return FALSE;

  *us = (gint64) (ms * USEC_PER_MSEC);

  return TRUE;
}

/**
 * sim_json_read_two_ms:
 * @node: a value: an array of two times in ms
 * @first: (out): the first in µs
 * @second: (out): the second in µs
 *
 * Returns: %FALSE if it is no such array
 */
gboolean
sim_json_read_two_ms (JsonNode *node, gint64 *first, gint64 *second)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);

  return json_array_get_length (array) == 2 &&
         sim_json_read_ms (json_array_get_element (array, 0), first) &&
         sim_json_read_ms (json_array_get_element (array, 1), second);
}

static gboolean
read_rate (gpointer data, JsonNode *node, GError **error)
{
  return sim_json_read_number (node, G_MAXINT32, &((SimLimit *) data)->rate);
}

static gboolean
read_burst (gpointer data, JsonNode *node, GError **error)
{
  SimLimit *limit = data;

  return sim_json_read_number (node, G_MAXINT32, &limit->burst) && limit->burst >= 1;
}

/**
 * sim_json_read_limit:
 * @node: a value: an object with rate and burst
 * @limit: (out): the limit
 * @error: what is wrong
 *
 * Returns: %FALSE if it is no such object
 */
gboolean
sim_json_read_limit (JsonNode *node, SimLimit *limit, GError **error)
{
  static const SimMember members[] = { { "rate", read_rate }, { "burst", read_burst } };

  *limit = (SimLimit){ .burst = 1 };

  return sim_json_read_members (node, members, G_N_ELEMENTS (members), limit, error);
}

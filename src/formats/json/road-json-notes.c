/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-json-notes.h"

#include "road-json-fields.h"

/**
 * road_json_notes_add:
 * @builder: within the object of a host
 * @host: the host
 *
 * Writes the notes of another scanner as the member “notes”, if there are any.
 */
void
road_json_notes_add (JsonBuilder *builder, RoadHost *host)
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
        {
          json_builder_set_member_name (builder, "port");
          json_builder_add_int_value (builder, note->port);
        }
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, note->name);
      json_builder_set_member_name (builder, "text");
      json_builder_add_string_value (builder, note->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * road_json_notes_read:
 * @object: a host's object
 * @host: the host to add its notes to
 * @error: (nullable): %ROAD_ERROR_FORMAT, without a line
 *
 * Reads what road_json_notes_add() wrote.
 *
 * Returns: %FALSE on error
 */
gboolean
road_json_notes_read (JsonObject *object, RoadHost *host, GError **error)
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-json-service.h"

#include "engine/report/road-tls.h"
#include "road-json-fields.h"

static void
add_time (JsonBuilder *builder, const char *name, gint64 time)
{
  g_autoptr (GDateTime) date = time != 0 ? g_date_time_new_from_unix_utc (time) : NULL;
  g_autofree char *text = date != NULL ? g_date_time_format_iso8601 (date) : NULL;

  road_json_add_string (builder, name, text);
}

/* What the notes say, in members of its own for those who evaluate it. The reader takes it from the notes. */
static void
add_tls (JsonBuilder *builder, const RoadTls *tls)
{
  json_builder_set_member_name (builder, "tls");
  json_builder_begin_object (builder);
  road_json_add_string (builder, "protocol", tls->protocol);
  road_json_add_string (builder, "alpn", tls->alpn);
  road_json_add_string (builder, "subject", tls->subject);
  road_json_add_string (builder, "issuer", tls->issuer);
  json_builder_set_member_name (builder, "names");
  json_builder_begin_array (builder);
  for (guint i = 0; tls->names[i] != NULL; i++)
    json_builder_add_string_value (builder, tls->names[i]);
  json_builder_end_array (builder);
  add_time (builder, "not_before", tls->not_before);
  add_time (builder, "not_after", tls->not_after);
  road_json_add_string (builder, "key_type", tls->key_type);
  if (tls->key_bits != 0)
    road_json_add_integer (builder, "key_bits", tls->key_bits);
  road_json_add_string (builder, "fingerprint", tls->fingerprint);
  json_builder_end_object (builder);
}

/**
 * road_json_service_add:
 * @builder: in the object of @port
 *
 * Adds what is known about the service on @port, without its notes.
 */
void
road_json_service_add (JsonBuilder *builder, RoadHost *host, guint16 port)
{
  const RoadService *found = road_host_get_service (host, port);
  g_autoptr (RoadTls) tls = road_tls_new_from_notes (host, port);

  road_json_add_string (builder, "service", road_host_get_service_name (host, port));
  if (found != NULL)
    {
      road_json_add_string (builder, "version", found->text);
      road_json_add_string (builder, "product", found->product);
      road_json_add_string (builder, "product_version", found->version);
      road_json_add_string (builder, "extra_info", found->extra_info);
      if (found->confidence > 0)
        road_json_add_integer (builder, "confidence", found->confidence);
    }
  if (tls != NULL)
    add_tls (builder, tls);
}

/**
 * road_json_service_read:
 * @object: the object of @port
 * @error: (nullable): %ROAD_ERROR_FORMAT, without a line
 *
 * Reads what road_json_service_add() wrote. Files of earlier versions have only “service” and “version”.
 *
 * Returns: %FALSE on error
 */
gboolean
road_json_service_read (JsonObject *object, RoadHost *host, guint16 port, GError **error)
{
  const char *name = NULL, *text = NULL, *product = NULL, *version = NULL, *extra_info = NULL;
  gint64 confidence = 0;
  RoadService found = { .port = port };

  if (!road_json_read_string (object, "service", &name, error) ||
      !road_json_read_string (object, "version", &text, error) ||
      !road_json_read_string (object, "product", &product, error) ||
      !road_json_read_string (object, "product_version", &version, error) ||
      !road_json_read_string (object, "extra_info", &extra_info, error) ||
      !road_json_read_integer (object, "confidence", 0, ROAD_SERVICE_MAX_CONFIDENCE, &confidence,
                               error))
    return FALSE;

  if (confidence == 0)
    {
      road_host_set_service (host, port, name, text);
      return TRUE;
    }

  found.confidence = (guint8) confidence;
  found.name = (char *) name;
  found.product = (char *) product;
  found.version = (char *) version;
  found.extra_info = (char *) extra_info;
  road_host_add_services (host, &found, 1);

  return TRUE;
}

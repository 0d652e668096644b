/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-journal-records.h"

/* The record of what a port was found to be. It stands after the record that the port is open. */

#define SERVICE_TYPE "(ayqyssssa(ss))"

/* GVariant has no %NULL where it has a string. */
static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static char *
or_null (const char *text)
{
  return *text != '\0' ? (char *) text : NULL;
}

/* Returns: (transfer floating): what is known about @port by talking to it */
GVariant *
road_record_new_service (RoadHost *host, guint16 port)
{
  static const RoadService nothing = { 0 };
  const RoadService *service;
  GVariantBuilder notes;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);

  service = road_host_get_service (host, port);
  if (service == NULL)
    service = &nothing;

  g_variant_builder_init (&notes, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = road_host_find_note (host, port); i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port != port)
        break;
      g_variant_builder_add (&notes, "(ss)", note->name, note->text);
    }

  return road_record_new (ROAD_RECORD_SERVICE,
                          g_variant_new ("(@ayqyssssa(ss))",
                                         road_record_pack_address (road_host_get_address (host)),
                                         port, service->confidence, or_empty (service->name),
                                         or_empty (service->product), or_empty (service->version),
                                         or_empty (service->extra_info), &notes));
}

/* Returns: whether the record is of a service; @address is that of its host */
gboolean
road_record_get_service_address (GVariant *record, RoadAddress *address)
{
  g_autoptr (GVariant) content =
      road_record_get_content (record, ROAD_RECORD_SERVICE, SERVICE_TYPE);
  g_autoptr (GVariant) bytes = NULL;

  if (content == NULL)
    return FALSE;

  bytes = g_variant_get_child_value (content, 0);

  return road_record_unpack_address (bytes, address) && address->length != 0;
}

/**
 * road_record_get_service:
 * @host: the host of the record, to which its service is added
 *
 * Returns: whether it is of an open port of @host
 */
gboolean
road_record_get_service (GVariant *record, RoadHost *host)
{
  g_autoptr (GVariant) content =
      road_record_get_content (record, ROAD_RECORD_SERVICE, SERVICE_TYPE);
  g_autoptr (GVariantIter) notes = NULL;
  const char *name, *product, *version, *extra_info, *text;
  RoadService service = { 0 };
  RoadPortResult result;

  if (content == NULL)
    return FALSE;

  g_variant_get (content, "(ayqy&s&s&s&sa(ss))", NULL, &service.port, &service.confidence, &name,
                 &product, &version, &extra_info, &notes);
  if (service.confidence > ROAD_SERVICE_MAX_CONFIDENCE ||
      !road_host_get_result (host, service.port, &result) || result.state != ROAD_PORT_OPEN)
    return FALSE;

  service.name = or_null (name);
  service.product = or_null (product);
  service.version = or_null (version);
  service.extra_info = or_null (extra_info);
  if (service.confidence > 0)
    road_host_add_services (host, &service, 1);
  while (g_variant_iter_next (notes, "(&s&s)", &name, &text))
    road_host_add_note (host, service.port, name, text);

  return TRUE;
}

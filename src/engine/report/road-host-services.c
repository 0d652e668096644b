/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/ports/road-services.h"
#include "road-host-private.h"

/* What is known about the services of a host. */

/* A port that is still open may not have been asked what it is this time: then what is known stays. */
void
road_host_replace_services (RoadHost *self, RoadHost *newer)
{
  g_autoptr (RoadPortSet) replaced = road_host_extra_dup_ports (newer->extra);

  for (guint i = 0; i < newer->ports.groups->len; i++)
    {
      const RoadPortGroup *group = &g_array_index (newer->ports.groups, RoadPortGroup, i);
      RoadPortSet *all;

      if (group->state == ROAD_PORT_OPEN)
        continue;
      all = road_port_set_union (replaced, group->ports);
      road_port_set_unref (replaced);
      replaced = all;
    }

  if (self->extra == NULL && newer->extra == NULL)
    return;

  road_host_extra_replace (road_host_ensure_extra (self), newer->extra, replaced);
  g_object_notify (G_OBJECT (self), "n-notes");
}

/**
 * road_host_set_service:
 * @name: (nullable): nmap's name of the service that was found; the prefix “ssl/” says that it uses TLS
 * @version: (nullable): the program and its version in one text
 *
 * Adds what another scanner found out by talking to a port. A name that is usual for the port is not kept.
 */
void
road_host_set_service (RoadHost *self, guint16 port, const char *name, const char *version)
{
  const RoadService found = {
    .port = port,
    .confidence = ROAD_SERVICE_MAX_CONFIDENCE,
    .name = g_strcmp0 (name, road_services_get_name (port)) != 0 ? (char *) name : NULL,
    .product = (char *) version,
  };

  g_return_if_fail (ROAD_IS_HOST (self));

  if (found.name != NULL || version != NULL)
    road_host_extra_set_service (road_host_ensure_extra (self), &found);
}

/**
 * road_host_add_services:
 * @services: (array length=n_services): what was found out about ports by talking to them; copied
 *
 * Adds to what is known about the ports. Call it for batches: the host is shown again each time.
 */
void
road_host_add_services (RoadHost *self, const RoadService *services, gsize n_services)
{
  g_return_if_fail (ROAD_IS_HOST (self));
  g_return_if_fail (services != NULL || n_services == 0);

  for (gsize i = 0; i < n_services; i++)
    road_host_extra_set_service (road_host_ensure_extra (self), &services[i]);
  if (n_services > 0)
    g_signal_emit_by_name (self, "ports-changed");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-group-text.h"

#include "engine/base/road-text-escape.h"

#include <glib/gi18n.h>

/* Returns: (transfer full): "22 · ssh" */
char *
road_group_text_port_and_service (RoadHost *host, guint16 port)
{
  const char *name = road_host_get_service_name (host, port);
  g_autofree char *escaped = name != NULL ? road_text_label (name) : NULL;

  return escaped != NULL ? g_strdup_printf ("%u · %s", port, escaped)
                         : g_strdup_printf ("%u", port);
}

/* Returns: (transfer full): "22 · ssh", or for a group by service "ssh" */
char *
road_group_text_title (RoadGroup *group)
{
  const char *name = road_group_get_service (group);
  g_autofree char *service = name != NULL ? road_text_label (name) : NULL;

  if (!road_group_is_port (group))
    /* Translators: a group of ports whose service is not known */
    return service != NULL ? g_steal_pointer (&service) : g_strdup (_ ("Other services"));

  return service != NULL ? g_strdup_printf ("%u · %s", road_group_get_port (group), service)
                         : g_strdup_printf ("%u", road_group_get_port (group));
}

/* Returns: (transfer full): "80 hosts" */
char *
road_group_text_hosts (RoadGroup *group)
{
  const guint n_hosts = road_group_get_n_hosts (group);

  return g_strdup_printf (ngettext ("%'u host", "%'u hosts", n_hosts), n_hosts);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-lookup.h"

#include "engine/base/road-error.h"
#include "engine/ports/road-services.h"

#include <glib/gi18n.h>
#include <string.h>

static int
look_up_number (const char *text, GError **error)
{
  guint64 port;

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &port, NULL))
    return (int) port;

  g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
               /* Translators: what the user typed, digits */
               _ ("There is no port %s: ports are numbered from 0 to 65535."), text);

  return -1;
}

/* A service may use another port than usual. */
static int
find_on_host (const char *name, RoadHost *host)
{
  g_autoptr (GArray) open = road_host_get_listed (host, TRUE);

  for (guint i = 0; i < open->len; i++)
    {
      const guint16 port = g_array_index (open, RoadPortResult, i).port;
      const char *service = road_host_get_service_name (host, port);

      if (service != NULL && g_ascii_strcasecmp (service, name) == 0)
        return port;
    }

  return -1;
}

static int
find_usual (const char *name)
{
  g_autoptr (GArray) ports = g_array_new (FALSE, FALSE, sizeof (guint16));
  int least = -1;

  if (strpbrk (name, "*?") != NULL)
    return -1;

  road_services_find (name, ports);
  for (guint i = 0; i < ports->len; i++)
    {
      const int port = g_array_index (ports, guint16, i);

      least = least == -1 ? port : MIN (least, port);
    }

  return least;
}

/**
 * road_port_lookup:
 * @text: the number of a port or the name of a service, as the user has typed it
 * @host: (nullable): where an open port with that service is preferred
 *
 * Returns: the port; -1 with @error, a sentence for the user, if there is none
 */
int
road_port_lookup (const char *text, RoadHost *host, GError **error)
{
  g_autofree char *name = NULL;
  int port;

  g_return_val_if_fail (text != NULL, -1);
  g_return_val_if_fail (host == NULL || ROAD_IS_HOST (host), -1);

  name = g_strstrip (g_strdup (text));
  if (*name == '\0')
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                           _ ("Type the number of a port or the name of a service."));
      return -1;
    }

  if (name[strspn (name, "0123456789")] == '\0')
    return look_up_number (name, error);

  port = host != NULL ? find_on_host (name, host) : -1;
  if (port == -1)
    port = find_usual (name);
  if (port == -1)
    /* Translators: what the user typed */
    g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX, _ ("No service is called “%s”."), name);

  return port;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-uri.h"

#include <string.h>

/* How other programs are told of a port. */

/* The schemes of the services that programs of the desktop open. */
static const struct
{
  const char *service;
  const char *scheme;
  guint16 usual_port;
} schemes[] = {
  { "afpovertcp", "afp", 548 },   { "ftp", "ftp", 21 },
  { "http", "http", 80 },         { "http-alt", "http", 80 },
  { "http-dev", "http", 80 },     { "http-proxy", "http", 80 },
  { "https", "https", 443 },      { "https-alt", "https", 443 },
  { "microsoft-ds", "smb", 445 }, { "ms-wbt-server", "rdp", 3389 },
  { "nfs", "nfs", 2049 },         { "rtsp", "rtsp", 554 },
  { "ssh", "ssh", 22 },           { "ssl/http", "https", 443 },
  { "telnet", "telnet", 23 },     { "vnc", "vnc", 5900 },
};

/* What the user calls the host, which certificates and web servers may need. */
static const char *
get_host_name (RoadHost *host)
{
  const char *name = road_host_get_user_name (host);

  return name != NULL ? name : road_host_get_address_string (host);
}

/* Returns: (transfer full) (nullable): the URI of the service on @port; %NULL if there is none */
char *
road_port_uri_make (RoadHost *host, guint16 port)
{
  const char *service;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);

  service = road_host_get_service_name (host, port);
  for (guint i = 0; service != NULL && i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_str_equal (schemes[i].service, service))
        return g_uri_join (G_URI_FLAGS_NONE, schemes[i].scheme, NULL, get_host_name (host),
                           port == schemes[i].usual_port ? -1 : port, "/", NULL, NULL);
    }

  return NULL;
}

/* Returns: (transfer full): host and port: "nas.lan:443", "[fe80::1]:443" */
char *
road_port_uri_make_place (RoadHost *host, guint16 port)
{
  const char *name;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);

  name = get_host_name (host);

  return g_strdup_printf (strchr (name, ':') != NULL ? "[%s]:%d" : "%s:%d", name, port);
}

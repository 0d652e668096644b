/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-opener.h"

#include <gio/gio.h>
#include <string.h>

#define TLS_PREFIX "ssl/" /* nmap's, for a service that was found behind TLS */

/* Of IANA and nmap. Others that begin with "http" are no web pages, such as http-rpc-epmap. */
static const char *const web_services[] = { "http", "http-alt", "http-proxy", "http-mgmt",
                                            "www",  "www-http", NULL };
static const char *const tls_services[] = { "https", "https-alt", NULL };

/* Only open ports can be opened. */
static const char *
get_service (RoadPortRow *row)
{
  const RoadPortResult *result = road_port_row_get_result (row);

  if (road_port_row_is_count (row) || result->state != ROAD_PORT_OPEN)
    return NULL;

  return road_host_get_service_name (road_port_row_get_host (row), result->port);
}

/* Returns: (nullable): "http", "https" or "ssh" */
static const char *
get_scheme (RoadPortRow *row)
{
  const char *service = get_service (row);

  if (service == NULL)
    return NULL;
  if (g_str_equal (service, "ssh"))
    return "ssh";
  if (g_strv_contains (tls_services, service))
    return "https";
  if (g_str_has_prefix (service, TLS_PREFIX) &&
      g_strv_contains (web_services, service + strlen (TLS_PREFIX)))
    return "https";

  return g_strv_contains (web_services, service) ? "http" : NULL;
}

/* Servers may have several sites, which they tell apart by the name. */
static const char *
get_name (RoadHost *host)
{
  const char *name = road_host_get_user_name (host);

  return name != NULL ? name : road_host_get_address_string (host);
}

static int
get_default_port (const char *scheme)
{
  return g_str_equal (scheme, "ssh") ? 22 : g_str_equal (scheme, "https") ? 443 : 80;
}

RoadOpenerKind
road_result_opener_get_kind (RoadPortRow *row)
{
  const char *scheme;

  g_return_val_if_fail (ROAD_IS_PORT_ROW (row), ROAD_OPENER_COPY);

  scheme = get_scheme (row);
  if (scheme == NULL)
    return ROAD_OPENER_COPY;

  return g_str_equal (scheme, "ssh") ? ROAD_OPENER_SSH : ROAD_OPENER_BROWSER;
}

/* Returns: (transfer full) (nullable): the URI of an open port with the name that the user gave, if any:
 * "http://[fe80::1]:8080/" */
char *
road_result_opener_make_uri (RoadPortRow *row)
{
  const char *scheme;
  guint16 port;

  g_return_val_if_fail (ROAD_IS_PORT_ROW (row), NULL);

  scheme = get_scheme (row);
  if (scheme == NULL)
    return NULL;

  port = road_port_row_get_result (row)->port;

  return g_uri_join (G_URI_FLAGS_NONE, scheme, NULL, get_name (road_port_row_get_host (row)),
                     port == get_default_port (scheme) ? -1 : port,
                     g_str_equal (scheme, "ssh") ? "" : "/", NULL, NULL);
}

/* Returns: (transfer full): what is copied of a port that is not opened: "ssh -p 2222 nas.lan",
 * "192.0.2.1:5432" or "[2001:db8::1]:5432" */
char *
road_result_opener_make_text (RoadPortRow *row)
{
  const char *name;
  guint16 port;

  g_return_val_if_fail (ROAD_IS_PORT_ROW (row), NULL);

  name = get_name (road_port_row_get_host (row));
  port = road_port_row_get_result (row)->port;
  if (road_result_opener_get_kind (row) == ROAD_OPENER_SSH)
    return port == 22 ? g_strdup_printf ("ssh %s", name)
                      : g_strdup_printf ("ssh -p %u %s", port, name);

  return strchr (name, ':') != NULL ? g_strdup_printf ("[%s]:%u", name, port)
                                    : g_strdup_printf ("%s:%u", name, port);
}

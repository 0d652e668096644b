/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-local-network.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

/* Of a larger network only this part around our own address is offered: 254 hosts. */
#define LONGEST_NETMASK 0xffffff00u

/* The networks of containers and virtual machines are not what people call "my network". */
static const char *const virtual_interfaces[] = { "docker", "br-",   "veth",   "virbr",
                                                  "vbox",   "vmnet", "podman", "cni" };

static gboolean
is_private (guint32 address)
{
  /* RFC 1918 */
  return (address & 0xff000000u) == 0x0a000000u || (address & 0xfff00000u) == 0xac100000u ||
         (address & 0xffff0000u) == 0xc0a80000u;
}

static gboolean
is_virtual (const char *interface)
{
  for (guint i = 0; i < G_N_ELEMENTS (virtual_interfaces); i++)
    {
      if (g_str_has_prefix (interface, virtual_interfaces[i]))
        return TRUE;
    }

  return FALSE;
}

/* Returns: (transfer full) (nullable): the network of an own address, or the part around it if the
 * network is large, as "192.168.1.0/24"; %NULL if it is not private or has no other addresses. Both
 * arguments are in host byte order. */
char *
road_local_network_from_address (guint32 address, guint32 netmask)
{
  guint32 network;
  int prefix = 0;

  if (!is_private (address) || netmask > 0xfffffffcu)
    return NULL;

  netmask |= LONGEST_NETMASK;
  network = address & netmask;
  for (guint32 bits = netmask; bits != 0; bits <<= 1)
    prefix++;

  return g_strdup_printf ("%u.%u.%u.%u/%d", network >> 24, (network >> 16) & 0xff,
                          (network >> 8) & 0xff, network & 0xff, prefix);
}

/* Returns: (transfer full): an own address as a text; %NULL if it is not private */
static char *
format_address (guint32 address, guint32 netmask)
{
  return is_private (address)
             ? g_strdup_printf ("%u.%u.%u.%u", address >> 24, (address >> 16) & 0xff,
                                (address >> 8) & 0xff, address & 0xff)
             : NULL;
}

/* Collects what @describe makes of the address and netmask of each interface, if that is not %NULL. */
static GStrv
list_interfaces (char *(*describe) (guint32 address, guint32 netmask))
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  struct ifaddrs *addresses = NULL;

  if (getifaddrs (&addresses) != 0)
    return g_strv_builder_end (builder);

  for (struct ifaddrs *i = addresses; i != NULL; i = i->ifa_next)
    {
      char *text;

      if (i->ifa_addr == NULL || i->ifa_netmask == NULL || i->ifa_addr->sa_family != AF_INET ||
          (i->ifa_flags & IFF_UP) == 0 || (i->ifa_flags & IFF_LOOPBACK) != 0 ||
          is_virtual (i->ifa_name))
        continue;

      text = describe (ntohl (((struct sockaddr_in *) (gpointer) i->ifa_addr)->sin_addr.s_addr),
                       ntohl (((struct sockaddr_in *) (gpointer) i->ifa_netmask)->sin_addr.s_addr));

      if (text != NULL && g_hash_table_add (known, text))
        g_strv_builder_add (builder, text);
    }

  freeifaddrs (addresses);

  return g_strv_builder_end (builder);
}

/* Returns: (transfer full): %NULL-terminated: the private IPv4 networks of this computer's addresses.
 * Does not block and sends nothing. */
GStrv
road_local_network_list (void)
{
  return list_interfaces (road_local_network_from_address);
}

/* Returns: (transfer full): %NULL-terminated: the private IPv4 addresses that this computer has in networks.
 * Does not block and sends nothing. */
GStrv
road_local_network_list_own (void)
{
  return list_interfaces (format_address);
}

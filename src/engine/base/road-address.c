/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-address.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <string.h>

#include "road-syntax.h"

/* A zone is the name of an interface or its index, as some programs print it; a name that looks like a number
 * takes precedence, as in getaddrinfo(). */
static guint32
parse_zone (const char *zone)
{
  guint index = if_nametoindex (zone);

  if (index == 0 && !road_syntax_parse_number (zone, zone + strlen (zone), G_MAXUINT32, &index))
    return 0;

  return index;
}

/**
 * road_address_parse:
 * @address: (out): the address; unchanged if @text is none
 * @text: an IPv4 or IPv6 address in numbers, as inet_pton() takes it; a link-local IPv6 address can
 *   have a zone (“fe80::1%eth0”, “fe80::1%2”), which must be an interface of this machine
 *
 * Returns: whether @text is an address
 */
gboolean
road_address_parse (RoadAddress *address, const char *text)
{
  const char *percent;
  char numbers[INET6_ADDRSTRLEN];
  RoadAddress result = ROAD_ADDRESS_NONE;
  gsize length;

  g_return_val_if_fail (address != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  percent = strchr (text, '%');
  length = percent != NULL ? (gsize) (percent - text) : strlen (text);
  if (length >= sizeof numbers)
    return FALSE;
  memcpy (numbers, text, length);
  numbers[length] = '\0';

  if (percent == NULL && inet_pton (AF_INET, numbers, result.bytes) == 1)
    result.length = 4;
  else if (inet_pton (AF_INET6, numbers, result.bytes) == 1)
    result.length = 16;
  else
    return FALSE;

  if (percent != NULL)
    {
      if (!road_address_is_link_local (&result))
        return FALSE;
      result.scope_id = parse_zone (percent + 1);
      if (result.scope_id == 0)
        return FALSE;
    }
  *address = result;

  return TRUE;
}

/**
 * road_address_set_inet:
 * @address: (out): the address
 * @inet: where to copy it from
 * @scope_id: the zone of a link-local IPv6 address, which #GInetAddress does not have, or 0
 */
void
road_address_set_inet (RoadAddress *address, GInetAddress *inet, guint32 scope_id)
{
  gsize length;

  g_return_if_fail (address != NULL);
  g_return_if_fail (G_IS_INET_ADDRESS (inet));

  length = g_inet_address_get_native_size (inet);
  g_assert (length == 4 || length == 16);

  memset (address, 0, sizeof *address);
  memcpy (address->bytes, g_inet_address_to_bytes (inet), length);
  address->length = (guint8) length;
  address->scope_id = length == 16 ? scope_id : 0;
}

/* Returns: whether @address is an IPv6 address of a single link (fe80::/10), which means nothing without its
 * zone */
gboolean
road_address_is_link_local (const RoadAddress *address)
{
  g_return_val_if_fail (address != NULL, FALSE);

  return address->length == 16 && address->bytes[0] == 0xfe && (address->bytes[1] & 0xc0) == 0x80;
}

/* Advances @address by @n. After the last address comes the first. */
void
road_address_add (RoadAddress *address, guint64 n)
{
  guint sum = 0;

  g_return_if_fail (address != NULL);

  for (int i = address->length - 1; i >= 0; i--)
    {
      sum = (sum >> 8) + address->bytes[i] + (guint) (n & 0xff);
      address->bytes[i] = (guint8) (sum & 0xff);
      n >>= 8;
    }
}

/* Orders addresses: none, IPv4, IPv6, and those with a zone after those without, so that the addresses of a
 * network are next to each other.
 * Returns: less than, equal to or greater than 0, like strcmp() */
int
road_address_compare (const RoadAddress *a, const RoadAddress *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);

  if (a->length != b->length)
    return a->length < b->length ? -1 : 1;
  if (a->scope_id != b->scope_id)
    return a->scope_id < b->scope_id ? -1 : 1;
  return memcmp (a->bytes, b->bytes, a->length);
}

gboolean
road_address_equal (gconstpointer a, gconstpointer b)
{
  return road_address_compare (a, b) == 0;
}

guint
road_address_hash (gconstpointer address)
{
  const RoadAddress *self = address;
  guint hash = 2166136261U; /* FNV-1a: scatters the low bits, in which neighbours differ */

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->length; i++)
    hash = (hash ^ self->bytes[i]) * 16777619U;

  return hash ^ self->scope_id;
}

/* Returns: (transfer full): the address as road_address_parse() reads it, with the zone of a link-local one
 * (“fe80::1%eth0”); empty for %ROAD_ADDRESS_NONE */
char *
road_address_to_string (const RoadAddress *address)
{
  char numbers[INET6_ADDRSTRLEN];
  char name[IF_NAMESIZE];

  g_return_val_if_fail (address != NULL, NULL);

  if (address->length == 0)
    return g_strdup ("");
  inet_ntop (address->length == 4 ? AF_INET : AF_INET6, address->bytes, numbers, sizeof numbers);
  if (address->scope_id == 0)
    return g_strdup (numbers);
  if (if_indextoname (address->scope_id, name) == NULL)
    return g_strdup_printf ("%s%%%u", numbers, address->scope_id);

  return g_strdup_printf ("%s%%%s", numbers, name);
}

/* Returns: (transfer full): the address without its zone */
GInetAddress *
road_address_to_inet (const RoadAddress *address)
{
  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (address->length != 0, NULL);

  return g_inet_address_new_from_bytes (address->bytes, address->length == 4
                                                            ? G_SOCKET_FAMILY_IPV4
                                                            : G_SOCKET_FAMILY_IPV6);
}

/**
 * road_address_set_native:
 * @address: (out): the address, without its zone; %ROAD_ADDRESS_NONE if @native is none
 * @native: a struct sockaddr of any family
 * @port: (out): the port
 *
 * Returns: whether @native is an IPv4 or IPv6 address
 */
gboolean
road_address_set_native (RoadAddress *address, gconstpointer native, guint16 *port)
{
  const struct sockaddr *sockaddr = native;

  g_return_val_if_fail (address != NULL, FALSE);
  g_return_val_if_fail (native != NULL && port != NULL, FALSE);

  *address = ROAD_ADDRESS_NONE;
  *port = 0;

  if (sockaddr->sa_family == AF_INET)
    {
      const struct sockaddr_in *in = native;

      address->length = sizeof in->sin_addr;
      memcpy (address->bytes, &in->sin_addr, sizeof in->sin_addr);
      *port = g_ntohs (in->sin_port);
    }
  else if (sockaddr->sa_family == AF_INET6)
    {
      const struct sockaddr_in6 *in6 = native;

      address->length = sizeof in6->sin6_addr;
      memcpy (address->bytes, &in6->sin6_addr, sizeof in6->sin6_addr);
      *port = g_ntohs (in6->sin6_port);
    }

  return address->length != 0;
}

gsize
road_address_get_native_size (const RoadAddress *address)
{
  g_return_val_if_fail (address != NULL, 0);

  return address->length == 16 ? sizeof (struct sockaddr_in6) : sizeof (struct sockaddr_in);
}

/**
 * road_address_to_native:
 * @address: an address, not %ROAD_ADDRESS_NONE
 * @native: (out caller-allocates): a struct sockaddr_in or sockaddr_in6, depending on the address
 */
void
road_address_to_native (const RoadAddress *address, guint16 port, gpointer native)
{
  g_return_if_fail (address != NULL && address->length != 0);
  g_return_if_fail (native != NULL);

  if (address->length == 16)
    {
      struct sockaddr_in6 *in6 = native;

      *in6 = (struct sockaddr_in6){ .sin6_family = AF_INET6,
                                    .sin6_port = g_htons (port),
                                    .sin6_scope_id = address->scope_id };
      memcpy (&in6->sin6_addr, address->bytes, sizeof in6->sin6_addr);
    }
  else
    {
      struct sockaddr_in *in = native;

      *in = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = g_htons (port) };
      memcpy (&in->sin_addr, address->bytes, sizeof in->sin_addr);
    }
}

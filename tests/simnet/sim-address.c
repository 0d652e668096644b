/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-address.h"

#include <arpa/inet.h>
#include <string.h>

#include "sim-hash.h"

/**
 * sim_address_parse:
 * @address: (out): the address
 * @text: an IPv4 or IPv6 address
 *
 * Returns: %FALSE if @text is no address
 */
gboolean
sim_address_parse (SimAddress *address, const char *text)
{
  memset (address, 0, sizeof *address);
  if (inet_pton (AF_INET, text, address->bytes) == 1)
    address->length = 4;
  else if (inet_pton (AF_INET6, text, address->bytes) == 1)
    address->length = 16;

  return address->length != 0;
}

/**
 * sim_address_to_string:
 * @address: an address
 *
 * Returns: (transfer full): the address as text
 */
char *
sim_address_to_string (const SimAddress *address)
{
  char text[INET6_ADDRSTRLEN];

  inet_ntop (address->length == 4 ? AF_INET : AF_INET6, address->bytes, text, sizeof text);

  return g_strdup (text);
}

static guint64
read_bytes (const guint8 *bytes, guint n)
{
  guint64 value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes[i];

  return value;
}

/**
 * sim_address_get_key:
 * @address: an address
 *
 * Returns: a number that stands for the address; no two addresses of a simulated network share one
 */
guint64
sim_address_get_key (const SimAddress *address)
{
  if (address->length == 4)
    return read_bytes (address->bytes, 4);

  return sim_mix (read_bytes (address->bytes, 8)) ^ read_bytes (address->bytes + 8, 8);
}

/**
 * sim_prefix_parse:
 * @prefix: (out): the network
 * @text: a network such as 198.18.0.0/24 or a single address
 *
 * Returns: %FALSE if @text is neither
 */
gboolean
sim_prefix_parse (SimPrefix *prefix, const char *text)
{
  const char *slash = strchr (text, '/');
  g_autofree char *address =
      slash != NULL ? g_strndup (text, (gsize) (slash - text)) : g_strdup (text);
  guint64 n_bits;

  if (!sim_address_parse (&prefix->first, address))
    return FALSE;

  n_bits = prefix->first.length * 8u;
  if (slash != NULL && !g_ascii_string_to_unsigned (slash + 1, 10, 0, n_bits, &n_bits, NULL))
    return FALSE;

  prefix->n_bits = (guint) n_bits;
  for (guint bit = prefix->n_bits; bit < prefix->first.length * 8u; bit++)
    prefix->first.bytes[bit / 8] &= (guint8) ~(0x80 >> bit % 8);

  return TRUE;
}

/**
 * sim_prefix_contains:
 * @prefix: a network
 * @address: an address
 *
 * Returns: whether @address is one of @prefix
 */
gboolean
sim_prefix_contains (const SimPrefix *prefix, const SimAddress *address)
{
  guint n_bytes = prefix->n_bits / 8;
  guint n_left = prefix->n_bits % 8;

  if (prefix->first.length != address->length ||
      memcmp (prefix->first.bytes, address->bytes, n_bytes) != 0)
    return FALSE;

  return n_left == 0 ||
         (prefix->first.bytes[n_bytes] ^ address->bytes[n_bytes]) >> (8 - n_left) == 0;
}

/**
 * sim_prefix_get_n_addresses:
 * @prefix: a network
 *
 * Returns: how many addresses it has; at most 2^63
 */
guint64
sim_prefix_get_n_addresses (const SimPrefix *prefix)
{
  return G_GUINT64_CONSTANT (1) << MIN (prefix->first.length * 8 - prefix->n_bits, 63);
}

/**
 * sim_prefix_get_nth:
 * @prefix: a network
 * @n: an index, less than the number of addresses
 * @address: (out): its address
 *
 * Counts through the addresses of a network.
 */
void
sim_prefix_get_nth (const SimPrefix *prefix, guint64 n, SimAddress *address)
{
  *address = prefix->first;
  for (guint i = address->length; i-- > 0 && n > 0; n >>= 8)
    address->bytes[i] = (guint8) (address->bytes[i] | (n & 0xff));
}

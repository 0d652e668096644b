/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SimAddress:
 * @bytes: the address in network order; an IPv4 address has the first four
 * @length: 4 (IPv4) or 16 (IPv6)
 *
 * An IP address.
 */
typedef struct
{
  guint8 bytes[16];
  guint8 length;
} SimAddress;

/**
 * SimPrefix:
 * @first: its first address
 * @n_bits: how many bits all its addresses have in common
 *
 * A network.
 */
typedef struct
{
  SimAddress first;
  guint n_bits;
} SimPrefix;

gboolean sim_address_parse (SimAddress *address, const char *text);
char *sim_address_to_string (const SimAddress *address);
guint64 sim_address_get_key (const SimAddress *address);

gboolean sim_prefix_parse (SimPrefix *prefix, const char *text);
gboolean sim_prefix_contains (const SimPrefix *prefix, const SimAddress *address);
guint64 sim_prefix_get_n_addresses (const SimPrefix *prefix);
void sim_prefix_get_nth (const SimPrefix *prefix, guint64 n, SimAddress *address);

G_END_DECLS

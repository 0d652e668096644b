/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-neighbours.h"

#include <net/if_arp.h>
#include <stdio.h>
#include <string.h>

/* How long the table that was read is used, in µs: many hosts are looked up at a time. */
#define LIFE (G_USEC_PER_SEC / 4)

struct _RoadNeighbours
{
  GHashTable *addresses; /* IPv4 addresses as numbers */
  gint64 read_at;
};

RoadNeighbours *
road_neighbours_new (void)
{
  RoadNeighbours *self = g_new0 (RoadNeighbours, 1);

  self->addresses = g_hash_table_new (NULL, NULL);

  return self;
}

void
road_neighbours_free (RoadNeighbours *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->addresses);
  g_free (self);
}

static gpointer
get_key (const RoadAddress *address)
{
  guint32 number;

  memcpy (&number, address->bytes, sizeof number);

  return GUINT_TO_POINTER (number);
}

/* Reads the table that proc(5) describes: each line after the first has an address, its hardware type, flags
 * and more. */
static void
read_table (RoadNeighbours *self)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_hash_table_remove_all (self->addresses);
  if (!g_file_get_contents ("/proc/net/arp", &text, NULL, NULL))
    return;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    {
      char string[64];
      RoadAddress address;
      guint flags;

      if (sscanf (lines[i], "%63s %*s %x", string, &flags) == 2 && (flags & ATF_COM) != 0 &&
          road_address_parse (&address, string))
        g_hash_table_add (self->addresses, get_key (&address));
    }
}

/**
 * road_neighbours_contain:
 * @now: the time, in µs of any monotonic clock
 * @address: an address
 *
 * Returns: whether a machine on one of our links has answered ARP for the address; always %FALSE for IPv6,
 *   for which the kernel has no such table in a file
 */
gboolean
road_neighbours_contain (RoadNeighbours *self, gint64 now, const RoadAddress *address)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  if (address->length != 4)
    return FALSE;

  if (self->read_at == 0 || now - self->read_at > LIFE)
    {
      read_table (self);
      self->read_at = now;
    }

  return g_hash_table_contains (self->addresses, get_key (address));
}

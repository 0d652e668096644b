/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-neighbours.h"

#include <ifaddrs.h>
#include <net/if.h>

#include "road-neighbour-table.h"

/*
 * To send a first SYN to an address on one of our own links, the kernel makes an entry in its neighbour table
 * and asks for the hardware address, for 3 s if nobody answers. The table is small: 1,024 entries by default
 * (gc_thresh3). When it is full of such entries, the kernel drops SYNs without a word, so that a host that is
 * up would seem down, and the gateway may be forgotten, too. So an address there is probed only when the
 * table has room for it.
 */

/* How long the table that was read is used at least, in µs; a large one longer, so that reading it takes no more
 * than a twentieth of the time. */
#define MIN_LIFE (G_USEC_PER_SEC / 4)
#define LIFE_PER_READING 20

/* An eighth of the table is left to others. */
#define RESERVE(limit) ((limit) / 8)

/* Entries of other namespaces may be dispensable, which cannot be seen. If they seem to fill the table, this
 * many addresses are probed each time it is read, up to an eighth of it. */
#define LEAST_ROOM 16

/* A network that we have an address in and where hardware addresses are asked for. */
typedef struct
{
  RoadAddress address;
  RoadAddress netmask;
  guint interface; /* its index */
} Link;

/* Of one address family. */
typedef struct
{
  guint room; /* how many more addresses may be probed before the table is read again */
  gint64 taken_at;
  gboolean unlimited;
  guint limit; /* the table's, if an address had to wait; else 0 */
} Room;

struct _RoadNeighbours
{
  RoadNeighbourTable table;
  gint64 read_at; /* 0 if it has not been read */
  gint64 life;
  GArray *links; /* of Link */
  Room ipv4;
  Room ipv6;
};

static void
add_link (RoadNeighbours *self, const struct ifaddrs *interface)
{
  const guint ignored = IFF_LOOPBACK | IFF_NOARP | IFF_POINTOPOINT;
  Link link;
  guint16 port;

  if ((interface->ifa_flags & IFF_UP) == 0 || (interface->ifa_flags & ignored) != 0 ||
      interface->ifa_addr == NULL || interface->ifa_netmask == NULL ||
      !road_address_set_native (&link.address, interface->ifa_addr, &port) ||
      !road_address_set_native (&link.netmask, interface->ifa_netmask, &port))
    return;
  link.interface = if_nametoindex (interface->ifa_name);

  g_array_append_val (self->links, link);
}

static void
find_links (RoadNeighbours *self)
{
  struct ifaddrs *interfaces = NULL;

  if (getifaddrs (&interfaces) != 0)
    return;

  for (struct ifaddrs *i = interfaces; i != NULL; i = i->ifa_next)
    add_link (self, i);
  freeifaddrs (interfaces);
}

RoadNeighbours *
road_neighbours_new (void)
{
  RoadNeighbours *self = g_new0 (RoadNeighbours, 1);

  self->life = MIN_LIFE;
  self->links = g_array_new (FALSE, FALSE, sizeof (Link));
  find_links (self);

  return self;
}

void
road_neighbours_free (RoadNeighbours *self)
{
  g_return_if_fail (self != NULL);

  road_neighbour_table_clear (&self->table);
  g_array_unref (self->links);
  g_free (self);
}

static void
read_if_old (RoadNeighbours *self, gint64 now)
{
  gint64 begin;

  if (self->read_at != 0 && now - self->read_at < self->life)
    return;

  begin = g_get_monotonic_time ();
  road_neighbour_table_read (&self->table);
  self->read_at = now;
  self->life = MAX (MIN_LIFE, (g_get_monotonic_time () - begin) * LIFE_PER_READING);
}

/**
 * road_neighbours_contain:
 * @now: the time, in µs of any monotonic clock
 *
 * Returns: whether a machine on one of our links has answered ARP or neighbour discovery for the address: it
 *   is there even if it is silent
 */
gboolean
road_neighbours_contain (RoadNeighbours *self, gint64 now, const RoadAddress *address)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  read_if_old (self, now);

  return g_hash_table_contains (self->table.known, address);
}

static gboolean
is_in (const Link *link, const RoadAddress *address)
{
  if (link->address.length != address->length ||
      (address->scope_id != 0 && address->scope_id != link->interface))
    return FALSE;

  for (guint i = 0; i < address->length; i++)
    {
      if (((link->address.bytes[i] ^ address->bytes[i]) & link->netmask.bytes[i]) != 0)
        return FALSE;
    }

  return TRUE;
}

/* Returns: whether the address is in a network that we have an address in, so that no router is in between */
gboolean
road_neighbours_are_on_link (RoadNeighbours *self, const RoadAddress *address)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  for (guint i = 0; i < self->links->len; i++)
    {
      if (is_in (&g_array_index (self->links, Link, i), address))
        return TRUE;
    }

  return FALSE;
}

/**
 * road_neighbours_find_mac:
 * @mac: (out): its hardware address; unchanged if it is not known
 *
 * Asks the kernel for the hardware address of a machine on one of our own links that has just answered.
 *
 * Returns: whether it is known; never for an address behind a router
 */
gboolean
road_neighbours_find_mac (RoadNeighbours *self, const RoadAddress *address, RoadMac *mac)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (address != NULL && mac != NULL, FALSE);

  for (guint i = 0; i < self->links->len; i++)
    {
      const Link *link = &g_array_index (self->links, Link, i);

      if (is_in (link, address) && road_neighbour_table_find_mac (address, link->interface, mac))
        return TRUE;
    }

  return FALSE;
}

static guint
subtract (guint a, guint b)
{
  return a > b ? a - b : 0;
}

/* Returns: how many more entries a table has room for */
static guint
count_room (const RoadNeighbourUse *use)
{
  const guint usable = use->limit - RESERVE (use->limit);
  const guint n_others = subtract (use->n_entries, use->n_own);
  const guint room = subtract (usable, use->n_busy + n_others);

  return use->n_busy < RESERVE (use->limit) ? MAX (room, LEAST_ROOM) : room;
}

/* An address that was probed has its entry only when the SYN was sent, so the table is not read again just
 * after. */
static void
find_room (RoadNeighbours *self, gint64 now, const RoadNeighbourUse *use, Room *room)
{
  if (now - room->taken_at < self->life)
    return;

  read_if_old (self, now);
  room->room = count_room (use);
  room->unlimited = use->limit == 0;
}

/**
 * road_neighbours_take_room:
 * @now: the time, in µs of any monotonic clock
 * @address: an address that is about to be probed for the first time
 * @next: (inout): lowered to when to call again if there is no room now, in µs
 *
 * Takes the room that the address needs in the kernel's neighbour table, if it is on one of our own links.
 *
 * Returns: whether it may be probed now
 */
gboolean
road_neighbours_take_room (RoadNeighbours *self,
                           gint64 now,
                           const RoadAddress *address,
                           gint64 *next)
{
  const gboolean is_ipv4 = address != NULL && address->length == 4;
  Room *room;

  g_return_val_if_fail (self != NULL, TRUE);
  g_return_val_if_fail (address != NULL && next != NULL, TRUE);

  room = is_ipv4 ? &self->ipv4 : &self->ipv6;
  if (room->unlimited || !road_neighbours_are_on_link (self, address))
    return TRUE;

  if (room->room == 0)
    find_room (self, now, is_ipv4 ? &self->table.ipv4 : &self->table.ipv6, room);
  if (room->room == 0 && !room->unlimited)
    {
      room->limit = is_ipv4 ? self->table.ipv4.limit : self->table.ipv6.limit;
      *next = MIN (*next, MAX (room->taken_at, self->read_at) + self->life);
      return FALSE;
    }

  if (!room->unlimited)
    room->room--;
  room->taken_at = now;

  return TRUE;
}

/* Returns how many addresses of our own links the kernel can look for at a time, if that has kept the scan from
 * going faster; else 0. */
guint
road_neighbours_get_limit (RoadNeighbours *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MAX (self->ipv4.limit, self->ipv6.limit);
}

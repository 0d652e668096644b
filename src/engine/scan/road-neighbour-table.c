/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-neighbour-table.h"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "engine/connect/road-netlink.h"

/* The states of an entry whose hardware address is known. */
#define STATES_KNOWN (NUD_REACHABLE | NUD_STALE | NUD_DELAY | NUD_PROBE | NUD_PERMANENT)

/* When the table is full, the kernel drops an entry in one of the first states at once, and a stale one if it
 * has not changed for 5 s (neigh_forced_gc() in net/core/neighbour.c), in its clock ticks of 10 ms; one more
 * second allows for the time since the table was read. */
#define STATES_DISPENSABLE (NUD_FAILED | NUD_NOARP)
#define STALE_TICKS 600

/* Returns: (nullable): the first attribute of a type, if it has as many bytes */
static const struct rtattr *
find_attribute (struct nlmsghdr *message, gsize body_size, gushort type, gsize min_size)
{
  struct rtattr *attribute = (gpointer) ((guint8 *) NLMSG_DATA (message) + NLMSG_ALIGN (body_size));
  int length = (int) message->nlmsg_len - (int) NLMSG_SPACE (body_size);

  for (; RTA_OK (attribute, length); attribute = RTA_NEXT (attribute, length))
    {
      if (attribute->rta_type == type && RTA_PAYLOAD (attribute) >= min_size)
        return attribute;
    }

  return NULL;
}

static RoadNeighbourUse *
get_use (RoadNeighbourTable *self, guint8 family)
{
  return family == AF_INET ? &self->ipv4 : family == AF_INET6 ? &self->ipv6 : NULL;
}

static gboolean
is_busy (struct nlmsghdr *message, const struct ndmsg *neighbour)
{
  const struct rtattr *attribute;

  if ((neighbour->ndm_state & STATES_DISPENSABLE) != 0)
    return FALSE;

  attribute =
      find_attribute (message, sizeof *neighbour, NDA_CACHEINFO, sizeof (struct nda_cacheinfo));

  return neighbour->ndm_state != NUD_STALE || attribute == NULL ||
         ((const struct nda_cacheinfo *) RTA_DATA (attribute))->ndm_updated < STALE_TICKS;
}

static void
add_neighbour (struct nlmsghdr *message, gpointer user_data)
{
  RoadNeighbourTable *self = user_data;
  const struct ndmsg *neighbour = NLMSG_DATA (message);
  RoadNeighbourUse *use = get_use (self, neighbour->ndm_family);
  RoadAddress address = { .length = neighbour->ndm_family == AF_INET ? 4 : 16 };
  const struct rtattr *attribute;

  if (message->nlmsg_type != RTM_NEWNEIGH || use == NULL)
    return;

  attribute = find_attribute (message, sizeof *neighbour, NDA_DST, address.length);
  if (attribute == NULL)
    return;

  use->n_own++;
  use->n_busy += is_busy (message, neighbour);
  if ((neighbour->ndm_state & STATES_KNOWN) == 0)
    return;

  memcpy (address.bytes, RTA_DATA (attribute), address.length);
  if (road_address_is_link_local (&address))
    address.scope_id = (guint32) neighbour->ndm_ifindex;
  g_hash_table_add (self->known, g_memdup2 (&address, sizeof address));
}

/* The table of a family, and those of its interfaces, which have no counts. */
static void
add_table (struct nlmsghdr *message, gpointer user_data)
{
  const struct ndtmsg *table = NLMSG_DATA (message);
  RoadNeighbourUse *use = get_use (user_data, table->ndtm_family);
  const struct rtattr *config, *limit;

  if (message->nlmsg_type != RTM_NEWNEIGHTBL || use == NULL)
    return;

  config = find_attribute (message, sizeof *table, NDTA_CONFIG, sizeof (struct ndt_config));
  limit = find_attribute (message, sizeof *table, NDTA_THRESH3, sizeof (guint32));
  if (config == NULL || limit == NULL)
    return;

  memcpy (&use->limit, RTA_DATA (limit), sizeof use->limit);
  use->n_entries = ((const struct ndt_config *) RTA_DATA (config))->ndtc_entries;
}

/**
 * road_neighbour_table_read:
 * @self: a table; initialise it with zeros before the first time
 *
 * Reads the kernel's neighbour tables anew. What cannot be read is empty.
 */
void
road_neighbour_table_read (RoadNeighbourTable *self)
{
  g_return_if_fail (self != NULL);

  road_neighbour_table_clear (self);
  self->known = g_hash_table_new_full (road_address_hash, road_address_equal, g_free, NULL);
  /* Entries first: those added meanwhile then count as not ours, which are never thought dispensable. */
  if (road_netlink_dump (RTM_GETNEIGH, AF_UNSPEC, add_neighbour, self))
    road_netlink_dump (RTM_GETNEIGHTBL, AF_UNSPEC, add_table, self);
}

void
road_neighbour_table_clear (RoadNeighbourTable *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->known, g_hash_table_unref);
  *self = (RoadNeighbourTable){ .known = NULL };
}

typedef struct
{
  RoadMac mac;
  gboolean found;
} Answer;

static void
take_mac (struct nlmsghdr *message, gpointer user_data)
{
  Answer *answer = user_data;
  const struct ndmsg *neighbour = NLMSG_DATA (message);
  const struct rtattr *attribute;

  if (message->nlmsg_type != RTM_NEWNEIGH || (neighbour->ndm_state & STATES_KNOWN) == 0)
    return;

  attribute = find_attribute (message, sizeof *neighbour, NDA_LLADDR, sizeof answer->mac.bytes);
  /* Other links than Ethernet and Wi-Fi have addresses of other lengths. */
  if (attribute == NULL || RTA_PAYLOAD (attribute) != sizeof answer->mac.bytes)
    return;

  memcpy (answer->mac.bytes, RTA_DATA (attribute), sizeof answer->mac.bytes);
  answer->found = TRUE;
}

/**
 * road_neighbour_table_find_mac:
 * @interface: the index of the interface of the link that the address is on
 * @mac: (out): its hardware address; unchanged if it is not known
 *
 * Asks the kernel for one entry of its neighbour table, which takes as long however large the table is. Linux has
 * answered that since 5.0; with an older one nothing is known.
 *
 * Returns: whether the kernel knows the hardware address
 */
gboolean
road_neighbour_table_find_mac (const RoadAddress *address, guint interface, RoadMac *mac)
{
  struct
  {
    struct nlmsghdr header;
    struct ndmsg body;
    struct rtattr attribute;
    guint8 bytes[sizeof address->bytes];
  } request = { .header = { .nlmsg_type = RTM_GETNEIGH },
                .body = { .ndm_ifindex = (int) interface },
                .attribute = { .rta_type = NDA_DST } };
  Answer answer = { .found = FALSE };

  g_return_val_if_fail (address != NULL && mac != NULL, FALSE);

  request.body.ndm_family = address->length == 4 ? AF_INET : AF_INET6;
  request.attribute.rta_len = (gushort) RTA_LENGTH (address->length);
  memcpy (request.bytes, address->bytes, address->length);
  request.header.nlmsg_len =
      (guint32) (NLMSG_LENGTH (sizeof request.body) + RTA_SPACE (address->length));
  if (!road_netlink_get (&request.header, take_mac, &answer) || !answer.found)
    return FALSE;

  *mac = answer.mac;

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-neighbours.h"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How long the table that was read is used, in µs: many hosts are looked up at a time. */
#define LIFE (G_USEC_PER_SEC / 4)

/* The states of an entry whose hardware address is known. */
#define STATES_KNOWN (NUD_REACHABLE | NUD_STALE | NUD_DELAY | NUD_PROBE | NUD_PERMANENT)

/* The kernel sends a dump in parts that fit into this (rtnetlink(7)). */
#define BUFFER_SIZE 32768

/* The kernel answers at once. If it does not, nothing is known of neighbours. */
#define PATIENCE_MS 500

struct _RoadNeighbours
{
  GHashTable *addresses; /* a set of RoadAddress */
  gint64 read_at;
};

RoadNeighbours *
road_neighbours_new (void)
{
  RoadNeighbours *self = g_new0 (RoadNeighbours, 1);

  self->addresses = g_hash_table_new_full (road_address_hash, road_address_equal, g_free, NULL);

  return self;
}

void
road_neighbours_free (RoadNeighbours *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->addresses);
  g_free (self);
}

static void
add_neighbour (RoadNeighbours *self, struct nlmsghdr *header)
{
  const struct ndmsg *neighbour = NLMSG_DATA (header);
  int length = (int) (header->nlmsg_len - NLMSG_LENGTH (sizeof *neighbour));

  if (header->nlmsg_len < NLMSG_LENGTH (sizeof *neighbour) ||
      (neighbour->ndm_state & STATES_KNOWN) == 0)
    return;

  for (struct rtattr *attribute =
           (gpointer) ((guint8 *) neighbour + NLMSG_ALIGN (sizeof *neighbour));
       RTA_OK (attribute, length); attribute = RTA_NEXT (attribute, length))
    {
      RoadAddress address = { .length = (guint8) RTA_PAYLOAD (attribute) };

      if (attribute->rta_type != NDA_DST || (address.length != 4 && address.length != 16))
        continue;

      memcpy (address.bytes, RTA_DATA (attribute), address.length);
      if (road_address_is_link_local (&address))
        address.scope_id = (guint32) neighbour->ndm_ifindex;
      g_hash_table_add (self->addresses, g_memdup2 (&address, sizeof address));
    }
}

/* Returns: whether more is to come */
static gboolean
read_part (RoadNeighbours *self, GSocket *socket, char *buffer)
{
  gssize size;

  if (!g_socket_condition_timed_wait (socket, G_IO_IN, PATIENCE_MS * 1000, NULL, NULL))
    return FALSE;

  size = g_socket_receive (socket, buffer, BUFFER_SIZE, NULL, NULL);
  for (struct nlmsghdr *header = (gpointer) buffer; size > 0 && NLMSG_OK (header, (gsize) size);
       header = NLMSG_NEXT (header, size))
    {
      if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR)
        return FALSE;
      if (header->nlmsg_type == RTM_NEWNEIGH)
        add_neighbour (self, header);
    }

  return size > 0;
}

static GSocket *
open_netlink (void)
{
  int descriptor = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  GSocket *result;

  if (descriptor < 0)
    return NULL;

  /* GSocket has no addresses of this family, but sending and receiving work. */
  result = g_socket_new_from_fd (descriptor, NULL);
  if (result == NULL)
    close (descriptor);

  return result;
}

/* Reads the kernel's neighbour table, which needs no privileges (rtnetlink(7), RTM_GETNEIGH). */
static void
read_table (RoadNeighbours *self)
{
  const struct
  {
    struct nlmsghdr header;
    struct ndmsg neighbour;
  } request = { .header = { .nlmsg_len = sizeof request,
                            .nlmsg_type = RTM_GETNEIGH,
                            .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP } };
  g_autoptr (GSocket) socket = open_netlink ();
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);

  g_hash_table_remove_all (self->addresses);
  if (socket == NULL ||
      g_socket_send (socket, (const char *) &request, sizeof request, NULL, NULL) < 0)
    return;

  while (read_part (self, socket, buffer))
    ;
}

/**
 * road_neighbours_contain:
 * @now: the time, in µs of any monotonic clock
 *
 * Returns: whether a machine on one of our links has answered ARP or neighbour discovery for the address
 */
gboolean
road_neighbours_contain (RoadNeighbours *self, gint64 now, const RoadAddress *address)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  if (self->read_at == 0 || now - self->read_at > LIFE)
    {
      read_table (self);
      self->read_at = now;
    }

  return g_hash_table_contains (self->addresses, address);
}

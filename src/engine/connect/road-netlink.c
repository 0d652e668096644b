/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-netlink.h"

#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

/* The kernel sends a dump in parts that fit into this (rtnetlink(7)). */
#define BUFFER_SIZE 32768

/* The kernel answers at once. If it does not, nothing is known. */
#define PATIENCE_MS 500

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

/* Returns: whether more is to come */
static gboolean
read_part (GSocket *socket, char *buffer, RoadNetlinkFunc func, gpointer user_data, gboolean *whole)
{
  gssize received, size;

  if (!g_socket_condition_timed_wait (socket, G_IO_IN, PATIENCE_MS * 1000, NULL, NULL))
    return FALSE;

  received = g_socket_receive (socket, buffer, BUFFER_SIZE, NULL, NULL);
  size = received;
  for (struct nlmsghdr *message = (gpointer) buffer; size > 0 && NLMSG_OK (message, (gsize) size);
       message = NLMSG_NEXT (message, size))
    {
      *whole = message->nlmsg_type == NLMSG_DONE;
      if (*whole || message->nlmsg_type == NLMSG_ERROR)
        return FALSE;

      func (message, user_data);
    }

  return received > 0;
}

/**
 * road_netlink_get:
 * @request: a request with one answer; its flags are set by this
 * @func: what to call with the answer; not called if the kernel has none
 * @user_data: for @func
 *
 * Asks for one entry of one of the kernel's network tables, which needs no privileges. Takes some microseconds.
 *
 * Returns: %FALSE if the kernel could not be asked
 */
gboolean
road_netlink_get (struct nlmsghdr *request, RoadNetlinkFunc func, gpointer user_data)
{
  g_autoptr (GSocket) socket = NULL;
  g_autofree char *buffer = NULL;
  gboolean whole = FALSE;

  g_return_val_if_fail (request != NULL && func != NULL, FALSE);

  request->nlmsg_flags = NLM_F_REQUEST;
  socket = open_netlink ();
  if (socket == NULL ||
      g_socket_send (socket, (const char *) request, request->nlmsg_len, NULL, NULL) < 0)
    return FALSE;

  buffer = g_malloc (BUFFER_SIZE);
  read_part (socket, buffer, func, user_data, &whole);

  return TRUE;
}

/**
 * road_netlink_dump:
 * @type: what to ask for, such as %RTM_GETNEIGH
 * @family: the address family, or %AF_UNSPEC for all
 * @func: what to call for each message of the answer
 * @user_data: for @func
 *
 * Reads one of the kernel's network tables, which needs no privileges (rtnetlink(7)). Blocks until it is read.
 *
 * Returns: whether the table was read to its end
 */
gboolean
road_netlink_dump (guint16 type, guint8 family, RoadNetlinkFunc func, gpointer user_data)
{
  /* The body of each kind of request begins with the family; the rest of it may be zero. */
  const struct
  {
    struct nlmsghdr header;
    struct ndmsg body;
  } request = { .header = { .nlmsg_len = sizeof request,
                            .nlmsg_type = type,
                            .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP },
                .body = { .ndm_family = family } };
  g_autoptr (GSocket) socket = NULL;
  g_autofree char *buffer = NULL;
  gboolean whole = FALSE;

  g_return_val_if_fail (func != NULL, FALSE);

  socket = open_netlink ();
  if (socket == NULL ||
      g_socket_send (socket, (const char *) &request, sizeof request, NULL, NULL) < 0)
    return FALSE;

  buffer = g_malloc (BUFFER_SIZE);
  while (read_part (socket, buffer, func, user_data, &whole))
    ;

  return whole;
}

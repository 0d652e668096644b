/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-tun.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <linux/if_tun.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sim-address.h"

#define DEVICE "sim0"

/* How many packets wait for us before the kernel drops some: many, so that nothing is lost but what
 * the configuration says. */
#define QUEUE_LENGTH 50000

static void
set_errno_error (GError **error, const char *what)
{
  int saved_errno = errno;

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (saved_errno), "%s: %s", what,
               g_strerror (saved_errno));
}

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (int, close_fd)

/* A request to the kernel's rtnetlink. */

typedef struct
{
  struct nlmsghdr header;
  char payload[256];
} Request;

static gpointer
add_bytes (Request *request, gsize size)
{
  char *place = (char *) request + NLMSG_ALIGN (request->header.nlmsg_len);

  request->header.nlmsg_len = (guint32) (NLMSG_ALIGN (request->header.nlmsg_len) + size);
  g_assert (request->header.nlmsg_len <= sizeof *request);

  return place;
}

static void
add_attribute (Request *request, guint16 type, gconstpointer data, gsize size)
{
  struct rtattr *attribute = add_bytes (request, RTA_LENGTH (size));

  attribute->rta_type = type;
  attribute->rta_len = (guint16) RTA_LENGTH (size);
  memcpy (RTA_DATA (attribute), data, size);
}

static gpointer
begin_request (Request *request, guint16 type, gsize size)
{
  memset (request, 0, sizeof *request);
  request->header.nlmsg_len = NLMSG_HDRLEN;
  request->header.nlmsg_type = type;
  request->header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE;

  return add_bytes (request, size);
}

static gboolean
send_request (Request *request, const char *what, GError **error)
{
  g_auto (int) fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  struct
  {
    struct nlmsghdr header;
    struct nlmsgerr error;
    char rest[512];
  } reply;

  if (fd < 0 || send (fd, request, request->header.nlmsg_len, 0) < 0 ||
      recv (fd, &reply, sizeof reply, 0) < 0)
    {
      set_errno_error (error, what);
      return FALSE;
    }

  if (reply.header.nlmsg_type == NLMSG_ERROR && reply.error.error != 0)
    {
      errno = -reply.error.error;
      set_errno_error (error, what);
      return FALSE;
    }

  return TRUE;
}

static gboolean
set_link_up (const char *name, GError **error)
{
  const guint32 queue_length = QUEUE_LENGTH;
  Request request;
  struct ifinfomsg *link = begin_request (&request, RTM_NEWLINK, sizeof *link);

  link->ifi_index = (int) if_nametoindex (name);
  link->ifi_flags = link->ifi_change = IFF_UP;
  add_attribute (&request, IFLA_TXQLEN, &queue_length, sizeof queue_length);

  return send_request (&request, name, error);
}

/**
 * sim_tun_open:
 * @error: what failed
 *
 * Makes the TUN device that all packets to the simulated network go to, and sets it and the loopback
 * device up. Needs a network namespace of our own.
 *
 * Returns: a file descriptor that does not block, or -1 with @error
 */
int
sim_tun_open (GError **error)
{
  struct ifreq request = { .ifr_name = DEVICE };
  int fd = open ("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (fd < 0 || ioctl (fd, TUNSETIFF, &request) < 0)
    {
      set_errno_error (error, "/dev/net/tun");
      close_fd (&fd);
      return -1;
    }

  if (!set_link_up (DEVICE, error) || !set_link_up ("lo", error))
    {
      close (fd);
      return -1;
    }

  return fd;
}

/**
 * sim_tun_add_network:
 * @own_address: the scanner's address and the length of its prefix
 * @hosts: the network of the simulated hosts
 * @error: what failed
 *
 * Gives the device an address and routes a network through it.
 *
 * Returns: %FALSE with @error if it failed, for example since the kernel has no IPv6
 */
gboolean
sim_tun_add_network (const char *own_address, const char *hosts, GError **error)
{
  const char *slash = strchr (own_address, '/');
  g_autofree char *own = g_strndup (own_address, (gsize) (slash - own_address));
  const guint32 index = if_nametoindex (DEVICE);
  SimAddress address;
  SimPrefix prefix;
  Request request;
  struct ifaddrmsg *message;
  struct rtmsg *route;

  sim_address_parse (&address, own);
  sim_prefix_parse (&prefix, hosts);

  message = begin_request (&request, RTM_NEWADDR, sizeof *message);
  message->ifa_family = address.length == 4 ? AF_INET : AF_INET6;
  message->ifa_prefixlen = (guint8) g_ascii_strtoull (slash + 1, NULL, 10);
  message->ifa_flags = IFA_F_NODAD;
  message->ifa_index = index;
  add_attribute (&request, IFA_LOCAL, address.bytes, address.length);
  add_attribute (&request, IFA_ADDRESS, address.bytes, address.length);
  if (!send_request (&request, own_address, error))
    return FALSE;

  route = begin_request (&request, RTM_NEWROUTE, sizeof *route);
  route->rtm_family = address.length == 4 ? AF_INET : AF_INET6;
  route->rtm_dst_len = (guint8) prefix.n_bits;
  route->rtm_table = RT_TABLE_MAIN;
  route->rtm_protocol = RTPROT_STATIC;
  route->rtm_scope = RT_SCOPE_LINK;
  route->rtm_type = RTN_UNICAST;
  add_attribute (&request, RTA_DST, prefix.first.bytes, prefix.first.length);
  add_attribute (&request, RTA_OIF, &index, sizeof index);

  return send_request (&request, hosts, error);
}

/**
 * sim_tun_get_n_dropped:
 *
 * Returns: how many packets the kernel dropped since nobody read them in time
 */
guint64
sim_tun_get_n_dropped (void)
{
  g_autofree char *text = NULL;
  const char *line;
  guint64 n_dropped = 0;

  /* Of the fields after the name, the 12th is what was dropped on sending, see proc_pid_net(5). */
  if (g_file_get_contents ("/proc/net/dev", &text, NULL, NULL) &&
      (line = strstr (text, DEVICE ":")) != NULL)
    sscanf (line + strlen (DEVICE ":"),
            "%*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %*u %" G_GUINT64_FORMAT, &n_dropped);

  return n_dropped;
}

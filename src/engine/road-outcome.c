/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-outcome.h"

#include <errno.h>
#include <linux/errqueue.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

/* The result that GIO gives for a connect is not enough to tell a port's state: it says "refused"
 * for a RST, for a firewall's ICMP and (since GLib 2.81) for a machine that has run out of local
 * ports. So the socket itself is asked: its error queue, its address and TCP_INFO. */

/* The kernel repeats a SYN after 1 s (TCP_TIMEOUT_INIT; RFC 6298 2.1), so not before this, in µs. A
 * connect costs some ten system calls: those that cannot tell anything are left out. */
#define FIRST_REPEAT_US 900000

/* ICMP destination unreachable codes (RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1). */
static const RoadReason icmp_reasons[] = {
  [ICMP_NET_UNREACH] = ROAD_REASON_NET_UNREACH,
  [ICMP_HOST_UNREACH] = ROAD_REASON_HOST_UNREACH,
  [ICMP_PROT_UNREACH] = ROAD_REASON_PROTO_UNREACH,
  [ICMP_PORT_UNREACH] = ROAD_REASON_PORT_UNREACH,
  [ICMP_FRAG_NEEDED] = ROAD_REASON_DEST_UNREACH,
  [ICMP_SR_FAILED] = ROAD_REASON_DEST_UNREACH,
  [ICMP_NET_UNKNOWN] = ROAD_REASON_NET_UNREACH,
  [ICMP_HOST_UNKNOWN] = ROAD_REASON_HOST_UNREACH,
  [ICMP_HOST_ISOLATED] = ROAD_REASON_HOST_UNREACH,
  [ICMP_NET_ANO] = ROAD_REASON_NET_PROHIBITED,
  [ICMP_HOST_ANO] = ROAD_REASON_HOST_PROHIBITED,
  [ICMP_NET_UNR_TOS] = ROAD_REASON_NET_UNREACH,
  [ICMP_HOST_UNR_TOS] = ROAD_REASON_HOST_UNREACH,
  [ICMP_PKT_FILTERED] = ROAD_REASON_ADMIN_PROHIBITED,
  [ICMP_PREC_VIOLATION] = ROAD_REASON_ADMIN_PROHIBITED,
  [ICMP_PREC_CUTOFF] = ROAD_REASON_ADMIN_PROHIBITED,
};

/* ICMPv6 destination unreachable codes (RFC 4443 section 3.1). */
static const RoadReason icmp6_reasons[] = {
  [ICMP6_DST_UNREACH_NOROUTE] = ROAD_REASON_NO_ROUTE,
  [ICMP6_DST_UNREACH_ADMIN] = ROAD_REASON_ADMIN_PROHIBITED,
  [ICMP6_DST_UNREACH_BEYONDSCOPE] = ROAD_REASON_BEYOND_SCOPE,
  [ICMP6_DST_UNREACH_ADDR] = ROAD_REASON_ADDR_UNREACH,
  [ICMP6_DST_UNREACH_NOPORT] = ROAD_REASON_PORT_UNREACH,
  [5] = ROAD_REASON_FAILED_POLICY,
  [6] = ROAD_REASON_REJECT_ROUTE,
};

/**
 * road_outcome_prepare_socket:
 * @socket: a socket that has not connected yet
 *
 * Has the kernel keep the ICMP errors that come back (IP_RECVERR), for road_outcome_read().
 */
void
road_outcome_prepare_socket (GSocket *socket)
{
  const int on = 1;
  int fd;

  g_return_if_fail (G_IS_SOCKET (socket));

  fd = g_socket_get_fd (socket);
  if (g_socket_get_family (socket) == G_SOCKET_FAMILY_IPV6)
    setsockopt (fd, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
  else
    setsockopt (fd, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
}

static gboolean
set_address (RoadAddress *address, const struct sockaddr *sockaddr, guint16 *port)
{
  *address = ROAD_ADDRESS_NONE;

  if (sockaddr->sa_family == AF_INET)
    {
      const struct sockaddr_in *in = (const struct sockaddr_in *) (gconstpointer) sockaddr;

      address->length = sizeof in->sin_addr;
      memcpy (address->bytes, &in->sin_addr, sizeof in->sin_addr);
      *port = g_ntohs (in->sin_port);
      return TRUE;
    }

  if (sockaddr->sa_family == AF_INET6)
    {
      const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *) (gconstpointer) sockaddr;

      address->length = sizeof in6->sin6_addr;
      memcpy (address->bytes, &in6->sin6_addr, sizeof in6->sin6_addr);
      *port = g_ntohs (in6->sin6_port);
      return TRUE;
    }

  return FALSE;
}

typedef int (*GetName) (int, struct sockaddr *, socklen_t *);

static gboolean
get_name (int fd, GetName function, RoadAddress *address, guint16 *port)
{
  struct sockaddr_storage storage;
  socklen_t length = sizeof storage;

  return function (fd, (struct sockaddr *) &storage, &length) == 0 &&
         set_address (address, (struct sockaddr *) &storage, port);
}

/* Takes the first ICMP error from the socket's error queue. */
static gboolean
read_icmp_error (int fd, struct sock_extended_err *error, RoadAddress *from)
{
  struct sockaddr_storage name;
  char control[512];
  struct msghdr message = {
    .msg_name = &name,
    .msg_namelen = sizeof name,
    .msg_control = control,
    .msg_controllen = sizeof control,
  };

  while (recvmsg (fd, &message, MSG_ERRQUEUE | MSG_DONTWAIT) >= 0)
    {
      for (struct cmsghdr *c = CMSG_FIRSTHDR (&message); c != NULL; c = CMSG_NXTHDR (&message, c))
        {
          const struct sock_extended_err *extended;
          guint16 port;

          if (!(c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) &&
              !(c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR))
            continue;

          extended = (const struct sock_extended_err *) (gconstpointer) CMSG_DATA (c);
          if (extended->ee_origin != SO_EE_ORIGIN_ICMP && extended->ee_origin != SO_EE_ORIGIN_ICMP6)
            continue;

          *error = *extended;
          set_address (from, SO_EE_OFFENDER (extended), &port);
          return TRUE;
        }

      message.msg_namelen = sizeof name;
      message.msg_controllen = sizeof control;
    }

  return FALSE;
}

static RoadReason
get_icmp_reason (const struct sock_extended_err *error)
{
  if (error->ee_origin == SO_EE_ORIGIN_ICMP)
    {
      if (error->ee_type == ICMP_TIME_EXCEEDED)
        return ROAD_REASON_TIME_EXCEEDED;

      if (error->ee_type == ICMP_DEST_UNREACH && error->ee_code < G_N_ELEMENTS (icmp_reasons))
        return icmp_reasons[error->ee_code];
    }
  else
    {
      if (error->ee_type == ICMP6_TIME_EXCEEDED)
        return ROAD_REASON_TIME_EXCEEDED;

      if (error->ee_type == ICMP6_DST_UNREACH && error->ee_code < G_N_ELEMENTS (icmp6_reasons))
        return icmp6_reasons[error->ee_code];
    }

  return ROAD_REASON_DEST_UNREACH;
}

static void
set_state (RoadOutcome *outcome, RoadPortState state, RoadReason reason)
{
  outcome->kind = ROAD_OUTCOME_STATE;
  outcome->state = state;
  outcome->reason = reason;
}

static void
set_local_error (RoadOutcome *outcome, const GError *error)
{
  outcome->kind = ROAD_OUTCOME_LOCAL_ERROR;
  outcome->error = g_error_copy (error);
}

/* The connect succeeded. */
static void
read_success (RoadOutcome *outcome, int fd, guint rtt_us)
{
  RoadAddress local, peer;
  guint16 local_port, peer_port;

  /* A socket that connects to a port of its own machine which happens to be the local port it was
   * given reaches itself (RFC 9293 section 3.5, simultaneous open). */
  if (get_name (fd, getsockname, &local, &local_port) &&
      get_name (fd, getpeername, &peer, &peer_port) && local_port == peer_port &&
      road_address_equal (&local, &peer))
    {
      outcome->kind = ROAD_OUTCOME_SELF_CONNECT;
      return;
    }

  set_state (outcome, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK);
  outcome->rtt_us = rtt_us;
}

/* An ICMP error came back. If it is our own machine that says "host unreachable", the address did
 * not answer ARP or neighbour discovery. */
static void
read_rejection (RoadOutcome *outcome,
                int fd,
                const struct sock_extended_err *icmp,
                const RoadAddress *from,
                const RoadAddress *target)
{
  RoadReason reason = get_icmp_reason (icmp);
  RoadAddress local;
  guint16 local_port;

  if ((reason == ROAD_REASON_HOST_UNREACH || reason == ROAD_REASON_ADDR_UNREACH) &&
      get_name (fd, getsockname, &local, &local_port) && road_address_equal (from, &local) &&
      !road_address_equal (from, target))
    {
      outcome->kind = ROAD_OUTCOME_HOST_DOWN;
      return;
    }

  set_state (outcome, ROAD_PORT_FILTERED, reason);
  outcome->reason_from = *from;
}

/* TCP finds no way to the broadcast address of a network nor to a multicast group; UDP does, and
 * connecting it sends nothing. No host has such an address. */
static gboolean
is_group_address (const RoadAddress *target)
{
  g_autoptr (GInetAddress) inet = road_address_to_inet (target);
  g_autoptr (GSocketAddress) address = road_address_to_socket_address (target, inet, 9);
  struct sockaddr_storage native;
  gboolean has_way;
  int fd;

  if (!g_socket_address_to_native (address, &native, sizeof native, NULL))
    return FALSE;

  fd = socket (native.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return FALSE;

  has_way = connect (fd, (struct sockaddr *) &native, sizeof native) == 0 || errno == EACCES;
  close (fd);

  return has_way;
}

/* No SYN was ever sent: no route, no free port, a local rule. */
static void
read_local_failure (RoadOutcome *outcome, const RoadAddress *target, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) &&
      is_group_address (target))
    outcome->kind = ROAD_OUTCOME_HOST_DOWN;
  else
    set_local_error (outcome, error);
}

/* The connect failed and no ICMP error says why. */
static void
read_failure (RoadOutcome *outcome, int fd, const RoadAddress *target, const GError *error)
{
  RoadAddress local;
  guint16 local_port = 0;

  if (!get_name (fd, getsockname, &local, &local_port) || local_port == 0)
    read_local_failure (outcome, target, error);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    set_state (outcome, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    set_state (outcome, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    outcome->kind = ROAD_OUTCOME_NO_ANSWER;
  else
    set_local_error (outcome, error);
}

static gboolean
read_tcp_info (int fd, struct tcp_info *info)
{
  socklen_t length = sizeof *info;

  *info = (struct tcp_info){ 0 };

  return getsockopt (fd, IPPROTO_TCP, TCP_INFO, info, &length) == 0;
}

/**
 * road_outcome_read_retransmits:
 * @socket: a socket that connects
 *
 * Returns: how many SYNs the kernel has sent again so far
 */
guint
road_outcome_read_retransmits (GSocket *socket)
{
  struct tcp_info info;

  g_return_val_if_fail (G_IS_SOCKET (socket), 0);

  return read_tcp_info (g_socket_get_fd (socket), &info) ? info.tcpi_total_retrans : 0;
}

/**
 * road_outcome_read:
 * @outcome: (out caller-allocates): how the attempt ended; clear it with road_outcome_clear().
 *   Its elapsed_us is left alone.
 * @socket: (nullable): the attempt's socket, still open, or %NULL if none could be made
 * @target: the address it connected to
 * @error: (nullable): what GIO says; %NULL for success
 *
 * Tells a port's state from what the kernel knows of the connect: the state table of the README.
 */
void
road_outcome_read (RoadOutcome *outcome,
                   GSocket *socket,
                   const RoadAddress *target,
                   const GError *error)
{
  struct sock_extended_err icmp;
  struct tcp_info info = { 0 };
  RoadAddress from;
  int fd;

  g_return_if_fail (outcome != NULL);
  g_return_if_fail (socket == NULL || G_IS_SOCKET (socket));
  g_return_if_fail (socket != NULL || error != NULL);

  *outcome = (RoadOutcome){ .elapsed_us = outcome->elapsed_us };

  if (socket == NULL || (fd = g_socket_get_fd (socket)) < 0)
    {
      set_local_error (outcome, error);
      return;
    }

  /* A refusal that came before the kernel repeats its SYN has nothing to tell but that. */
  if (error == NULL || outcome->elapsed_us >= FIRST_REPEAT_US)
    {
      if (read_tcp_info (fd, &info))
        outcome->n_retransmits = info.tcpi_total_retrans;
    }

  if (error == NULL)
    read_success (outcome, fd, info.tcpi_rtt);
  else if (read_icmp_error (fd, &icmp, &from))
    read_rejection (outcome, fd, &icmp, &from, target);
  else
    read_failure (outcome, fd, target, error);
}

/**
 * road_outcome_clear:
 * @outcome: an outcome
 *
 * Frees what it holds.
 */
void
road_outcome_clear (RoadOutcome *outcome)
{
  g_clear_error (&outcome->error);
}

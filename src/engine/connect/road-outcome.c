/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-outcome.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "road-icmp.h"

/* GIO's result of a connect does not tell a port's state: it says "refused" for a RST, for a firewall's
 * ICMP and (since GLib 2.81) for a machine that has run out of local ports. So the socket is examined: its
 * error queue, its address and TCP_INFO. */

/* The kernel retransmits a SYN after 1 s (TCP_TIMEOUT_INIT; RFC 6298 2.1), so TCP_INFO is not read before
 * this time, in µs: a connect takes about ten system calls, and each needless one counts. */
#define FIRST_RETRANSMIT_US 900000

/**
 * road_outcome_prepare_socket:
 * @socket: a socket that has not connected yet
 *
 * Makes the kernel keep the ICMP errors that come back (IP_RECVERR), for road_outcome_read().
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

typedef int (*GetName) (int, struct sockaddr *, socklen_t *);

static gboolean
get_name (int fd, GetName function, RoadAddress *address, guint16 *port)
{
  struct sockaddr_storage storage;
  socklen_t length = sizeof storage;

  return function (fd, (struct sockaddr *) &storage, &length) == 0 &&
         road_address_set_native (address, &storage, port);
}

static void
set_state (RoadOutcome *outcome, RoadPortState state, RoadReason reason)
{
  outcome->kind = ROAD_OUTCOME_STATE;
  outcome->state = state;
  outcome->reason = reason;
}

/* @error: (nullable): GIO's error, if it says more than the number */
static void
set_local_error (RoadOutcome *outcome, int error_number, const GError *error)
{
  outcome->kind = ROAD_OUTCOME_LOCAL_ERROR;
  if (error != NULL)
    outcome->error = g_error_copy (error);
  else
    outcome->error = g_error_new_literal (G_IO_ERROR, (int) g_io_error_from_errno (error_number),
                                          g_strerror (error_number));
}

static gboolean
read_tcp_info (int fd, struct tcp_info *info)
{
  socklen_t length = sizeof *info;

  *info = (struct tcp_info){ 0 };

  return getsockopt (fd, IPPROTO_TCP, TCP_INFO, info, &length) == 0;
}

/* The connect seems to have succeeded. */
static gboolean
read_success (RoadOutcome *outcome, int fd)
{
  struct tcp_info info;
  RoadAddress local, peer;
  guint16 local_port, peer_port;

  if (read_tcp_info (fd, &info))
    {
      outcome->rtt_us = info.tcpi_rtt;
      outcome->n_retransmits = info.tcpi_total_retrans;
    }

  /* Without a peer the connection was reset, or there never was one. */
  if (!get_name (fd, getpeername, &peer, &peer_port))
    {
      set_state (outcome, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK);
      return outcome->rtt_us > 0;
    }

  /* A socket that connects to a port of its own machine that happens to be its own local port connects to
   * itself (RFC 9293 section 3.5, simultaneous open). */
  if (get_name (fd, getsockname, &local, &local_port) && local_port == peer_port &&
      road_address_equal (&local, &peer))
    outcome->kind = ROAD_OUTCOME_SELF_CONNECT;
  else
    set_state (outcome, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK);

  return TRUE;
}

static gboolean
is_sent_by_us (int fd, const RoadAddress *from, const RoadAddress *target)
{
  RoadAddress local, target_without_zone = *target;
  guint16 local_port;

  target_without_zone.scope_id = 0;

  return get_name (fd, getsockname, &local, &local_port) && road_address_equal (from, &local) &&
         !road_address_equal (from, &target_without_zone);
}

/* Our own machine sends ICMP errors for packets that did not leave it. “Host unreachable” means that nobody
 * answered ARP or neighbour discovery, and ends the connect. If a firewall rule rejects the SYN while
 * connect() is sending it, the kernel goes on connecting; all other reasons come from a firewall, too. */
static void
read_own_rejection (RoadOutcome *outcome, int fd, RoadReason reason)
{
  struct tcp_info info;

  if ((reason == ROAD_REASON_HOST_UNREACH || reason == ROAD_REASON_ADDR_UNREACH) &&
      !(read_tcp_info (fd, &info) && info.tcpi_state == TCP_SYN_SENT))
    {
      outcome->kind = ROAD_OUTCOME_HOST_DOWN;
      return;
    }

  outcome->kind = ROAD_OUTCOME_LOCAL_ERROR;
  outcome->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                                        _ ("A firewall on this computer rejects the connection"));
}

static void
read_rejection (RoadOutcome *outcome,
                int fd,
                RoadReason reason,
                const RoadAddress *from,
                const RoadAddress *target)
{
  if (is_sent_by_us (fd, from, target))
    {
      read_own_rejection (outcome, fd, reason);
      return;
    }

  set_state (outcome, ROAD_PORT_FILTERED, reason);
  outcome->reason_from = *from;
}

/* Returns: whether the kernel has a route to @address; connecting a UDP socket, by which this is found out,
 * sends nothing */
gboolean
road_outcome_has_route (const RoadAddress *address)
{
  struct sockaddr_storage native;
  gboolean has_route;
  int fd;

  g_return_val_if_fail (address != NULL, FALSE);

  road_address_to_native (address, 9, &native);
  fd = socket (native.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return FALSE;

  has_route = connect (fd, (struct sockaddr *) &native,
                       (socklen_t) road_address_get_native_size (address)) == 0 ||
              errno == EACCES;
  close (fd);

  return has_route;
}

/* The connect failed without an ICMP error. */
static void
read_failure (RoadOutcome *outcome,
              const RoadAddress *target,
              int error_number,
              const GError *error)
{
  if (error_number == ECONNREFUSED)
    set_state (outcome, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED);
  else if (error_number == ECONNRESET)
    set_state (outcome, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK);
  else if (error_number == ETIMEDOUT || error_number == EHOSTDOWN)
    outcome->kind = ROAD_OUTCOME_NO_ANSWER;
  /* TCP has no route to the broadcast address of a network or to a multicast group; UDP has. No host has
   * such an address. */
  else if (error_number == ENETUNREACH && road_outcome_has_route (target))
    outcome->kind = ROAD_OUTCOME_HOST_DOWN;
  else
    set_local_error (outcome, error_number, error);
}

/**
 * road_outcome_read_retransmits:
 * @socket: a socket that is connecting
 * @elapsed_us: for how long, in µs
 *
 * Returns: how many SYNs the kernel has retransmitted so far
 */
guint
road_outcome_read_retransmits (GSocket *socket, gint64 elapsed_us)
{
  struct tcp_info info;

  g_return_val_if_fail (G_IS_SOCKET (socket), 0);

  if (elapsed_us < FIRST_RETRANSMIT_US)
    return 0;

  return read_tcp_info (g_socket_get_fd (socket), &info) ? info.tcpi_total_retrans : 0;
}

static void
read_outcome (RoadOutcome *outcome,
              GSocket *socket,
              const RoadAddress *target,
              int error_number,
              const GError *error)
{
  RoadReason reason;
  RoadAddress from;
  int fd = g_socket_get_fd (socket);

  *outcome = (RoadOutcome){ .elapsed_us = outcome->elapsed_us,
                            .seen_late = outcome->seen_late,
                            .delayed = outcome->delayed };

  if (error_number == 0)
    {
      if (read_success (outcome, fd))
        return;
      error_number = EHOSTUNREACH;
    }

  outcome->n_retransmits = road_outcome_read_retransmits (socket, outcome->elapsed_us);
  if (road_icmp_read_error (fd, &reason, &from))
    read_rejection (outcome, fd, reason, &from, target);
  else
    read_failure (outcome, target, error_number, error);
}

/**
 * road_outcome_read:
 * @outcome: (inout): the outcome, to be cleared with road_outcome_clear(); the caller has set
 *   its elapsed_us, seen_late and delayed
 * @socket: the probe's socket, still open
 * @target: the address it connected to
 * @error_number: what the kernel says (SO_ERROR, or errno of connect()); 0 for success
 *
 * Finds out a port's state from what the kernel knows about the connect.
 */
void
road_outcome_read (RoadOutcome *outcome,
                   GSocket *socket,
                   const RoadAddress *target,
                   int error_number)
{
  g_return_if_fail (outcome != NULL);
  g_return_if_fail (G_IS_SOCKET (socket));
  g_return_if_fail (target != NULL);

  read_outcome (outcome, socket, target, error_number, NULL);
}

/* The errno behind a GIO error, or 0 if it is not known. Since 2.81 GIO says “refused” when there is no local
 * port left; then the socket has none. */
static int
get_error_number (const GError *error, int fd)
{
  static const struct
  {
    GIOErrorEnum code;
    int error_number;
  } known[] = {
    { G_IO_ERROR_CONNECTION_REFUSED, ECONNREFUSED },
    { G_IO_ERROR_CONNECTION_CLOSED, ECONNRESET },
    { G_IO_ERROR_TIMED_OUT, ETIMEDOUT },
    { G_IO_ERROR_NETWORK_UNREACHABLE, ENETUNREACH },
    { G_IO_ERROR_HOST_UNREACHABLE, EHOSTUNREACH },
  };
  RoadAddress local;
  guint16 local_port = 0;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) &&
      get_name (fd, getsockname, &local, &local_port) && local_port == 0)
    return EADDRNOTAVAIL;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (g_error_matches (error, G_IO_ERROR, (int) known[i].code))
        return known[i].error_number;
    }

  return 0;
}

/**
 * road_outcome_read_error:
 * @outcome: (inout): as in road_outcome_read()
 * @socket: (nullable): the probe's socket, still open, or %NULL if none could be made
 * @target: the address it connected to
 * @error: what GIO says
 *
 * Like road_outcome_read() for a connect that failed and of which only the #GError is known.
 */
void
road_outcome_read_error (RoadOutcome *outcome,
                         GSocket *socket,
                         const RoadAddress *target,
                         const GError *error)
{
  int error_number;

  g_return_if_fail (outcome != NULL);
  g_return_if_fail (socket == NULL || G_IS_SOCKET (socket));
  g_return_if_fail (target != NULL);
  g_return_if_fail (error != NULL);

  if (socket == NULL || g_socket_is_closed (socket))
    {
      *outcome = (RoadOutcome){ .elapsed_us = outcome->elapsed_us,
                                .seen_late = outcome->seen_late,
                                .delayed = outcome->delayed };
      set_local_error (outcome, 0, error);
      return;
    }

  error_number = get_error_number (error, g_socket_get_fd (socket));
  if (error_number != 0)
    read_outcome (outcome, socket, target, error_number, NULL);
  else
    read_outcome (outcome, socket, target, EIO, error);
}

/**
 * road_outcome_break_off:
 * @socket: a connected socket
 *
 * Closes it with a RST, as nmap does, so that no TIME_WAIT is left behind.
 */
void
road_outcome_break_off (GSocket *socket)
{
  const struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  g_return_if_fail (G_IS_SOCKET (socket));

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_close (socket, NULL);
}

void
road_outcome_clear (RoadOutcome *outcome)
{
  g_clear_error (&outcome->error);
}

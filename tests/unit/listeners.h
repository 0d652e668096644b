/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/* Sockets of the tests' own on loopback, each at a port that was free. */

/* Returns a bound socket, which is a closed port: nobody else gets it and nobody listens. */
static inline int
make_closed (guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_ANY) };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==, 0);
  *port = ntohs (address.sin_port);

  return fd;
}

/* Returns a socket that listens. */
static inline int
make_open (guint16 *port)
{
  int fd = make_closed (port);

  g_assert_cmpint (listen (fd, 4096), ==, 0);

  return fd;
}

/* A port that never answers: its queue of connections is full, so that the kernel drops what comes.
 * @fds: return location for the sockets to close with close_silent(). */
static inline guint16
make_silent (GArray *fds)
{
  guint16 port;
  int listener = make_closed (&port);
  const struct sockaddr_in address = { .sin_family = AF_INET,
                                       .sin_port = htons (port),
                                       .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  struct pollfd poll_fd = { .events = POLLOUT };

  g_assert_cmpint (listen (listener, 0), ==, 0);
  g_array_append_val (fds, listener);

  do
    {
      poll_fd.fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
      g_assert_cmpint (poll_fd.fd, >=, 0);
      connect (poll_fd.fd, (const struct sockaddr *) &address, sizeof address);
      g_array_append_val (fds, poll_fd.fd);
    }
  while (poll (&poll_fd, 1, 50) == 1);

  return port;
}

static inline void
close_silent (GArray *fds)
{
  for (guint i = 0; i < fds->len; i++)
    close (g_array_index (fds, int, i));
  g_array_unref (fds);
}

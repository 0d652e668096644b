/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * connect-only client|socket|bare ADDRESS FIRST-LAST IN-FLIGHT THREADS
 *
 * Connects to the ports of one IPv4 address and does nothing else: no pacing, no states, no report.
 * With GSocketClient and a main context in each thread, with GSocket and epoll, or with bare system
 * calls and epoll: no scanner that is built on one of these can be faster than this. Prints how many
 * connects succeeded and how many failed.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_EVENTS 128

typedef struct _Worker Worker;

/* One way to connect. */
typedef struct
{
  const char *name;
  void (*start) (Worker *self, guint16 port);
  void (*end) (Worker *self, gpointer connect);
  gpointer (*run) (gpointer worker);
} Kind;

struct _Worker
{
  const Kind *kind;
  GInetAddress *address;
  guint next, step, last; /* ports */
  guint in_flight;
  guint n_under_way, n_succeeded, n_failed;

  GMainContext *context;
  GSocketClient *client;
  int epoll_fd;
};

static void
start_next (Worker *self)
{
  guint16 port = (guint16) self->next;

  if (self->next > self->last)
    return;

  self->next += self->step;
  self->n_under_way++;
  self->kind->start (self, port);
}

static void
count (Worker *self, gboolean succeeded)
{
  if (succeeded)
    self->n_succeeded++;
  else
    self->n_failed++;
  self->n_under_way--;
}

/* GSocketClient. */

static void
on_connected (GObject *client, GAsyncResult *result, gpointer user_data)
{
  Worker *self = user_data;
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_finish (G_SOCKET_CLIENT (client), result, NULL);

  count (self, connection != NULL);
  start_next (self);
}

static void
start_client (Worker *self, guint16 port)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (self->address, port);

  g_socket_client_connect_async (self->client, G_SOCKET_CONNECTABLE (address), NULL, on_connected,
                                 self);
}

static gpointer
run_client (gpointer user_data)
{
  Worker *self = user_data;

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->client = g_socket_client_new ();
  g_socket_client_set_enable_proxy (self->client, FALSE);

  for (guint i = 0; i < self->in_flight; i++)
    start_next (self);
  while (self->n_under_way > 0)
    g_main_context_iteration (self->context, TRUE);

  g_object_unref (self->client);
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);

  return NULL;
}

/* GSocket, with an address object and the result of each connect, as GIO means it. */

static void
start_socket (Worker *self, guint16 port)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (self->address, port);
  GSocket *socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  struct epoll_event event = { .events = EPOLLOUT, .data.ptr = socket };

  if (socket == NULL)
    g_error ("There is no socket");
  g_socket_set_blocking (socket, FALSE);
  g_socket_connect (socket, address, NULL, NULL);
  epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, g_socket_get_fd (socket), &event);
}

static void
end_socket (Worker *self, gpointer connect)
{
  count (self, g_socket_check_connect_result (connect, NULL));
  g_object_unref (connect);
}

/* System calls. */

static void
start_bare (Worker *self, guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  struct epoll_event event = { .events = EPOLLOUT, .data.ptr = GINT_TO_POINTER (fd) };

  if (fd < 0)
    g_error ("There is no socket: %s", g_strerror (errno));
  memcpy (&address.sin_addr, g_inet_address_to_bytes (self->address), sizeof address.sin_addr);
  connect (fd, (struct sockaddr *) &address, sizeof address);
  epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, fd, &event);
}

static void
end_bare (Worker *self, gpointer connect)
{
  int fd = GPOINTER_TO_INT (connect);
  int error_number = 0;
  socklen_t length = sizeof error_number;

  getsockopt (fd, SOL_SOCKET, SO_ERROR, &error_number, &length);
  count (self, error_number == 0);
  close (fd);
}

static gpointer
run_epoll (gpointer user_data)
{
  Worker *self = user_data;

  self->epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  for (guint i = 0; i < self->in_flight; i++)
    start_next (self);

  while (self->n_under_way > 0)
    {
      struct epoll_event events[MAX_EVENTS];
      int n = epoll_wait (self->epoll_fd, events, MAX_EVENTS, -1);

      for (int i = 0; i < n; i++)
        {
          self->kind->end (self, events[i].data.ptr);
          start_next (self);
        }
    }

  close (self->epoll_fd);

  return NULL;
}

static const Kind kinds[] = {
  { "client", start_client, NULL, run_client },
  { "socket", start_socket, end_socket, run_epoll },
  { "bare", start_bare, end_bare, run_epoll },
};

static const Kind *
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (kinds[i].name, name) == 0)
        return &kinds[i];
    }

  return NULL;
}

static void
drop_message (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

static void
prepare_process (void)
{
  struct rlimit files;

  if (getrlimit (RLIMIT_NOFILE, &files) == 0)
    {
      files.rlim_cur = files.rlim_max;
      setrlimit (RLIMIT_NOFILE, &files);
    }
  g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_DEBUG, drop_message, NULL);
}

int
main (int argc, char *argv[])
{
  const Kind *kind = argc == 6 ? find_kind (argv[1]) : NULL;
  g_autoptr (GInetAddress) address = kind != NULL ? g_inet_address_new_from_string (argv[2]) : NULL;
  guint first, last, in_flight, n_threads, n_succeeded = 0, n_failed = 0;
  g_autofree Worker *workers = NULL;
  g_autofree GThread **threads = NULL;

  if (address == NULL || sscanf (argv[3], "%u-%u", &first, &last) != 2 ||
      sscanf (argv[4], "%u", &in_flight) != 1 || sscanf (argv[5], "%u", &n_threads) != 1)
    {
      fprintf (stderr,
               "Usage: connect-only client|socket|bare ADDRESS FIRST-LAST IN-FLIGHT THREADS\n");
      return 2;
    }

  prepare_process ();

  workers = g_new0 (Worker, n_threads);
  threads = g_new0 (GThread *, n_threads);
  for (guint i = 0; i < n_threads; i++)
    {
      workers[i] = (Worker){ .kind = kind,
                             .address = address,
                             .next = first + i,
                             .step = n_threads,
                             .last = last,
                             .in_flight = in_flight / n_threads };
      threads[i] = g_thread_new ("connect", kind->run, &workers[i]);
    }
  for (guint i = 0; i < n_threads; i++)
    {
      g_thread_join (threads[i]);
      n_succeeded += workers[i].n_succeeded;
      n_failed += workers[i].n_failed;
    }

  printf ("%u succeeded, %u failed\n", n_succeeded, n_failed);

  return 0;
}

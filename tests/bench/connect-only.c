/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * connect-only ADDRESS FIRST-LAST IN-FLIGHT THREADS
 *
 * Connects to the ports of one address with GSocketClient and does nothing else: no pacing, no
 * states, no report. What this needs, no scanner that is built on GSocketClient can be faster than.
 * Prints how many connects succeeded and how many failed.
 */

#include <gio/gio.h>
#include <stdio.h>
#include <sys/resource.h>

typedef struct
{
  GInetAddress *address;
  guint next, step, last; /* ports */
  guint in_flight;
  guint n_under_way, n_succeeded, n_failed;

  GMainContext *context;
  GSocketClient *client;
} Worker;

static void start_next (Worker *self);

static void
on_connected (GObject *client, GAsyncResult *result, gpointer user_data)
{
  Worker *self = user_data;
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_finish (G_SOCKET_CLIENT (client), result, NULL);

  if (connection != NULL)
    self->n_succeeded++;
  else
    self->n_failed++;
  self->n_under_way--;
  start_next (self);
}

static void
start_next (Worker *self)
{
  g_autoptr (GSocketAddress) address = NULL;

  if (self->next > self->last)
    return;

  address = g_inet_socket_address_new (self->address, (guint16) self->next);
  self->next += self->step;
  self->n_under_way++;
  g_socket_client_connect_async (self->client, G_SOCKET_CONNECTABLE (address), NULL, on_connected,
                                 self);
}

static gpointer
run (gpointer user_data)
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

static void
drop_message (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

int
main (int argc, char *argv[])
{
  g_autoptr (GInetAddress) address = argc == 5 ? g_inet_address_new_from_string (argv[1]) : NULL;
  guint first, last, in_flight, n_threads, n_succeeded = 0, n_failed = 0;
  g_autofree Worker *workers = NULL;
  g_autofree GThread **threads = NULL;
  struct rlimit files;

  if (address == NULL || sscanf (argv[2], "%u-%u", &first, &last) != 2 ||
      sscanf (argv[3], "%u", &in_flight) != 1 || sscanf (argv[4], "%u", &n_threads) != 1)
    {
      fprintf (stderr, "Usage: connect-only ADDRESS FIRST-LAST IN-FLIGHT THREADS\n");
      return 2;
    }

  if (getrlimit (RLIMIT_NOFILE, &files) == 0)
    {
      files.rlim_cur = files.rlim_max;
      setrlimit (RLIMIT_NOFILE, &files);
    }
  g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_DEBUG, drop_message, NULL);

  workers = g_new0 (Worker, n_threads);
  threads = g_new0 (GThread *, n_threads);
  for (guint i = 0; i < n_threads; i++)
    {
      workers[i] = (Worker){ .address = address,
                             .next = first + i,
                             .step = n_threads,
                             .last = last,
                             .in_flight = in_flight / n_threads };
      threads[i] = g_thread_new ("connect", run, &workers[i]);
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-socket-poll.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/base/road-heap.h"
#include "road-icmp.h"
#include "road-limits.h"
#include "road-lookout.h"
#include "road-socket-address.h"

/*
 * A socket that was refused or not answered is reused. Making and destroying one, with its descriptor, its
 * object and its entry in epoll, takes more time than the connect, and locks of GObject that a window needs,
 * too:
 *
 *          ┌──────── refused, no answer <────────┐
 *   spare ─┴─> connects ──> epoll, deadlines ────┴─> closed
 */

#define MAX_EVENTS 128

/* How long sockets are kept for reuse when idle, in ms. */
#define SPARE_MS 1000

typedef struct
{
  RoadProbe probe;
  GSocket *socket;
  gboolean is_pending; /* FALSE for a spare one */
  gint64 started;
  guint place; /* in the heap */
} Connect;

struct _RoadSocketPoll
{
  RoadSocketPollFunc func;
  gpointer user_data;
  int epoll_fd;
  RoadSocketAddress *address;
  GHashTable *connects; /* of Connect, by tag */
  RoadHeap deadlines;   /* of Connect */
  RoadLookout lookout;
  GPtrArray *spare_ipv4; /* of Connect */
  GPtrArray *spare_ipv6;
  guint max_spare; /* of both together */
};

static void
on_moved (gpointer data, guint place)
{
  ((Connect *) data)->place = place;
}

static void
connect_free (gpointer data)
{
  Connect *connect = data;

  g_clear_object (&connect->socket);
  g_free (connect);
}

/**
 * road_socket_poll_new:
 * @wake_fd: a file descriptor that ends road_socket_poll_wait() when it is readable; it is not closed
 * @func: called with each probe that ended
 *
 * Returns: (transfer full) (nullable): a poll; %NULL if there is no file descriptor for it
 */
RoadSocketPoll *
road_socket_poll_new (int wake_fd, RoadSocketPollFunc func, gpointer user_data)
{
  struct epoll_event event = { .events = EPOLLIN };
  int epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  RoadSocketPoll *self;

  g_return_val_if_fail (func != NULL, NULL);

  if (epoll_fd < 0 || epoll_ctl (epoll_fd, EPOLL_CTL_ADD, wake_fd, &event) != 0)
    {
      if (epoll_fd >= 0)
        close (epoll_fd);
      return NULL;
    }

  self = g_new0 (RoadSocketPoll, 1);
  self->func = func;
  self->user_data = user_data;
  self->epoll_fd = epoll_fd;
  self->address = road_socket_address_new ();
  self->connects = g_hash_table_new (NULL, NULL);
  self->deadlines.moved = on_moved;
  self->spare_ipv4 = g_ptr_array_new_with_free_func (connect_free);
  self->spare_ipv6 = g_ptr_array_new_with_free_func (connect_free);
  self->max_spare = road_limits_get_spare_sockets ();

  return self;
}

/**
 * road_socket_poll_free:
 * @self: (transfer full): a poll; pending probes have no outcome
 */
void
road_socket_poll_free (RoadSocketPoll *self)
{
  g_return_if_fail (self != NULL);

  road_heap_clear (&self->deadlines, connect_free);
  g_clear_pointer (&self->spare_ipv4, g_ptr_array_unref);
  g_clear_pointer (&self->spare_ipv6, g_ptr_array_unref);
  g_clear_pointer (&self->connects, g_hash_table_unref);
  g_clear_object (&self->address);
  close (self->epoll_fd);
  g_free (self);
}

static GPtrArray *
get_spare (RoadSocketPoll *self, const RoadAddress *address)
{
  return address->length == 16 ? self->spare_ipv6 : self->spare_ipv4;
}

static void
drop_spare (RoadSocketPoll *self)
{
  g_ptr_array_set_size (self->spare_ipv4, 0);
  g_ptr_array_set_size (self->spare_ipv6, 0);
}

static GSocket *
make_socket (RoadSocketPoll *self, const RoadAddress *address, GError **error)
{
  GSocketFamily family = address->length == 16 ? G_SOCKET_FAMILY_IPV6 : G_SOCKET_FAMILY_IPV4;
  GSocket *socket = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  /* Spare sockets of the other family can use up the descriptors. */
  if (socket == NULL)
    {
      drop_spare (self);
      socket = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
    }

  return socket;
}

/* Makes a connect with a new socket, which epoll watches as long as it is open. */
static Connect *
connect_new (RoadSocketPoll *self, const RoadAddress *address, GError **error)
{
  Connect *connect;
  GSocket *socket = make_socket (self, address, error);
  struct epoll_event event = { .events = EPOLLOUT | EPOLLET };

  if (socket == NULL)
    return NULL;

  connect = g_new0 (Connect, 1);
  connect->socket = socket;
  event.data.ptr = connect;
  g_socket_set_blocking (socket, FALSE);
  road_outcome_prepare_socket (socket);

  if (epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, g_socket_get_fd (socket), &event) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
                           g_strerror (errno));
      g_clear_pointer (&connect, connect_free);
    }

  return connect;
}

/* The connect may be over when this returns, also if the kernel says that it is in progress: then the next
 * wait ends at once. */
static gboolean
begin (RoadSocketPoll *self, Connect *connect, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  road_socket_address_set (self->address, &connect->probe.address, connect->probe.port);
  connect->started = g_get_monotonic_time ();

  if (!g_socket_connect (connect->socket, G_SOCKET_ADDRESS (self->address), NULL, &local_error) &&
      !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_PENDING))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/**
 * road_socket_poll_start:
 * @probe: what to connect to; copied
 *
 * If our own machine fails, the probe ends at once.
 */
void
road_socket_poll_start (RoadSocketPoll *self, const RoadProbe *probe)
{
  g_autoptr (GError) error = NULL;
  RoadOutcome outcome = { 0 };
  GPtrArray *spare;
  Connect *connect;

  g_return_if_fail (self != NULL);
  g_return_if_fail (probe != NULL);

  spare = get_spare (self, &probe->address);
  if (spare->len > 0)
    connect = g_ptr_array_steal_index_fast (spare, spare->len - 1);
  else
    connect = connect_new (self, &probe->address, &error);

  if (connect != NULL)
    connect->probe = *probe;

  if (connect != NULL && begin (self, connect, &error))
    {
      connect->is_pending = TRUE;
      if (g_hash_table_size (self->connects) == 0)
        road_lookout_begin (&self->lookout, connect->started);
      g_hash_table_insert (self->connects, probe->tag, connect);
      road_heap_push (&self->deadlines, connect->started + probe->timeout_ms * (gint64) 1000,
                      connect);
      return;
    }

  road_outcome_read_error (&outcome, connect != NULL ? connect->socket : NULL, &probe->address,
                           error);
  self->func (probe, &outcome, self->user_data);
  g_clear_pointer (&connect, connect_free);
}

/* Ends a probe at the next road_socket_poll_wait(), unless its answer has come by then. Does nothing if
 * there is no such probe. */
void
road_socket_poll_give_up (RoadSocketPoll *self, gpointer tag)
{
  Connect *connect;

  g_return_if_fail (self != NULL);

  connect = g_hash_table_lookup (self->connects, tag);
  if (connect == NULL)
    return;

  road_heap_remove (&self->deadlines, connect->place);
  road_heap_push (&self->deadlines, 0, connect);
}

void
road_socket_poll_give_up_all (RoadSocketPoll *self)
{
  GHashTableIter iter;
  gpointer connect;

  g_return_if_fail (self != NULL);

  road_heap_clear (&self->deadlines, NULL);
  g_hash_table_iter_init (&iter, self->connects);
  while (g_hash_table_iter_next (&iter, NULL, &connect))
    road_heap_push (&self->deadlines, 0, connect);
}

static guint32
get_elapsed (Connect *connect, gint64 now)
{
  return (guint32) CLAMP (now - connect->started, 0, (gint64) G_MAXUINT32);
}

static void
end_connect (RoadSocketPoll *self, Connect *connect, RoadOutcome *outcome)
{
  connect->is_pending = FALSE;
  g_hash_table_remove (self->connects, connect->probe.tag);
  self->func (&connect->probe, outcome, self->user_data);
}

/* Makes a socket forget its connect. GIO has no function for this. */
static gboolean
disconnect (int fd)
{
  const struct sockaddr nobody = { .sa_family = AF_UNSPEC };

  return connect (fd, &nobody, sizeof nobody) == 0;
}

/* Takes back a connect that was not answered. Returns FALSE if an ICMP error came at the last moment: it stays in the
 * error queue and would be read as an answer to the socket's next connect. The kernel drops any other late answer. */
static gboolean
take_back (int fd)
{
  RoadReason reason;
  RoadAddress from;

  return disconnect (fd) && !road_icmp_read_error (fd, &reason, &from);
}

/* Makes a socket reusable, if possible. */
static gboolean
reset (Connect *connect, const RoadOutcome *outcome)
{
  int fd = g_socket_get_fd (connect->socket);

  if (outcome->n_retransmits > 0)
    return FALSE;
  if (outcome->kind == ROAD_OUTCOME_NO_ANSWER)
    return take_back (fd);

  return outcome->kind == ROAD_OUTCOME_STATE && outcome->state == ROAD_PORT_CLOSED &&
         disconnect (fd);
}

static void
reuse_or_free (RoadSocketPoll *self, Connect *connect, const RoadOutcome *outcome)
{
  GPtrArray *spare = get_spare (self, &connect->probe.address);

  if (self->spare_ipv4->len + self->spare_ipv6->len < self->max_spare && reset (connect, outcome))
    g_ptr_array_add (spare, connect);
  else
    connect_free (connect);
}

static void
finish (RoadSocketPoll *self, Connect *connect, gint64 now)
{
  RoadOutcome outcome = { .elapsed_us = get_elapsed (connect, now),
                          .seen_late = road_lookout_missed (&self->lookout, connect->started),
                          .delayed = road_lookout_delayed (&self->lookout, connect->started) };
  int error_number;

  /* Not g_socket_check_connect_result(), which makes a GError for each refusal. */
  if (!g_socket_get_option (connect->socket, SOL_SOCKET, SO_ERROR, &error_number, NULL))
    error_number = errno;
  road_outcome_read (&outcome, connect->socket, &connect->probe.address, error_number);
  if (error_number == 0)
    road_outcome_break_off (connect->socket);

  road_heap_remove (&self->deadlines, connect->place);
  end_connect (self, connect, &outcome);
  reuse_or_free (self, connect, &outcome);
}

static void
give_up (RoadSocketPoll *self, Connect *connect, gint64 now)
{
  RoadOutcome outcome = { .kind = ROAD_OUTCOME_NO_ANSWER,
                          .elapsed_us = get_elapsed (connect, now) };

  outcome.n_retransmits =
      road_outcome_read_retransmits (connect->socket, (gint64) outcome.elapsed_us);
  end_connect (self, connect, &outcome);
  reuse_or_free (self, connect, &outcome);
}

/* The timeout for epoll_wait(), in ms; -1 is infinite. */
static int
get_poll_timeout (RoadSocketPoll *self, int max_ms)
{
  gint64 deadline = road_heap_get_time (&self->deadlines);

  if (deadline == G_MAXINT64)
    return self->spare_ipv4->len + self->spare_ipv6->len > 0 ? SPARE_MS : -1;

  return (int) CLAMP ((deadline - g_get_monotonic_time () + 999) / 1000, 0, (gint64) max_ms);
}

/**
 * road_socket_poll_wait:
 * @max_ms: with probes pending, how long to wait at most until something happens, in ms
 *
 * Ends the probes that were answered, then those that timed out: an answer that has come is never lost.
 */
void
road_socket_poll_wait (RoadSocketPoll *self, int max_ms)
{
  struct epoll_event events[MAX_EVENTS];
  gint64 now;
  gboolean waits;
  int n;

  g_return_if_fail (self != NULL);

  do
    {
      n = epoll_wait (self->epoll_fd, events, MAX_EVENTS, 0);
      waits = max_ms > 0 && n == 0;
      if (waits)
        n = epoll_wait (self->epoll_fd, events, MAX_EVENTS, get_poll_timeout (self, max_ms));
      now = g_get_monotonic_time ();
      road_lookout_look (&self->lookout, now, waits);
      if (waits && n == 0 && g_hash_table_size (self->connects) == 0)
        drop_spare (self);
      max_ms = 0;

      for (int i = 0; i < n; i++)
        {
          Connect *connect = events[i].data.ptr;

          /* A spare socket can have a late event of its previous connect. */
          if (connect != NULL && connect->is_pending)
            finish (self, connect, now);
        }
    }
  while (n == MAX_EVENTS);

  while (road_heap_get_time (&self->deadlines) <= now)
    give_up (self, road_heap_pop (&self->deadlines), now);
}

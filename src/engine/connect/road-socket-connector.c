/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-socket-connector.h"

#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "road-lookout.h"
#include "road-socket-poll.h"

/*
 *   owner                                      thread
 *
 *   start(), give_up() ──> inbox ────────────> RoadSocketPoll
 *                            └─ order_fd, if the thread sleeps
 *   RoadConnectorFunc <─── report <─────────── probes that ended
 *                            └─ report_fd, if nothing else waits for the owner
 *
 * Both are woken by an eventfd, with no lock held. The thread does not touch the owner's main context:
 * g_source_set_ready_time() takes that context's lock, and a thread that is preempted there, by the very
 * owner it wakes, blocks the owner.
 *
 * The thread has no main context of its own, which would walk through thousands of connects in each
 * iteration. Each round takes some orders, ends the probes that were answered or timed out, and reports.
 */

/* The number of orders that a round takes before it looks at answers again: about 0.3 ms. */
#define ORDERS_PER_ROUND 64

/* With so many probes pending, outcomes wait to be reported together: until the last report was so long ago, in
 * ms, or there are so many of them. The main context looks at all it has in each round, which takes longer than
 * a few outcomes. */
#define MANY_PENDING 512
#define REPORT_INTERVAL_MS 2
#define MAX_HELD 512

typedef enum
{
  ORDER_START,
  ORDER_GIVE_UP,
  ORDER_GIVE_UP_ALL,
  ORDER_QUIT,
} OrderKind;

/* Orders stay in order, so that a tag that is reused is not mistaken for the previous one. */
typedef struct
{
  OrderKind kind;
  RoadProbe probe; /* only the tag for ORDER_GIVE_UP */
} Order;

struct _RoadSocketConnector
{
  RoadConnector parent_instance;

  GThread *thread;
  int order_fd;  /* wakes the thread */
  int report_fd; /* wakes the owner */
  GSource *report_source;

  /* Shared. */
  GMutex mutex;
  GArray *inbox; /* of Order */
  guint inbox_position;
  gboolean sleeps; /* the thread sleeps or is about to */
  gboolean has_clock;
  clockid_t clock; /* the CPU time of the thread */

  /* In the thread. */
  RoadSocketPoll *poll;
  GArray *probes;   /* of RoadProbe, that ended and were not reported */
  GArray *outcomes; /* of RoadOutcome, one for each */
  guint n_pending;
  gint64 reported_at;
};

G_DEFINE_FINAL_TYPE (RoadSocketConnector, road_socket_connector, ROAD_TYPE_CONNECTOR)

/* The thread. */

static void
on_ended (const RoadProbe *probe, RoadOutcome *outcome, gpointer user_data)
{
  RoadSocketConnector *self = user_data;

  g_array_append_vals (self->probes, probe, 1);
  g_array_append_vals (self->outcomes, outcome, 1);
  self->n_pending--;
}

static gboolean
may_hold (RoadSocketConnector *self, gint64 now)
{
  return self->n_pending > MANY_PENDING && self->probes->len < MAX_HELD &&
         now - self->reported_at < REPORT_INTERVAL_MS * (gint64) 1000;
}

static void
report (RoadSocketConnector *self)
{
  const gint64 now = g_get_monotonic_time ();

  if (self->probes->len == 0 || may_hold (self, now))
    return;

  self->reported_at = now;
  if (road_connector_report (ROAD_CONNECTOR (self),
                             (const RoadProbe *) (gpointer) self->probes->data,
                             (const RoadOutcome *) (gpointer) self->outcomes->data,
                             self->probes->len))
    eventfd_write (self->report_fd, 1);
  g_array_set_size (self->probes, 0);
  g_array_set_size (self->outcomes, 0);
}

/* Takes some orders; if there are none, the thread is about to sleep. */
static guint
take_orders (RoadSocketConnector *self, Order *orders)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = MIN (ORDERS_PER_ROUND, self->inbox->len - self->inbox_position);
  if (n > 0)
    memcpy (orders, &g_array_index (self->inbox, Order, self->inbox_position), n * sizeof *orders);
  self->inbox_position += n;
  if (self->inbox_position == self->inbox->len)
    {
      g_array_set_size (self->inbox, 0);
      self->inbox_position = 0;
    }
  self->sleeps = n == 0;
  g_mutex_unlock (&self->mutex);

  return n;
}

/* Returns whether the thread goes on. */
static gboolean
follow (RoadSocketConnector *self, const Order *order)
{
  switch (order->kind)
    {
    case ORDER_START:
      self->n_pending++;
      road_socket_poll_start (self->poll, &order->probe);
      return TRUE;
    case ORDER_GIVE_UP:
      road_socket_poll_give_up (self->poll, order->probe.tag);
      return TRUE;
    case ORDER_GIVE_UP_ALL:
      road_socket_poll_give_up_all (self->poll);
      return TRUE;
    case ORDER_QUIT:
      return FALSE;
    default:
      g_assert_not_reached ();
    }
}

static gpointer
run (gpointer user_data)
{
  RoadSocketConnector *self = user_data;
  Order orders[ORDERS_PER_ROUND];
  gboolean goes_on = TRUE;

  g_mutex_lock (&self->mutex);
  self->has_clock = pthread_getcpuclockid (pthread_self (), &self->clock) == 0;
  g_mutex_unlock (&self->mutex);

  while (goes_on)
    {
      guint n = take_orders (self, orders);
      eventfd_t value;

      for (guint i = 0; i < n && goes_on; i++)
        goes_on = follow (self, &orders[i]);

      if (n > 0)
        road_socket_poll_wait (self->poll, 0);
      else
        road_socket_poll_wait (self->poll, self->probes->len > 0 ? REPORT_INTERVAL_MS
                                                                 : ROAD_LOOKOUT_INTERVAL_MS);
      if (n == 0)
        eventfd_read (self->order_fd, &value);
      report (self);
    }

  return NULL;
}

/* The owner's side. */

/* Ends a change of the inbox. */
static void
unlock_and_wake (RoadSocketConnector *self)
{
  gboolean sleeps = self->sleeps;

  self->sleeps = FALSE;
  g_mutex_unlock (&self->mutex);

  if (sleeps)
    eventfd_write (self->order_fd, 1);
}

static void
send_order (RoadSocketConnector *self, OrderKind kind, gpointer tag)
{
  const Order order = { .kind = kind, .probe.tag = tag };

  g_mutex_lock (&self->mutex);
  g_array_append_val (self->inbox, order);
  unlock_and_wake (self);
}

static gboolean
dispatch_report (gpointer user_data)
{
  RoadSocketConnector *self = user_data;
  eventfd_t value;

  eventfd_read (self->report_fd, &value);
  road_connector_dispatch (ROAD_CONNECTOR (self));

  return G_SOURCE_CONTINUE;
}

static void
road_socket_connector_start (RoadConnector *connector, const RoadProbe *probes, guint n_probes)
{
  RoadSocketConnector *self = ROAD_SOCKET_CONNECTOR (connector);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < n_probes; i++)
    {
      const Order order = { .kind = ORDER_START, .probe = probes[i] };

      g_array_append_val (self->inbox, order);
    }
  unlock_and_wake (self);
}

static void
road_socket_connector_give_up (RoadConnector *connector, gpointer tag)
{
  send_order (ROAD_SOCKET_CONNECTOR (connector), ORDER_GIVE_UP, tag);
}

static void
road_socket_connector_give_up_all (RoadConnector *connector)
{
  RoadSocketConnector *self = ROAD_SOCKET_CONNECTOR (connector);
  const RoadOutcome outcome = { .kind = ROAD_OUTCOME_NO_ANSWER };
  gboolean is_first = FALSE;

  /* Probes that were not started end at once. */
  g_mutex_lock (&self->mutex);
  for (guint i = self->inbox_position; i < self->inbox->len; i++)
    {
      const Order *order = &g_array_index (self->inbox, Order, i);

      if (order->kind == ORDER_START)
        is_first |= road_connector_report (connector, &order->probe, &outcome, 1);
    }
  g_array_set_size (self->inbox, 0);
  self->inbox_position = 0;
  g_mutex_unlock (&self->mutex);

  if (is_first)
    eventfd_write (self->report_fd, 1);
  send_order (self, ORDER_GIVE_UP_ALL, NULL);
}

/* Returns: the CPU time of its thread, in µs */
gint64
road_socket_connector_get_thread_time (RoadSocketConnector *self)
{
  struct timespec time = { 0 };

  g_return_val_if_fail (ROAD_IS_SOCKET_CONNECTOR (self), 0);

  g_mutex_lock (&self->mutex);
  if (self->has_clock)
    clock_gettime (self->clock, &time);
  g_mutex_unlock (&self->mutex);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
road_socket_connector_finalize (GObject *object)
{
  RoadSocketConnector *self = ROAD_SOCKET_CONNECTOR (object);

  if (self->thread != NULL)
    {
      send_order (self, ORDER_QUIT, NULL);
      g_thread_join (g_steal_pointer (&self->thread));
    }

  road_connector_remove_source (&self->report_source);
  g_clear_pointer (&self->poll, road_socket_poll_free);
  g_clear_pointer (&self->inbox, g_array_unref);
  g_clear_pointer (&self->probes, g_array_unref);
  g_clear_pointer (&self->outcomes, g_array_unref);
  if (self->order_fd >= 0)
    close (self->order_fd);
  if (self->report_fd >= 0)
    close (self->report_fd);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (road_socket_connector_parent_class)->finalize (object);
}

static void
road_socket_connector_class_init (RoadSocketConnectorClass *klass)
{
  RoadConnectorClass *connector_class = ROAD_CONNECTOR_CLASS (klass);

  connector_class->start = road_socket_connector_start;
  connector_class->give_up = road_socket_connector_give_up;
  connector_class->give_up_all = road_socket_connector_give_up_all;

  G_OBJECT_CLASS (klass)->finalize = road_socket_connector_finalize;
}

static void
road_socket_connector_init (RoadSocketConnector *self)
{
  g_mutex_init (&self->mutex);
  self->order_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  self->report_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  self->inbox = g_array_new (FALSE, FALSE, sizeof (Order));
  self->probes = g_array_new (FALSE, FALSE, sizeof (RoadProbe));
  self->outcomes = g_array_new (FALSE, FALSE, sizeof (RoadOutcome));
}

static gboolean
open_thread (RoadSocketConnector *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  if (self->order_fd < 0 || self->report_fd < 0)
    return FALSE;

  self->poll = road_socket_poll_new (self->order_fd, on_ended, self);
  if (self->poll == NULL)
    return FALSE;

  self->report_source = road_connector_add_source (context, self->report_fd, dispatch_report, self);
  self->thread = g_thread_try_new ("road-connector", run, self, NULL);

  return self->thread != NULL;
}

/**
 * road_socket_connector_new:
 * @func: called with the probes that ended, in the thread-default main context of the caller
 *
 * Returns: (transfer full) (nullable): a connector, to be freed when no probe is pending; %NULL if
 *   there is no thread or no file descriptor for it
 */
RoadConnector *
road_socket_connector_new (RoadConnectorFunc func, gpointer user_data)
{
  g_autoptr (RoadConnector) self = road_connector_new (ROAD_TYPE_SOCKET_CONNECTOR, func, user_data);

  if (!open_thread (ROAD_SOCKET_CONNECTOR (self)))
    return NULL;

  return g_steal_pointer (&self);
}

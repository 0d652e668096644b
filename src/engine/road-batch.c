/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-batch.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "road-attempt.h"

/*
 * A GMainContext walks through all of its sources in each iteration, three times, and through all
 * of its descriptors to add or remove one. With thousands of connects in one context that is nine
 * tenths of the time. So connects are divided among small contexts, and the lane's own context has
 * one source for each of them:
 *
 *   lane's context ──> batch's GSource ──> batch's GMainContext ──> up to 64 sockets
 *                        │    waits for the epoll descriptor            │
 *                        └────────────── epoll <────────────────────────┘
 *
 * What happens to one connect costs the time of its own batch only. Connects that were started
 * together are in one batch, and so what ends at the same time is dealt with in one iteration.
 */

/* Deadlines are looked at no more often than this, in µs. */
#define SWEEP_INTERVAL 5000

typedef struct
{
  GList link;
  RoadBatch *batch;
  RoadProbe probe;
  RoadAttempt *attempt;
  gint64 deadline;
  gboolean is_watched; /* by epoll */
} Pending;

typedef struct
{
  GSource source;
  RoadBatch *batch;
} BatchSource;

struct _RoadBatch
{
  RoadBatchFunc func;
  gpointer user_data;

  GSocketClient *client;
  GMainContext *context; /* of the connects */
  GArray *descriptors;   /* of GPollFD, those of the context */
  GSource *source;       /* in the context of the lane */
  int epoll_fd;
  GQueue pending; /* of Pending */
  gint64 next_sweep;
};

static void
on_ended (RoadAttempt *attempt, RoadOutcome *outcome, gpointer user_data)
{
  Pending *pending = user_data;
  RoadBatch *self = pending->batch;

  g_queue_unlink (&self->pending, &pending->link);
  self->func (&pending->probe, outcome, self->user_data);
  g_object_unref (pending->attempt);
  g_free (pending);
}

static void
start_attempt (RoadBatch *self, const RoadProbe *probe)
{
  Pending *pending = g_new0 (Pending, 1);
  gint64 started;

  pending->link.data = pending;
  pending->batch = self;
  pending->probe = *probe;
  pending->attempt = road_attempt_new (&probe->address, probe->inet, probe->port);
  g_queue_push_tail_link (&self->pending, &pending->link);

  road_attempt_start (pending->attempt, self->client, on_ended, pending);

  started = road_attempt_get_started (pending->attempt);
  pending->deadline = started == 0 ? G_MAXINT64 : started + probe->timeout_ms * (gint64) 1000;
  self->next_sweep = MIN (self->next_sweep, pending->deadline);
}

/* Dispatches what is ready. Returns for how long nothing else will be, in ms; -1 for ever. */
static int
run_context (RoadBatch *self)
{
  gboolean is_done = FALSE;

  while (TRUE)
    {
      GPollFD *descriptors = (GPollFD *) (gpointer) self->descriptors->data;
      int priority, timeout, n;

      g_main_context_prepare (self->context, &priority);
      n = g_main_context_query (self->context, priority, &timeout, descriptors,
                                (int) self->descriptors->len);
      if (n > (int) self->descriptors->len)
        {
          g_array_set_size (self->descriptors, (guint) n);
          continue;
        }

      if (is_done && timeout != 0)
        return timeout;

      g_poll (descriptors, (guint) n, 0);
      if (g_main_context_check (self->context, priority, descriptors, n))
        g_main_context_dispatch (self->context);
      is_done = TRUE;
    }
}

/* Has the lane's context wait for what came to stay. */
static void
watch_sockets (RoadBatch *self)
{
  /* A socket that is closed leaves by itself, so each is added once. */
  for (GList *link = self->pending.tail; link != NULL; link = link->prev)
    {
      Pending *pending = link->data;
      struct epoll_event event = { .events = EPOLLOUT };
      GSocket *socket = road_attempt_get_socket (pending->attempt);

      if (pending->is_watched)
        break;

      if (socket != NULL &&
          epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, g_socket_get_fd (socket), &event) != 0)
        g_warning ("A socket cannot be waited for: %s", g_strerror (errno));
      pending->is_watched = TRUE;
    }
}

/* Does what there is to do and says when there will be more. */
static void
run (RoadBatch *self)
{
  gint64 ready_time;
  int timeout;

  g_main_context_push_thread_default (self->context);
  timeout = run_context (self);
  g_main_context_pop_thread_default (self->context);
  watch_sockets (self);

  if (self->pending.length == 0)
    self->next_sweep = G_MAXINT64;
  ready_time = self->next_sweep;
  if (timeout >= 0)
    ready_time = MIN (ready_time, g_get_monotonic_time () + timeout * (gint64) 1000);
  g_source_set_ready_time (self->source, ready_time == G_MAXINT64 ? -1 : ready_time);
}

/* Gives up what has waited until its deadline, if that is not after @until. Returns the next one. */
static gint64
give_up_until (RoadBatch *self, gint64 until)
{
  gint64 next = G_MAXINT64;

  for (GList *link = self->pending.head; link != NULL; link = link->next)
    {
      Pending *pending = link->data;

      if (pending->deadline <= until)
        {
          road_attempt_give_up (pending->attempt);
          pending->deadline = G_MAXINT64;
        }
      else
        {
          next = MIN (next, pending->deadline);
        }
    }

  return next;
}

static gboolean
dispatch_batch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  RoadBatch *self = ((BatchSource *) source)->batch;
  gint64 now = g_source_get_time (source);

  if (self->next_sweep <= now)
    self->next_sweep = MAX (give_up_until (self, now), now + SWEEP_INTERVAL);
  run (self);

  return G_SOURCE_CONTINUE;
}

/**
 * road_batch_new:
 * @context: the main context that runs it, from the thread that owns it
 * @client: a client of road_attempt_client_new()
 * @func: called when a probe has ended, from @context
 * @user_data: for @func
 *
 * Returns: (transfer full) (nullable): a batch without connects, or %NULL if the process has no
 *   file descriptors left for it; it needs two
 */
RoadBatch *
road_batch_new (GMainContext *context,
                GSocketClient *client,
                RoadBatchFunc func,
                gpointer user_data)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_batch };
  RoadBatch *self;
  int epoll_fd, spare_fd;

  g_return_val_if_fail (G_IS_SOCKET_CLIENT (client), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  /* A main context that gets no descriptor of its own ends the program. */
  epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  if (epoll_fd < 0)
    return NULL;
  spare_fd = dup (epoll_fd);
  if (spare_fd < 0)
    {
      close (epoll_fd);
      return NULL;
    }
  close (spare_fd);

  self = g_new0 (RoadBatch, 1);
  self->func = func;
  self->user_data = user_data;
  self->client = g_object_ref (client);
  self->context = g_main_context_new ();
  self->descriptors = g_array_new (FALSE, FALSE, sizeof (GPollFD));
  g_array_set_size (self->descriptors, ROAD_BATCH_SIZE + 1);
  self->epoll_fd = epoll_fd;
  self->next_sweep = G_MAXINT64;
  g_queue_init (&self->pending);

  self->source = g_source_new (&funcs, sizeof (BatchSource));
  ((BatchSource *) self->source)->batch = self;
  g_source_set_static_name (self->source, "RoadBatch");
  g_source_add_unix_fd (self->source, epoll_fd, G_IO_IN);
  g_source_attach (self->source, context);

  return self;
}

/**
 * road_batch_free:
 * @self: (transfer full): a batch with nothing pending
 *
 * Frees it.
 */
void
road_batch_free (RoadBatch *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->pending.length == 0);

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_object (&self->client);
  g_clear_pointer (&self->descriptors, g_array_unref);
  close (self->epoll_fd);
  g_free (self);
}

/**
 * road_batch_start:
 * @self: a batch
 * @probes: (array length=n_probes): what to connect to; each probe's @inet must live until its
 *   outcome came
 * @n_probes: how many
 *
 * Connects. What ends at once has its outcome before this returns.
 */
void
road_batch_start (RoadBatch *self, const RoadProbe *probes, guint n_probes)
{
  g_return_if_fail (self != NULL);

  g_main_context_push_thread_default (self->context);
  for (guint i = 0; i < n_probes; i++)
    start_attempt (self, &probes[i]);
  g_main_context_pop_thread_default (self->context);

  run (self);
}

/**
 * road_batch_give_up:
 * @self: a batch
 *
 * Waits for no answers any more, see road_attempt_give_up().
 */
void
road_batch_give_up (RoadBatch *self)
{
  g_return_if_fail (self != NULL);

  self->next_sweep = give_up_until (self, G_MAXINT64 - 1);
  run (self);
}

/**
 * road_batch_get_n_pending:
 * @self: a batch
 *
 * Returns: how many connects are under way
 */
guint
road_batch_get_n_pending (RoadBatch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->pending.length;
}

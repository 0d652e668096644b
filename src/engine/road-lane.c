/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-lane.h"

#include <string.h>

#include "road-attempt.h"

/*
 * Probes go in and outcomes come out through two queues:
 *
 *   owner's context                          lane's context
 *
 *   road_lane_submit() ──> inbox ─────────> work source ──> GSocketClient
 *                                                               │
 *   RoadLaneFunc <──────── report source <── outbox <───────────┘
 *
 * A lane without a thread lives in the owner's context; one with a thread has a context of its own.
 * Nothing else differs. Connects are never started from a connect's callback: on a main loop that
 * draws a window, callbacks that start connects would starve the drawing (GTK draws at priority
 * 120). Both sources run below it, so that each round of connects waits for the frame.
 */

#define LANE_PRIORITY G_PRIORITY_DEFAULT_IDLE /* 200 */

/* How many connects one dispatch starts: few enough for a frame not to be late (64 connects are
 * about 2 ms), many enough for the main loop's own cost not to show. */
#define CONNECTS_PER_DISPATCH 64

/* Deadlines are looked at no more often than this, in µs. */
#define SWEEP_INTERVAL 5000

typedef struct
{
  GList link;
  RoadLane *lane;
  RoadProbe probe;
  RoadAttempt *attempt;
  gint64 deadline;
} Pending;

struct _RoadLane
{
  RoadLaneFunc func;
  gpointer user_data;

  GMainContext *context;
  GThread *thread;
  GMainLoop *loop; /* of the thread */

  /* In the lane's context. */
  GSocketClient *client;
  GSource *work_source;
  GSource *deadline_source;
  GQueue pending; /* of Pending */

  /* In the owner's context. */
  GSource *report_source;
  guint n_pending;

  /* Between the two. */
  GMutex mutex;
  GArray *inbox; /* of RoadProbe */
  guint inbox_position;
  gboolean cancel;
  GArray *outbox_probes;   /* of RoadProbe */
  GArray *outbox_outcomes; /* of RoadOutcome */
};

static void
update_deadline (RoadLane *self, gint64 deadline)
{
  gint64 ready_time = g_source_get_ready_time (self->deadline_source);

  if (ready_time == -1 || deadline < ready_time)
    g_source_set_ready_time (self->deadline_source, deadline);
}

static void
on_ended (RoadAttempt *attempt, RoadOutcome *outcome, gpointer user_data)
{
  Pending *pending = user_data;
  RoadLane *self = pending->lane;

  g_queue_unlink (&self->pending, &pending->link);

  g_mutex_lock (&self->mutex);
  g_array_append_val (self->outbox_probes, pending->probe);
  g_array_append_val (self->outbox_outcomes, *outcome);
  if (self->outbox_probes->len == 1)
    g_source_set_ready_time (self->report_source, 0);
  g_mutex_unlock (&self->mutex);

  g_object_unref (pending->attempt);
  g_free (pending);
}

static void
start_attempt (RoadLane *self, const RoadProbe *probe)
{
  Pending *pending = g_new0 (Pending, 1);
  gint64 started;

  pending->link.data = pending;
  pending->lane = self;
  pending->probe = *probe;
  pending->attempt = road_attempt_new (&probe->address, probe->inet, probe->port);
  g_queue_push_tail_link (&self->pending, &pending->link);

  road_attempt_start (pending->attempt, self->client, on_ended, pending);

  started = road_attempt_get_started (pending->attempt);
  pending->deadline = started == 0 ? G_MAXINT64 : started + probe->timeout_ms * (gint64) 1000;
  if (started != 0)
    update_deadline (self, pending->deadline);
}

static void
give_up_all (RoadLane *self)
{
  for (GList *link = self->pending.head; link != NULL; link = link->next)
    road_attempt_give_up (((Pending *) link->data)->attempt);
}

/* Takes up to @max probes from the inbox. The source that asks for them rests when it is empty. */
static guint
take_probes (RoadLane *self, RoadProbe *probes, guint max, gboolean *cancel)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = MIN (max, self->inbox->len - self->inbox_position);
  if (n > 0)
    memcpy (probes, &g_array_index (self->inbox, RoadProbe, self->inbox_position),
            n * sizeof *probes);
  self->inbox_position += n;
  if (self->inbox_position == self->inbox->len)
    {
      g_array_set_size (self->inbox, 0);
      self->inbox_position = 0;
      g_source_set_ready_time (self->work_source, -1);
    }
  *cancel = self->cancel;
  self->cancel = FALSE;
  g_mutex_unlock (&self->mutex);

  return n;
}

static gboolean
dispatch_work (gpointer user_data)
{
  RoadLane *self = user_data;
  RoadProbe probes[CONNECTS_PER_DISPATCH];
  gboolean cancel;
  guint n = take_probes (self, probes, G_N_ELEMENTS (probes), &cancel);

  for (guint i = 0; i < n; i++)
    start_attempt (self, &probes[i]);

  if (cancel)
    give_up_all (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_deadlines (gpointer user_data)
{
  RoadLane *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 next = G_MAXINT64;

  for (GList *link = self->pending.head; link != NULL; link = link->next)
    {
      Pending *pending = link->data;

      if (pending->deadline <= now)
        {
          road_attempt_give_up (pending->attempt);
          pending->deadline = G_MAXINT64;
        }
      else
        {
          next = MIN (next, pending->deadline);
        }
    }

  g_source_set_ready_time (self->deadline_source,
                           next == G_MAXINT64 ? -1 : MAX (next, now + SWEEP_INTERVAL));

  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_report (gpointer user_data)
{
  RoadLane *self = user_data;
  g_autoptr (GArray) probes = NULL;
  g_autoptr (GArray) outcomes = NULL;

  g_mutex_lock (&self->mutex);
  probes = g_steal_pointer (&self->outbox_probes);
  outcomes = g_steal_pointer (&self->outbox_outcomes);
  self->outbox_probes = g_array_new (FALSE, FALSE, sizeof (RoadProbe));
  self->outbox_outcomes = g_array_new (FALSE, FALSE, sizeof (RoadOutcome));
  g_source_set_ready_time (self->report_source, -1);
  g_mutex_unlock (&self->mutex);

  self->n_pending -= probes->len;
  if (probes->len > 0)
    self->func (self, (const RoadProbe *) (gpointer) probes->data,
                (const RoadOutcome *) (gpointer) outcomes->data, probes->len, self->user_data);

  /* The lane itself may be gone by now: func() can free it. */
  for (guint i = 0; i < outcomes->len; i++)
    road_outcome_clear (&g_array_index (outcomes, RoadOutcome, i));

  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_source (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

/* A source that is dispatched when its ready time is set, from whatever thread. */
static GSource *
add_source (GMainContext *context, GSourceFunc callback, gpointer user_data)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_source };
  GSource *source = g_source_new (&funcs, sizeof (GSource));

  g_source_set_priority (source, LANE_PRIORITY);
  g_source_set_callback (source, callback, user_data, NULL);
  g_source_set_static_name (source, "RoadLane");
  g_source_attach (source, context);

  return source;
}

static void
remove_source (GSource **source)
{
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gpointer
run_thread (gpointer user_data)
{
  RoadLane *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

/**
 * road_lane_new:
 * @threaded: whether to open a thread with a main context of its own; otherwise the lane lives in
 *   the thread-default main context of the caller
 * @func: called with what ended, in the thread-default main context of the caller
 * @user_data: for @func
 *
 * Returns: (transfer full): a lane; free it with road_lane_free()
 */
RoadLane *
road_lane_new (gboolean threaded, RoadLaneFunc func, gpointer user_data)
{
  RoadLane *self;
  g_autoptr (GMainContext) owner_context = g_main_context_ref_thread_default ();

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (RoadLane, 1);
  self->func = func;
  self->user_data = user_data;
  g_mutex_init (&self->mutex);
  self->inbox = g_array_new (FALSE, FALSE, sizeof (RoadProbe));
  self->outbox_probes = g_array_new (FALSE, FALSE, sizeof (RoadProbe));
  self->outbox_outcomes = g_array_new (FALSE, FALSE, sizeof (RoadOutcome));
  g_queue_init (&self->pending);

  self->context = threaded ? g_main_context_new () : g_main_context_ref (owner_context);
  self->report_source = add_source (owner_context, dispatch_report, self);
  self->work_source = add_source (self->context, dispatch_work, self);
  self->deadline_source = add_source (self->context, dispatch_deadlines, self);

  self->client = road_attempt_client_new ();

  if (threaded)
    {
      self->loop = g_main_loop_new (self->context, FALSE);
      self->thread = g_thread_new ("road-lane", run_thread, self);
    }

  return self;
}

static gboolean
quit_loop (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

/**
 * road_lane_free:
 * @self: (transfer full): a lane with nothing pending
 *
 * Ends a lane. To end one that is busy, call road_lane_cancel() and wait until nothing is pending.
 */
void
road_lane_free (RoadLane *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->n_pending == 0);

  if (self->thread != NULL)
    {
      /* Not g_main_context_invoke(), which could run before the loop does and be lost. */
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_callback (source, quit_loop, self->loop, NULL);
      g_source_attach (source, self->context);
      g_thread_join (g_steal_pointer (&self->thread));
      g_clear_pointer (&self->loop, g_main_loop_unref);
    }

  remove_source (&self->report_source);
  remove_source (&self->work_source);
  remove_source (&self->deadline_source);
  g_clear_object (&self->client);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->inbox, g_array_unref);
  g_clear_pointer (&self->outbox_probes, g_array_unref);
  g_clear_pointer (&self->outbox_outcomes, g_array_unref);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * road_lane_submit:
 * @self: a lane
 * @probes: (array length=n_probes): what to connect to; each probe's @inet must live until its
 *   outcome came
 * @n_probes: how many
 *
 * Starts connects, as soon as the lane's main context has nothing more urgent to do. Each has one
 * outcome, in any order. How many are under way at once is for the caller to bound.
 */
void
road_lane_submit (RoadLane *self, const RoadProbe *probes, guint n_probes)
{
  g_return_if_fail (self != NULL);

  if (n_probes == 0)
    return;

  self->n_pending += n_probes;

  g_mutex_lock (&self->mutex);
  g_array_append_vals (self->inbox, probes, n_probes);
  g_source_set_ready_time (self->work_source, 0);
  g_mutex_unlock (&self->mutex);
}

/**
 * road_lane_cancel:
 * @self: a lane
 *
 * Gives up all that is pending. What was not begun and what has no answer ends as
 * %ROAD_OUTCOME_NO_ANSWER, soon but not at once.
 */
void
road_lane_cancel (RoadLane *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);

  /* What was not begun is over at once. */
  for (guint i = self->inbox_position; i < self->inbox->len; i++)
    {
      const RoadOutcome outcome = { .kind = ROAD_OUTCOME_NO_ANSWER };

      g_array_append_val (self->outbox_probes, g_array_index (self->inbox, RoadProbe, i));
      g_array_append_val (self->outbox_outcomes, outcome);
    }
  g_array_set_size (self->inbox, 0);
  self->inbox_position = 0;

  self->cancel = TRUE;
  g_source_set_ready_time (self->work_source, 0);
  g_source_set_ready_time (self->report_source, 0);
  g_mutex_unlock (&self->mutex);
}

/**
 * road_lane_get_n_pending:
 * @self: a lane
 *
 * Returns: how many probes have been submitted whose outcome has not been handed over
 */
guint
road_lane_get_n_pending (RoadLane *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_pending;
}

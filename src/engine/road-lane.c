/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-lane.h"

#include <errno.h>
#include <string.h>

#include "road-attempt.h"

/*
 * Probes go in and outcomes come out through two queues:
 *
 *   owner's context                          lane's context
 *
 *   road_lane_submit() ──> inbox ─────────> work source ──> RoadBatch, many ──> GSocketClient
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

/* A batch is filled while it has room for so many, so that there are not many batches with few
 * connects each: road_limits_get_free_files() counts on it. */
#define MIN_ROOM 16

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
  GPtrArray *batches; /* of RoadBatch */
  RoadBatch *current; /* the batch that is being filled */

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
on_ended (const RoadProbe *probe, RoadOutcome *outcome, gpointer user_data)
{
  RoadLane *self = user_data;

  g_mutex_lock (&self->mutex);
  g_array_append_vals (self->outbox_probes, probe, 1);
  g_array_append_vals (self->outbox_outcomes, outcome, 1);
  if (self->outbox_probes->len == 1)
    g_source_set_ready_time (self->report_source, 0);
  g_mutex_unlock (&self->mutex);
}

static guint
get_room (RoadBatch *batch)
{
  guint n_pending = batch != NULL ? road_batch_get_n_pending (batch) : ROAD_BATCH_SIZE;

  return n_pending < ROAD_BATCH_SIZE ? ROAD_BATCH_SIZE - n_pending : 0;
}

/* The batch for the next @n connects: the one that the last ones went to, while it has room, or
 * else the emptiest, or a new one. Without descriptors for a new one the last one takes more than
 * it should; NULL if there never were any. */
static RoadBatch *
pick_batch (RoadLane *self, guint n)
{
  RoadBatch *batch = NULL;

  if (get_room (self->current) >= MIN (n, MIN_ROOM))
    return self->current;

  for (guint i = 0; i < self->batches->len; i++)
    {
      if (get_room (self->batches->pdata[i]) > get_room (self->current))
        self->current = self->batches->pdata[i];
    }

  if (get_room (self->current) < MIN_ROOM)
    batch = road_batch_new (self->context, self->client, on_ended, self);
  if (batch != NULL)
    {
      g_ptr_array_add (self->batches, batch);
      self->current = batch;
    }

  return self->current;
}

static void
fail_probe (RoadLane *self, const RoadProbe *probe)
{
  RoadOutcome outcome = { .kind = ROAD_OUTCOME_LOCAL_ERROR };

  outcome.error =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES, g_strerror (EMFILE));
  on_ended (probe, &outcome, self);
}

static void
start_probes (RoadLane *self, const RoadProbe *probes, guint n)
{
  while (n > 0)
    {
      RoadBatch *batch = pick_batch (self, n);
      guint n_started = CLAMP (get_room (batch), 1, n);

      if (batch != NULL)
        road_batch_start (batch, probes, n_started);
      else
        fail_probe (self, probes);
      probes += n_started;
      n -= n_started;
    }
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

  start_probes (self, probes, n);

  if (cancel)
    {
      for (guint i = 0; i < self->batches->len; i++)
        road_batch_give_up (self->batches->pdata[i]);
    }

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

  self->context = threaded ? g_main_context_new () : g_main_context_ref (owner_context);
  self->report_source = add_source (owner_context, dispatch_report, self);
  self->work_source = add_source (self->context, dispatch_work, self);

  self->client = road_attempt_client_new ();
  self->batches = g_ptr_array_new_with_free_func ((GDestroyNotify) road_batch_free);

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
  g_clear_pointer (&self->batches, g_ptr_array_unref);
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

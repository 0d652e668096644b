/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-lanes.h"

#include <time.h>

/* A lane that keeps its thread busy for this part of the time is outgrown, and one with so many
 * connects in flight: see the table in the README. */
#define BUSY_THREAD 0.7
#define MAX_IN_FLIGHT_PER_LANE 512

/* Over what time it is measured whether a thread is busy, in µs: longer than the drawing of a frame. */
#define CHECK_INTERVAL 50000

typedef struct
{
  RoadLane *lane;
  GArray *batch; /* of RoadProbe, about to be submitted */
} Lane;

struct _RoadLanes
{
  RoadLaneFunc func;
  gpointer user_data;
  GArray *lanes; /* of Lane */
  guint max_lanes;

  /* When it was last checked whether they keep up, and the CPU time of this thread then, in µs. */
  gint64 checked_at;
  gint64 thread_time;
};

static void
lane_clear (gpointer data)
{
  Lane *lane = data;

  road_lane_free (lane->lane);
  g_array_unref (lane->batch);
}

static Lane *
get_lane (RoadLanes *self, guint i)
{
  return &g_array_index (self->lanes, Lane, i);
}

static void
add_lane (RoadLanes *self)
{
  const Lane lane = {
    .lane = road_lane_new (self->lanes->len > 0, self->func, self->user_data),
    .batch = g_array_new (FALSE, FALSE, sizeof (RoadProbe)),
  };

  g_array_append_val (self->lanes, lane);
}

/* In µs. */
static gint64
get_thread_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/**
 * road_lanes_new:
 * @func: called with what ended, in the thread-default main context of the caller
 * @user_data: for @func
 *
 * Returns: (transfer full): one lane, in the thread-default main context of the caller
 */
RoadLanes *
road_lanes_new (RoadLaneFunc func, gpointer user_data)
{
  RoadLanes *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (RoadLanes, 1);
  self->func = func;
  self->user_data = user_data;
  self->lanes = g_array_new (FALSE, FALSE, sizeof (Lane));
  g_array_set_clear_func (self->lanes, lane_clear);
  self->max_lanes = g_get_num_processors ();
  self->checked_at = g_get_monotonic_time ();
  self->thread_time = get_thread_time ();
  add_lane (self);

  return self;
}

/**
 * road_lanes_free:
 * @self: (transfer full): lanes with nothing pending
 *
 * Ends them.
 */
void
road_lanes_free (RoadLanes *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->lanes);
  g_free (self);
}

/**
 * road_lanes_check:
 * @self: lanes
 * @now: the time, in µs
 *
 * Opens one more lane if those that there are do not keep up. To be called often.
 */
void
road_lanes_check (RoadLanes *self, gint64 now)
{
  gint64 time, used, passed;

  g_return_if_fail (self != NULL);

  passed = now - self->checked_at;
  if (passed < CHECK_INTERVAL || self->lanes->len >= self->max_lanes)
    return;

  time = get_thread_time ();
  used = time - self->thread_time;
  self->thread_time = time;
  self->checked_at = now;

  if ((double) used > BUSY_THREAD * (double) passed ||
      road_lanes_get_n_pending (self) > self->lanes->len * MAX_IN_FLIGHT_PER_LANE)
    add_lane (self);
}

static guint
get_load (const Lane *lane)
{
  return road_lane_get_n_pending (lane->lane) + lane->batch->len;
}

/**
 * road_lanes_add:
 * @self: lanes
 * @probe: what to connect to, as in road_lane_submit()
 *
 * Gives a probe to the lane that has the least to do. road_lanes_submit() starts it.
 */
void
road_lanes_add (RoadLanes *self, const RoadProbe *probe)
{
  Lane *idlest;

  g_return_if_fail (self != NULL);

  idlest = get_lane (self, 0);
  for (guint i = 1; i < self->lanes->len; i++)
    {
      if (get_load (get_lane (self, i)) < get_load (idlest))
        idlest = get_lane (self, i);
    }

  g_array_append_vals (idlest->batch, probe, 1);
}

/**
 * road_lanes_submit:
 * @self: lanes
 *
 * Starts what was added since the last time.
 */
void
road_lanes_submit (RoadLanes *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->lanes->len; i++)
    {
      Lane *lane = get_lane (self, i);

      road_lane_submit (lane->lane, (const RoadProbe *) (gpointer) lane->batch->data,
                        lane->batch->len);
      g_array_set_size (lane->batch, 0);
    }
}

/**
 * road_lanes_cancel:
 * @self: lanes
 *
 * Gives up all that is pending, see road_lane_cancel().
 */
void
road_lanes_cancel (RoadLanes *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->lanes->len; i++)
    road_lane_cancel (get_lane (self, i)->lane);
}

/**
 * road_lanes_get_n_pending:
 * @self: lanes
 *
 * Returns: how many probes have been submitted whose outcome has not been handed over
 */
guint
road_lanes_get_n_pending (RoadLanes *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->lanes->len; i++)
    n += road_lane_get_n_pending (get_lane (self, i)->lane);

  return n;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-liveness.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

/* A SYN whose answer would have come at once. */
static RoadLivenessVerdict
judge (RoadLiveness *path, gint64 now, gint64 sent_at)
{
  return road_liveness_judge (path, now, sent_at, sent_at);
}

/* Losing this: nothing is ever called filtered on a network of which nothing is heard. */
static void
test_unknown_path (void)
{
  RoadLiveness path = { 0 };
  gint64 next = G_MAXINT64;

  g_assert_cmpint (judge (&path, 5, 1), ==, ROAD_LIVENESS_ALIVE);
  g_assert_false (road_liveness_wants_probe (&path, 5, &next));
  g_assert_false (road_liveness_is_dead (&path, 5));
}

/* Losing this: a port that was asked while the network was silent is called filtered. */
static void
test_silent_moment (void)
{
  RoadLiveness path = { 0 };
  gint64 next = G_MAXINT64;

  road_liveness_good (&path, 1 * SECOND);
  g_assert_cmpint (judge (&path, 2 * SECOND, SECOND / 2), ==, ROAD_LIVENESS_ALIVE);

  /* What was sent after the last good one is not decided yet: ask. */
  g_assert_cmpint (judge (&path, 2 * SECOND, 3 * SECOND / 2), ==, ROAD_LIVENESS_UNKNOWN);
  g_assert_true (road_liveness_wants_probe (&path, 2 * SECOND, &next));
  road_liveness_probe_sent (&path);
  g_assert_false (road_liveness_wants_probe (&path, 2 * SECOND, &next));

  /* One control probe can be lost by chance; two are a sign. */
  road_liveness_probe_failed (&path, 3 * SECOND, 2 * SECOND);
  g_assert_false (road_liveness_is_dead (&path, 3 * SECOND));
  g_assert_true (road_liveness_wants_probe (&path, 3 * SECOND, &next));
  road_liveness_probe_sent (&path);
  road_liveness_probe_failed (&path, 4 * SECOND, 3 * SECOND);
  g_assert_true (road_liveness_is_dead (&path, 4 * SECOND));
  g_assert_cmpint (judge (&path, 4 * SECOND, 3 * SECOND / 2), ==, ROAD_LIVENESS_UNKNOWN);

  /* It is asked again, but not all the time. */
  next = G_MAXINT64;
  g_assert_false (road_liveness_wants_probe (&path, 4 * SECOND, &next));
  g_assert_cmpint (next, >, 4 * SECOND);
  g_assert_cmpint (next, <=, 5 * SECOND);
  g_assert_true (road_liveness_wants_probe (&path, next, &next));

  /* It is back: the silences in between say nothing, those before and after do. */
  road_liveness_probe_sent (&path);
  road_liveness_probe_answered (&path, 5 * SECOND);
  g_assert_false (road_liveness_is_dead (&path, 6 * SECOND));
  g_assert_cmpint (judge (&path, 6 * SECOND, SECOND / 2), ==, ROAD_LIVENESS_ALIVE);
  g_assert_cmpint (judge (&path, 6 * SECOND, 3 * SECOND / 2), ==, ROAD_LIVENESS_DEAD);
  g_assert_cmpint (judge (&path, 6 * SECOND, 4 * SECOND), ==, ROAD_LIVENESS_DEAD);

  /* Its answer would have come while the path was silent. */
  g_assert_cmpint (road_liveness_judge (&path, 6 * SECOND, SECOND / 2, 3 * SECOND / 2), ==,
                   ROAD_LIVENESS_DEAD);
  /* Nobody knows yet about the whole time that its answer was waited for. */
  g_assert_cmpint (road_liveness_judge (&path, 6 * SECOND, 5 * SECOND, 6 * SECOND), ==,
                   ROAD_LIVENESS_UNKNOWN);

  road_liveness_good (&path, 7 * SECOND);
  g_assert_cmpint (judge (&path, 8 * SECOND, 6 * SECOND), ==, ROAD_LIVENESS_ALIVE);
}

/* Losing this: a single lost control probe, or one that is answered late, throws good work away. */
static void
test_single_loss (void)
{
  RoadLiveness path = { 0 };

  road_liveness_good (&path, 1 * SECOND);
  road_liveness_probe_sent (&path);
  road_liveness_probe_failed (&path, 3 * SECOND, 2 * SECOND);
  road_liveness_probe_sent (&path);
  road_liveness_probe_answered (&path, 3 * SECOND);
  g_assert_cmpint (judge (&path, 4 * SECOND, 2 * SECOND), ==, ROAD_LIVENESS_ALIVE);

  /* A failure that was overtaken by an answer is none. */
  road_liveness_probe_sent (&path);
  road_liveness_good (&path, 5 * SECOND);
  road_liveness_probe_failed (&path, 6 * SECOND, 4 * SECOND);
  road_liveness_probe_sent (&path);
  road_liveness_probe_failed (&path, 8 * SECOND, 7 * SECOND);
  g_assert_false (road_liveness_is_dead (&path, 8 * SECOND));
}

/* Losing this: a scan of a host that went away, or that shut us out, never ends. */
static void
test_patience (void)
{
  RoadLiveness path = { 0 };

  road_liveness_good (&path, 1 * SECOND);
  for (guint i = 0; i < 2; i++)
    {
      road_liveness_probe_sent (&path);
      road_liveness_probe_failed (&path, 3 * SECOND, 2 * SECOND);
    }

  g_assert_true (road_liveness_is_dead (&path, 22 * SECOND));
  g_assert_cmpint (judge (&path, 22 * SECOND, 10 * SECOND), ==, ROAD_LIVENESS_UNKNOWN);
  g_assert_false (road_liveness_is_dead (&path, 24 * SECOND));
  g_assert_cmpint (judge (&path, 24 * SECOND, 10 * SECOND), ==, ROAD_LIVENESS_ALIVE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/liveness/unknown-path", test_unknown_path);
  g_test_add_func ("/liveness/silent-moment", test_silent_moment);
  g_test_add_func ("/liveness/single-loss", test_single_loss);
  g_test_add_func ("/liveness/patience", test_patience);

  return g_test_run ();
}

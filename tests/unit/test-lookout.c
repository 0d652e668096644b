/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/connect/road-lookout.h"

#define MS ((gint64) 1000)
#define SECOND ((gint64) G_USEC_PER_SEC)
#define START (1000 * SECOND)

/* Losing this: a program that was suspended takes the time for a round trip, and then waits as long for
 * each silent port. */
static void
test_suspended (void)
{
  RoadLookout lookout = { 0 };

  road_lookout_begin (&lookout, START);
  road_lookout_look (&lookout, START + 60 * MS, TRUE);
  g_assert_false (road_lookout_missed (&lookout, START));

  road_lookout_look (&lookout, START + 3 * SECOND, TRUE);
  g_assert_true (road_lookout_missed (&lookout, START));
  g_assert_true (road_lookout_missed (&lookout, START + 70 * MS));
  /* Those that are seen in the same round have no other start. */
  road_lookout_look (&lookout, START + 3 * SECOND, TRUE);
  g_assert_true (road_lookout_missed (&lookout, START + 70 * MS));
  /* Started after it. */
  road_lookout_look (&lookout, START + 3 * SECOND + 100 * MS, TRUE);
  g_assert_false (road_lookout_missed (&lookout, START + 3 * SECOND));
}

/* Losing this: the first answers after a pause tell no round-trip time. */
static void
test_idle (void)
{
  RoadLookout lookout = { 0 };

  road_lookout_begin (&lookout, START);
  road_lookout_look (&lookout, START + 100 * MS, TRUE);
  road_lookout_begin (&lookout, START + 60 * SECOND);
  road_lookout_look (&lookout, START + 60 * SECOND + 20 * MS, TRUE);
  g_assert_false (road_lookout_missed (&lookout, START + 60 * SECOND));
}

/* Losing this: on a busy machine its own delays are taken for round trips, and each silent port takes longer. */
static void
test_busy (void)
{
  RoadLookout lookout = { 0 };

  road_lookout_begin (&lookout, START);
  road_lookout_look (&lookout, START + 20 * MS, FALSE);
  g_assert_true (road_lookout_delayed (&lookout, START));
  /* Started since. */
  g_assert_false (road_lookout_delayed (&lookout, START + 16 * MS));
  road_lookout_look (&lookout, START + 21 * MS, FALSE);
  g_assert_false (road_lookout_delayed (&lookout, START));
  /* A small part of a long round trip. */
  road_lookout_look (&lookout, START + 400 * MS, TRUE);
  road_lookout_look (&lookout, START + 440 * MS, FALSE);
  g_assert_false (road_lookout_delayed (&lookout, START));
  g_assert_true (road_lookout_delayed (&lookout, START + 200 * MS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lookout/suspended", test_suspended);
  g_test_add_func ("/lookout/idle", test_idle);
  g_test_add_func ("/lookout/busy", test_busy);

  return g_test_run ();
}

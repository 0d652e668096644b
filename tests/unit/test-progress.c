/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/scan/road-progress.h"

/* Losing this: a scan of given hosts says that it takes longer or shorter than it does. */
static void
test_without_discovery (void)
{
  RoadProgress progress;

  road_progress_init (&progress, 10, 100, FALSE);
  g_assert_cmpuint (progress.n_total, ==, 1000);
  g_assert_cmpfloat (road_progress_estimate_remaining (&progress, 10), <, 0);

  road_progress_begin_host (&progress);
  progress.n_done = 100;
  g_assert_cmpfloat (road_progress_estimate_remaining (&progress, 0.1), <, 0);
  g_assert_cmpfloat (road_progress_estimate_remaining (&progress, 2), ==, 18);
  road_progress_end_host (&progress, FALSE, 0);

  /* One is excluded, and one cannot be reached after half of its ports. */
  road_progress_skip_host (&progress);
  g_assert_cmpuint (progress.n_total, ==, 900);
  road_progress_begin_host (&progress);
  progress.n_done = 150;
  road_progress_answer_host (&progress);
  road_progress_end_host (&progress, TRUE, 50);
  g_assert_cmpuint (progress.n_total, ==, 850);
  g_assert_cmpfloat (road_progress_estimate_remaining (&progress, 3), ==, 14);
}

/* Losing this: a network most of which is down is nearly done, it says, when its hosts that are up have
 * hardly been begun; or will take hours, because so many might be up. */
static void
test_discovery (void)
{
  RoadProgress progress;

  road_progress_init (&progress, 300, 1000, TRUE);
  for (guint i = 0; i < 200; i++)
    road_progress_begin_host (&progress);

  /* Those that are up answer at once: that says nothing of the others. */
  for (guint i = 0; i < 20; i++)
    road_progress_answer_host (&progress);
  progress.n_done = 400;
  g_assert_cmpfloat (road_progress_estimate_remaining (&progress, 1), <, 0);

  /* 160 turn out to be down, each after 5 of its ports. Of 20 that are undecided and 100 that wait one in
   * nine is up, and each of the others takes 5 probes. */
  for (guint i = 0; i < 160; i++)
    {
      progress.n_done += 5;
      road_progress_end_host (&progress, FALSE, 995);
    }
  g_assert_cmpuint (progress.n_total, ==, 300 * 1000 - 160 * 995);
  g_assert_cmpuint (progress.n_done, ==, 1200);
  g_assert_cmpfloat_with_epsilon (road_progress_estimate_remaining (&progress, 1.2),
                                  (140 * 1000 - 400 - 120 * 160 * 995.0 / 180) / 1000, 0.001);

  /* All others are down, too: there are the 20. */
  for (guint i = 0; i < 100; i++)
    road_progress_begin_host (&progress);
  for (guint i = 0; i < 120; i++)
    road_progress_end_host (&progress, FALSE, 1000);
  progress.n_done = 10800;
  g_assert_cmpuint (progress.n_total, ==, 20 * 1000 + 160 * 5);
  g_assert_cmpfloat_with_epsilon (road_progress_estimate_remaining (&progress, 5.4), 5, 0.001);
}

/* Losing this: the estimate jumps about in the first seconds, made from the few hosts that are decided while
 * most of those that were begun may still be up or down. */
static void
test_undecided (void)
{
  RoadProgress progress;

  road_progress_init (&progress, 100, 10, TRUE);
  for (guint i = 0; i < 20; i++)
    road_progress_begin_host (&progress);

  /* Half of them are decided: 5 have answered and 5 are down, each after 5 of its ports. */
  for (guint i = 0; i < 5; i++)
    {
      road_progress_answer_host (&progress);
      road_progress_add_done (&progress, 5, 0);
      road_progress_end_host (&progress, FALSE, 5);
    }
  g_assert_cmpuint (progress.n_done, ==, 25);
  g_assert_cmpfloat_with_epsilon (road_progress_estimate_remaining (&progress, 1),
                                  (100 * 10 - 25 - 25 - 90 * 25 / 10.0) / 25, 0.001);

  /* One more is begun, and then answers. */
  road_progress_begin_host (&progress);
  g_assert_cmpfloat (road_progress_estimate_remaining (&progress, 1), <, 0);
  road_progress_answer_host (&progress);
  g_assert_cmpfloat (road_progress_estimate_remaining (&progress, 1), >, 0);
}

/* Losing this: a large network with nobody in it is nearly done, it says, from the first second on. */
static void
test_all_down (void)
{
  RoadProgress progress;

  road_progress_init (&progress, 1000, 1000, TRUE);
  for (guint i = 0; i < 100; i++)
    {
      road_progress_begin_host (&progress);
      progress.n_done += 4;
      road_progress_end_host (&progress, FALSE, 996);
    }
  g_assert_cmpfloat_with_epsilon (road_progress_estimate_remaining (&progress, 1), 9, 0.001);
}

/* Losing this: ports are counted down while nobody knows how many there are to scan, the bar goes
 * backwards, or the scan seems done as long as its last hosts are slow. */
static void
test_phases (void)
{
  RoadProgress progress;
  RoadProgressPhase phase;
  double last = 0;

  road_progress_init (&progress, 100, 1000, TRUE);
  for (guint i = 0; i < 100; i++)
    {
      road_progress_begin_host (&progress);
      if (i % 10 == 0)
        road_progress_answer_host (&progress);
      progress.n_done += 2;
      road_progress_tick (&progress, i / 100.0);
      road_progress_get_phase (&progress, &phase);
      g_assert_true (phase.discovers);
      g_assert_cmpuint (phase.n_probed, ==, i + 1);
      g_assert_cmpuint (phase.n_hosts, ==, 100);
      g_assert_cmpfloat (phase.fraction, >, last);
      last = phase.fraction;
    }
  g_assert_cmpuint (phase.n_up, ==, 10);
  g_assert_cmpuint (phase.n_left, ==, 90);
  for (guint i = 0; i < 90; i++)
    {
      road_progress_end_host (&progress, FALSE, 998);
      road_progress_tick (&progress, 10);
      road_progress_get_phase (&progress, &phase);
      g_assert_true (phase.discovers == (i < 89));
      g_assert_true (phase.fraction > last || i == 89);
      last = phase.fraction;
    }

  /* Ports of the hosts that are up. They are scanned faster than hosts are found. */
  g_assert_cmpuint (phase.n_hosts, ==, 10);
  g_assert_cmpuint (phase.n_done, ==, 20);
  g_assert_cmpuint (phase.n_total, ==, 10000);
  progress.n_done += 1980;
  g_assert_cmpfloat_with_epsilon (road_progress_estimate_remaining (&progress, 11), 4.04, 0.01);

  /* Seven end, one of them early. */
  progress.n_done += 5500;
  for (guint i = 0; i < 7; i++)
    road_progress_end_host (&progress, TRUE, i == 0 ? 500 : 0);
  road_progress_get_phase (&progress, &phase);
  g_assert_cmpuint (phase.n_left, ==, 3);
  g_assert_cmpuint (phase.n_total, ==, 9500);
  g_assert_cmpuint (phase.n_done, ==, 7500);

  /* Without discovery there is one phase. */
  road_progress_init (&progress, 4, 100, FALSE);
  road_progress_begin_host (&progress);
  progress.n_done = 100;
  road_progress_end_host (&progress, FALSE, 0);
  road_progress_get_phase (&progress, &phase);
  g_assert_false (phase.discovers);
  g_assert_cmpuint (phase.n_hosts, ==, 4);
  g_assert_cmpuint (phase.n_left, ==, 3);
  g_assert_cmpuint (phase.n_total, ==, 400);
  g_assert_cmpfloat (phase.fraction, ==, 0.25);
}

/* Losing this: a scan of half of the Internet counts backwards from a number that overflowed. */
static void
test_too_large (void)
{
  RoadProgress progress;

  road_progress_init (&progress, G_MAXUINT64 / 2, 65535, TRUE);
  road_progress_begin_host (&progress);
  road_progress_end_host (&progress, FALSE, 65535);
  road_progress_skip_host (&progress);
  g_assert_cmpuint (progress.n_total, ==, G_MAXUINT64);
  progress.n_done = 1000;
  g_assert_cmpfloat (road_progress_estimate_remaining (&progress, 1), <, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/progress/without-discovery", test_without_discovery);
  g_test_add_func ("/progress/discovery", test_discovery);
  g_test_add_func ("/progress/undecided", test_undecided);
  g_test_add_func ("/progress/all-down", test_all_down);
  g_test_add_func ("/progress/phases", test_phases);
  g_test_add_func ("/progress/too-large", test_too_large);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pacer-fixture.h"

/* How many probes a silent port gets. */
static guint
count_probes (RoadPacer *pacer, RoadPace *pace, gint64 now)
{
  RoadRetries retries = { .timeout_ms = 1000 };
  gint64 again_at;

  for (guint n = 1;; n++, now += SECOND)
    {
      road_pacer_sent (pacer, pace, now, &retries);
      if (road_pacer_judge (pacer, pace, now + 300 * MS, &retries, &again_at))
        return n;
      g_assert_cmpint (again_at, >=, now + 300 * MS);
      g_assert_cmpint (again_at, <, now + SECOND);
    }
}

/* Losing this: the retries of a port keep step with a device that drops every sixth SYN, and all are lost. */
static void
test_retries_keep_no_step (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  gint64 least = G_MAXINT64, most = 0;
  RoadPace pace;

  road_pacer_init_host (pacer, &pace);
  for (guint i = 0; i < 100; i++)
    {
      RoadRetries retries = { .timeout_ms = 300 };
      gint64 again_at;

      road_pacer_sent (pacer, &pace, START, &retries);
      g_assert_false (road_pacer_judge (pacer, &pace, START + 300 * MS, &retries, &again_at));
      least = MIN (least, again_at);
      most = MAX (most, again_at);
    }
  g_assert_cmpint (least, <, START + 310 * MS);
  g_assert_cmpint (most, >, START + 340 * MS);

  road_pacer_free (pacer);
}

/* Losing this: a scan that is never over, where even the longest timeout is too short. */
static void
test_too_far (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace pace;
  RoadRetries retries = { .timeout_ms = 60000 };
  gint64 again_at;

  road_pacer_init_host (pacer, &pace);
  for (guint i = 0; i < 100; i++)
    {
      road_pacer_sent (pacer, &pace, START, &retries);
      road_pacer_answered (pacer, &pace, START, &retries, 12 * SECOND, 0);
    }

  retries = (RoadRetries){ .timeout_ms = road_pacer_get_timeout (pacer, &pace, 6) };
  for (guint n = 1;; n++)
    {
      road_pacer_sent (pacer, &pace, START, &retries);
      if (road_pacer_judge (pacer, &pace, START + 30 * SECOND, &retries, &again_at))
        break;
      g_assert_cmpuint (n, <, 10);
    }
  road_pacer_free (pacer);
}

/* Losing this: the more is lost, the more open ports are called filtered. */
static void
test_retries (void)
{
  static const struct
  {
    guint n_answered;
    guint n_lost;
    guint least;
    guint most;
  } table[] = {
    { 0, 0, 2, 2 },      /* nothing is known, and nothing seems to be there to be missed */
    { 3, 0, 2, 2 },      /* a firewall */
    { 1000, 0, 2, 2 },   /* a good line */
    { 1000, 30, 3, 4 },  /* 3 % lost */
    { 1000, 60, 4, 5 },  /* 6 % lost */
    { 1000, 150, 5, 8 }, /* 13 % lost */
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      RoadPacer *pacer = make_pacer (0, 0, -1);
      RoadPace pace;
      gint64 now;
      guint probes;

      road_pacer_init_host (pacer, &pace);
      now = answer (pacer, &pace, START, table[i].n_answered, table[i].n_lost, 40 * MS);
      probes = count_probes (pacer, &pace, now + 2 * SECOND);
      g_test_message ("%u of %u lost: %u probes", table[i].n_lost, table[i].n_answered, probes);
      g_assert_cmpuint (probes, >=, table[i].least);
      g_assert_cmpuint (probes, <=, table[i].most);
      road_pacer_free (pacer);
    }
}

/* Losing this: --max-retries is not kept. */
static void
test_retries_given (void)
{
  for (int retries = 0; retries < 6; retries++)
    {
      RoadPacer *pacer = make_pacer (0, 0, retries);
      RoadPace pace;

      road_pacer_init_host (pacer, &pace);
      g_assert_cmpuint (count_probes (pacer, &pace, START), ==, retries + 1);
      road_pacer_free (pacer);
    }
}

/* Losing this: silence while the network was down counts against a port. */
static void
test_excuse (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace pace;
  RoadRetries retries = { .timeout_ms = 1000 };
  gint64 now, again_at;

  road_pacer_init_host (pacer, &pace);
  now = answer (pacer, &pace, START, 1000, 0, 40 * MS);

  for (guint i = 0; i < 100; i++)
    {
      road_pacer_sent (pacer, &pace, now, &retries);
      road_pacer_excuse (pacer, &retries);
    }
  road_pacer_sent (pacer, &pace, now, &retries);
  g_assert_false (road_pacer_judge (pacer, &pace, now, &retries, &again_at));
  road_pacer_free (pacer);
}

/* Losing this: when a path becomes slower, what is open but was given up just before its answer is called
 * filtered. */
static void
test_slower_path (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace pace, unknown;
  RoadRetries retries = { .n_retries = 0 }, answered = { .timeout_ms = 1000 };
  gint64 now, again_at;

  road_pacer_init_host (pacer, &pace);
  road_pacer_init_host (pacer, &unknown);
  now = answer (pacer, &pace, START, 100, 0, 40 * MS);
  retries.timeout_ms = road_pacer_get_timeout (pacer, &pace, 0);
  g_assert_cmpuint (retries.timeout_ms, ==, 200);
  road_pacer_sent (pacer, &pace, now, &retries);
  g_assert_false (road_pacer_judge (pacer, &pace, now, &retries, &again_at));
  g_assert_false (road_pacer_is_too_short (pacer, &pace, &retries));

  /* One answer is enough to know better. */
  road_pacer_sent (pacer, &pace, now, &answered);
  road_pacer_answered (pacer, &pace, now + 700 * MS, &answered, 700 * MS, 0);
  g_assert_true (road_pacer_is_too_short (pacer, &pace, &retries));
  g_assert_true (road_pacer_is_too_short (pacer, &unknown, &retries));

  /* The next retry waits long enough. */
  road_pacer_excuse (pacer, &retries);
  g_assert_cmpuint (retries.n_retries, ==, 0);
  retries.timeout_ms = road_pacer_get_timeout (pacer, &pace, 0);
  g_assert_cmpuint (retries.timeout_ms, >=, 875);
  retries.least_timeout_ms = retries.timeout_ms;
  g_assert_false (road_pacer_is_too_short (pacer, &pace, &retries));
  road_pacer_free (pacer);
}

/* Losing this: with --timeout, or on a path that is slower than the longest timeout, the same ports are
 * probed for ever. */
static void
test_slower_path_is_given_up (void)
{
  RoadPacer *given = make_pacer (0, 77, -1), *automatic = make_pacer (0, 0, -1);
  RoadPace pace;
  RoadRetries retries = { .least_timeout_ms = 77 };

  road_pacer_init_host (given, &pace);
  pace.rtt.peak_us = 20 * SECOND;
  pace.rtt.srtt_us = 20 * SECOND;
  g_assert_false (road_pacer_is_too_short (given, &pace, &retries));
  g_assert_true (road_pacer_is_too_short (automatic, &pace, &retries));
  retries.least_timeout_ms = road_pacer_get_timeout (automatic, &pace, 0);
  g_assert_cmpuint (retries.least_timeout_ms, ==, 10000);
  g_assert_false (road_pacer_is_too_short (automatic, &pace, &retries));
  road_pacer_free (given);
  road_pacer_free (automatic);
}

/* Losing this: what was silent while much was lost is called filtered, as the loss becomes known only
 * when others answer a retry. */
static void
test_retries_are_rejudged (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace pace;
  RoadRetries retries = { .timeout_ms = 1000 };
  gint64 again_at, now = START;
  guint n;

  road_pacer_init_host (pacer, &pace);
  road_pacer_sent (pacer, &pace, now, &retries);
  g_assert_false (road_pacer_judge (pacer, &pace, now + 200 * MS, &retries, &again_at));
  road_pacer_sent (pacer, &pace, now + 250 * MS, &retries);
  g_assert_true (road_pacer_judge (pacer, &pace, now + 450 * MS, &retries, &again_at));
  g_assert_true (road_pacer_is_enough (pacer, &pace, &retries));

  answer (pacer, &pace, START, 400, 60, 20 * MS);
  g_assert_false (road_pacer_is_enough (pacer, &pace, &retries));

  /* It takes as many probes as those that are made from now on. */
  for (n = 2; !road_pacer_is_enough (pacer, &pace, &retries); n++)
    {
      now += SECOND;
      road_pacer_sent (pacer, &pace, now, &retries);
      road_pacer_judge (pacer, &pace, now, &retries, &again_at);
    }
  g_assert_cmpuint (n, >=, 4);
  g_assert_cmpuint (n, <=, 7);
  road_pacer_free (pacer);
}

/* Losing this: of a network of many hosts, some open port is called filtered in nearly every scan, since
 * each host is judged as if it were the only one. */
static void
test_whole_scan (void)
{
  guint before = 0;

  for (guint n_others = 100; n_others <= 100000; n_others *= 10)
    {
      RoadPacer *pacer = make_pacer (0, 0, -1);
      RoadPace pace, others;
      gint64 now;
      guint probes;

      road_pacer_init_host (pacer, &pace);
      road_pacer_init_host (pacer, &others);
      now = answer (pacer, &others, START, n_others, n_others / 20, 20 * MS);
      now = answer (pacer, &pace, now, 10, 0, 20 * MS);
      probes = count_probes (pacer, &pace, now + 2 * SECOND);
      g_test_message ("%u ports have answered: %u probes", n_others, probes);
      g_assert_cmpuint (probes, >=, before);
      if (n_others == 100000)
        g_assert_cmpuint (probes, >, 4);
      before = MAX (probes, before);
      road_pacer_free (pacer);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/retries/number", test_retries);
  g_test_add_func ("/retries/keep-no-step", test_retries_keep_no_step);
  g_test_add_func ("/retries/given", test_retries_given);
  g_test_add_func ("/retries/too-far", test_too_far);
  g_test_add_func ("/retries/excuse", test_excuse);
  g_test_add_func ("/retries/slower-path", test_slower_path);
  g_test_add_func ("/retries/slower-path-is-given-up", test_slower_path_is_given_up);
  g_test_add_func ("/retries/are-rejudged", test_retries_are_rejudged);
  g_test_add_func ("/retries/whole-scan", test_whole_scan);

  return g_test_run ();
}

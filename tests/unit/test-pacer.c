/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-pacer.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static RoadPacer *
make_pacer (guint max_in_flight, guint max_rate, guint timeout_ms, int max_retries)
{
  const RoadPacerLimits limits = { max_in_flight, max_rate, timeout_ms, max_retries };

  return road_pacer_new (&limits);
}

/* Losing this: deadlines that have nothing to do with how far away the host is. The numbers are
 * worked out by hand after RFC 6298 section 2, in whole µs. */
static void
test_rtt (void)
{
  static const gint64 table[][3] = {
    /* sample, srtt, rttvar */
    { 100000, 100000, 50000 }, { 200000, 112500, 62500 }, { 100000, 110938, 50000 },
    { 110938, 110938, 37500 }, { 500, 97134, 55734 },
  };
  RoadRtt rtt = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      road_rtt_add_sample (&rtt, table[i][0]);
      g_assert_cmpint (rtt.srtt_us, ==, table[i][1]);
      g_assert_cmpint (ABS (rtt.rttvar_us - table[i][2]), <=, 1);
    }
}

/* Losing this: an answer within the clock's resolution counts as no sample at all. */
static void
test_rtt_zero (void)
{
  RoadRtt rtt = { 0 };

  for (guint i = 0; i < 100; i++)
    {
      road_rtt_add_sample (&rtt, 0);
      g_assert_cmpint (rtt.srtt_us, >, 0);
      g_assert_cmpint (rtt.rttvar_us, >=, 0);
    }
}

/* Losing this: far hosts seem filtered, or each silent port costs a minute. */
static void
test_timeout (void)
{
  RoadPacer *pacer = make_pacer (0, 0, 0, -1);
  RoadRtt near = { 0 }, middle = { 0 }, far = { 0 };
  const RoadRtt unknown = { 0 };

  /* Nothing is known: a second, then twice as long each time, up to ten. */
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 0), ==, 1000);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 1), ==, 2000);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 2), ==, 4000);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 3), ==, 8000);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 4), ==, 10000);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 255), ==, 10000);

  /* 0.1 s + 4 × 0.05 s. */
  road_pacer_answered (pacer, &middle, 100000);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &middle, 0), ==, 300);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &middle, 1), ==, 600);

  /* A host of which nothing is known is taken for like the others, unless that is not wanted. */
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 0), ==, 300);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, NULL, 0), ==, 1000);

  road_rtt_add_sample (&near, 100);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &near, 0), ==, 200);
  road_rtt_add_sample (&far, 20 * SECOND);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &far, 0), ==, 10000);

  road_pacer_free (pacer);
}

/* Losing this: --timeout does not do what it says. */
static void
test_timeout_given (void)
{
  RoadPacer *pacer = make_pacer (0, 0, 77, -1);
  RoadRtt rtt = { 0 };

  g_assert_cmpuint (road_pacer_get_timeout (pacer, &rtt, 0), ==, 77);
  road_pacer_answered (pacer, &rtt, SECOND);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &rtt, 0), ==, 77);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &rtt, 3), ==, 77);

  road_pacer_free (pacer);
}

/* Losing this: round trips of connects that were repeated shorten the deadlines (Karn's rule). */
static void
test_unsure_answer (void)
{
  RoadPacer *pacer = make_pacer (0, 0, 0, -1);
  RoadRtt rtt = { 0 };

  road_pacer_answered (pacer, &rtt, 0);
  g_assert_cmpint (rtt.srtt_us, ==, 0);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &rtt, 0), ==, 1000);

  road_pacer_free (pacer);
}

/* Begins all it may from @start to @end, asking when it was told to; returns how many. */
static guint
run_rate (RoadPacer *pacer, gint64 start, gint64 end)
{
  guint n = 0;
  gint64 now = start;

  while (now < end)
    {
      gint64 next;
      guint allowance = road_pacer_get_allowance (pacer, now, 0, &next);

      road_pacer_sent (pacer, allowance);
      n += allowance;
      if (allowance == 0)
        {
          g_assert_cmpint (next, >, now);
          g_assert_cmpint (next, <=, now + SECOND + 1);
          now = next;
        }
    }

  return n;
}

/* Losing this: a network gets more than the user allowed, or much less. */
static void
test_rate (void)
{
  static const guint rates[] = { 1, 3, 10, 100, 1000, 7777 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      RoadPacer *pacer = make_pacer (100000, rates[i], 0, -1);
      guint n = run_rate (pacer, 0, 10 * SECOND);

      g_assert_cmpuint (n, <=, rates[i] * 10 + 1);
      g_assert_cmpuint (n, >=, rates[i] * 10 * 98 / 100);
      road_pacer_free (pacer);
    }
}

/* Losing this: after a pause the network gets all at once what was held back. */
static void
test_rate_burst (void)
{
  RoadPacer *pacer = make_pacer (100000, 1000, 0, -1);
  gint64 next;

  g_assert_cmpuint (run_rate (pacer, 0, SECOND), >, 0);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, 3600 * SECOND, 0, &next), ==, 20);

  road_pacer_free (pacer);
}

/* Losing this: a machine that is out of something is pressed harder, or a scan stays slow for ever. */
static void
test_window (void)
{
  RoadPacer *pacer = make_pacer (8, 0, 0, -1);
  RoadRtt rtt = { 0 };
  gint64 next;

  g_assert_cmpuint (road_pacer_get_allowance (pacer, 0, 0, &next), ==, 8);
  g_assert_cmpint (next, ==, G_MAXINT64);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, 0, 5, &next), ==, 3);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, 0, 8, &next), ==, 0);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, 0, 100, &next), ==, 0);

  for (guint expected = 4; expected >= 1; expected /= 2)
    {
      road_pacer_local_failure (pacer);
      g_assert_cmpuint (road_pacer_get_allowance (pacer, 0, 0, &next), ==, expected);
    }
  road_pacer_local_failure (pacer);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, 0, 0, &next), ==, 1);

  for (guint i = 0; i < 20; i++)
    road_pacer_answered (pacer, &rtt, 1000);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, 0, 0, &next), ==, 8);

  road_pacer_free (pacer);

  pacer = make_pacer (0, 0, 0, -1);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, 0, 0, &next), ==, ROAD_PACER_MAX_IN_FLIGHT);
  road_pacer_free (pacer);
}

/* Losing this: silent ports are given up too early, or tried for ever. */
static void
test_retries (void)
{
  static const struct
  {
    int max_retries;
    guint expected;
  } table[] = { { -1, 2 }, { 0, 0 }, { 1, 1 }, { 10, 10 }, { 255, 255 }, { 100000, 255 } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      RoadPacer *pacer = make_pacer (0, 0, 0, table[i].max_retries);
      guint attempt = 0, delay_ms;

      /* As RoadProbe counts: in 8 bits. */
      while (attempt < 1000 && road_pacer_get_retry (pacer, MIN (attempt, G_MAXUINT8), &delay_ms))
        attempt++;
      g_assert_cmpuint (attempt, ==, table[i].expected);
      g_assert_cmpuint (delay_ms, ==, 100);
      road_pacer_free (pacer);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pacer/rtt", test_rtt);
  g_test_add_func ("/pacer/rtt-zero", test_rtt_zero);
  g_test_add_func ("/pacer/timeout", test_timeout);
  g_test_add_func ("/pacer/timeout-given", test_timeout_given);
  g_test_add_func ("/pacer/unsure-answer", test_unsure_answer);
  g_test_add_func ("/pacer/rate", test_rate);
  g_test_add_func ("/pacer/rate-burst", test_rate_burst);
  g_test_add_func ("/pacer/window", test_window);
  g_test_add_func ("/pacer/retries", test_retries);

  return g_test_run ();
}

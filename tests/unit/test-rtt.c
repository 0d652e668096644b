/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/pacing/road-rtt.h"

#define MS ((gint64) 1000)
#define SECOND ((gint64) G_USEC_PER_SEC)
#define START (1000 * SECOND)

/* A host that answers after @rtt, ten times a second for @duration. Returns the time after that. */
static gint64
answer (RoadRtt *self, gint64 now, gint64 duration, gint64 rtt)
{
  gint64 end = now + duration;

  for (; now < end; now += 100 * MS)
    road_rtt_add_sample (self, now, rtt);

  return end;
}

/* Losing this: timeouts that have nothing to do with how far away the host is. The numbers are
 * worked out by hand after RFC 6298 section 2, in whole µs. */
static void
test_arithmetic (void)
{
  static const gint64 table[][3] = {
    /* sample, srtt, rttvar */
    { 100000, 100000, 50000 }, { 200000, 112500, 62500 }, { 100000, 110938, 50000 },
    { 110938, 110938, 37500 }, { 500, 97134, 55734 },
  };
  RoadRtt rtt = { 0 };

  g_assert_cmpint (road_rtt_get_spread (&rtt, 4), ==, 0);
  g_assert_cmpint (road_rtt_get_peak (&rtt), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      road_rtt_add_sample (&rtt, START + i * MS, table[i][0]);
      g_assert_cmpint (rtt.srtt_us, ==, table[i][1]);
      g_assert_cmpint (ABS (rtt.rttvar_us - table[i][2]), <=, 1);
      g_assert_cmpint (road_rtt_get_spread (&rtt, 4), ==, rtt.srtt_us + 4 * rtt.rttvar_us);
    }
}

/* Losing this: a host that is always as far away is given up a moment before it answers. */
static void
test_timeout (void)
{
  RoadRtt rtt = { 0 };

  g_assert_cmpint (road_rtt_get_timeout (&rtt), ==, 0);
  road_rtt_add_sample (&rtt, START, 600 * MS);
  g_assert_cmpint (road_rtt_get_timeout (&rtt), ==, 1800 * MS);
  answer (&rtt, START, 10 * SECOND, 600 * MS);
  g_assert_cmpint (road_rtt_get_timeout (&rtt), ==, 750 * MS); /* and not 600 */

  /* On a path of less than the timer's resolution, that is what is added. */
  rtt = (RoadRtt){ 0 };
  answer (&rtt, START, 10 * SECOND, 100);
  g_assert_cmpint (road_rtt_get_timeout (&rtt), ==, 1100);
}

/* Losing this: an answer within the clock's resolution counts as no sample at all. */
static void
test_zero (void)
{
  RoadRtt rtt = { 0 };

  for (guint i = 0; i < 100; i++)
    {
      road_rtt_add_sample (&rtt, START, 0);
      g_assert_cmpint (rtt.srtt_us, >, 0);
      g_assert_cmpint (rtt.rttvar_us, >=, 0);
    }
}

/* Losing this: when a buffer on the way fills up, open ports are given up while the estimate still
 * follows. */
static void
test_peak (void)
{
  RoadRtt rtt = { 0 };
  gint64 now = answer (&rtt, START, 10 * SECOND, 20 * MS);

  g_assert_cmpint (road_rtt_get_peak (&rtt), ==, 20 * MS);
  g_assert_cmpint (road_rtt_get_timeout (&rtt), ==, 25 * MS);

  /* One answer is enough. RFC 6298 alone would wait 335 ms then, and 191 ms a second later. */
  road_rtt_add_sample (&rtt, now, 300 * MS);
  g_assert_cmpint (road_rtt_get_peak (&rtt), ==, 300 * MS);
  g_assert_cmpint (road_rtt_get_timeout (&rtt), >=, 375 * MS);
  now = answer (&rtt, now, 1900 * MS, 20 * MS);
  g_assert_cmpint (road_rtt_get_timeout (&rtt), ==, 375 * MS);
}

/* Losing this: one long round trip makes each silent port cost more for the rest of the scan. */
static void
test_peak_ends (void)
{
  RoadRtt rtt = { 0 };
  gint64 now = answer (&rtt, START, 10 * SECOND, 20 * MS);

  road_rtt_add_sample (&rtt, now, 300 * MS);
  for (gint64 end = now + 10 * SECOND; now < end; now += 100 * MS)
    {
      road_rtt_add_sample (&rtt, now, 20 * MS);
      if (now <= end - 8 * SECOND)
        g_assert_cmpint (road_rtt_get_peak (&rtt), ==, 300 * MS);
      if (now >= end - 6 * SECOND)
        g_assert_cmpint (road_rtt_get_peak (&rtt), ==, 20 * MS);
    }
  /* Those of 2 to 4 s. */
  g_assert_cmpuint (road_rtt_get_n_recent (&rtt), >=, 20);
  g_assert_cmpuint (road_rtt_get_n_recent (&rtt), <=, 40);
}

/* Losing this: hosts farther away than 1 s, after which the kernel repeats each SYN, have no round trip
 * at all, and all their ports are given up too soon. */
static void
test_uncertain_first (void)
{
  RoadRtt rtt = { 0 };

  road_rtt_add_uncertain (&rtt, START, 1300 * MS);
  g_assert_cmpint (rtt.srtt_us, ==, 1300 * MS);
  g_assert_cmpint (road_rtt_get_timeout (&rtt), ==, 3900 * MS);

  /* All of its answers are uncertain, and no loss: it stays that far. */
  for (guint i = 1; i < 100; i++)
    road_rtt_add_uncertain (&rtt, START + i * 100 * MS, 1300 * MS);
  g_assert_cmpint (rtt.srtt_us, ==, 1300 * MS);
  g_assert_cmpint (road_rtt_get_timeout (&rtt), ==, 1625 * MS);
}

/* Losing this: lost SYNs, which are answered after a second or more when the kernel has repeated them,
 * make a near host seem far, and each of its silent ports cost seconds. */
static void
test_uncertain_is_ignored (void)
{
  RoadRtt rtt = { 0 };
  gint64 now = answer (&rtt, START, 10 * SECOND, 20 * MS), timeout = road_rtt_get_timeout (&rtt);

  for (guint i = 0; i < 10; i++)
    {
      road_rtt_add_uncertain (&rtt, now + 100 * MS, 1020 * MS);
      road_rtt_add_uncertain (&rtt, now + 200 * MS, 1020 * MS);
      road_rtt_add_uncertain (&rtt, now + 300 * MS, 1500 * MS);
      road_rtt_add_uncertain (&rtt, now + 400 * MS, 3021 * MS);
      now = answer (&rtt, now + SECOND, 100 * MS, 20 * MS);
    }
  g_assert_cmpint (rtt.srtt_us, ==, 20 * MS);
  g_assert_cmpint (road_rtt_get_timeout (&rtt), ==, timeout);
}

/* Losing this: a path that became slower than 1 s is never known to be, and its ports are given up too
 * soon; or a single lost SYN after a quiet time is taken for that. */
static void
test_uncertain_counts (void)
{
  static const gint64 lost[] = { 1020 * MS, 3021 * MS, 980 * MS, 7050 * MS };
  RoadRtt rtt;
  gint64 now;

  /* One lost SYN, or two, say nothing: each took whole seconds and the usual round trip. */
  for (guint i = 0; i < G_N_ELEMENTS (lost); i++)
    {
      rtt = (RoadRtt){ 0 };
      now = answer (&rtt, START, 10 * SECOND, 20 * MS) + 5 * SECOND;
      road_rtt_add_uncertain (&rtt, now, lost[i]);
      road_rtt_add_uncertain (&rtt, now + 2 * SECOND, 1020 * MS);
      g_assert_cmpint (rtt.srtt_us, ==, 20 * MS);

      /* A certain one in between begins the count anew. */
      road_rtt_add_sample (&rtt, now + 3 * SECOND, 20 * MS);
      road_rtt_add_uncertain (&rtt, now + 10 * SECOND, 1020 * MS);
      road_rtt_add_uncertain (&rtt, now + 12 * SECOND, 1020 * MS);
      road_rtt_add_uncertain (&rtt, now + 12 * SECOND, 1020 * MS); /* of the same moment */
      g_assert_cmpint (rtt.srtt_us, ==, 20 * MS);

      /* Three in a row do. */
      road_rtt_add_uncertain (&rtt, now + 20 * SECOND, lost[i]);
      g_assert_cmpint (road_rtt_get_peak (&rtt), ==, lost[i]);
      g_assert_cmpint (road_rtt_get_timeout (&rtt), >=, lost[i] * 5 / 4);
    }

  /* What does not look like a loss counts at once. */
  rtt = (RoadRtt){ 0 };
  now = answer (&rtt, START, 10 * SECOND, 20 * MS) + 5 * SECOND;
  road_rtt_add_uncertain (&rtt, now, 1500 * MS);
  g_assert_cmpint (road_rtt_get_peak (&rtt), ==, 1500 * MS);
  g_assert_cmpint (road_rtt_get_timeout (&rtt), >=, 1875 * MS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rtt/arithmetic", test_arithmetic);
  g_test_add_func ("/rtt/timeout", test_timeout);
  g_test_add_func ("/rtt/zero", test_zero);
  g_test_add_func ("/rtt/peak", test_peak);
  g_test_add_func ("/rtt/peak-ends", test_peak_ends);
  g_test_add_func ("/rtt/uncertain-first", test_uncertain_first);
  g_test_add_func ("/rtt/uncertain-is-ignored", test_uncertain_is_ignored);
  g_test_add_func ("/rtt/uncertain-counts", test_uncertain_counts);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-rtt.h"

/* Losing this: deadlines that have nothing to do with how far away the host is. The numbers are
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

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      road_rtt_add_sample (&rtt, table[i][0]);
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
  road_rtt_add_sample (&rtt, 600000);
  g_assert_cmpint (road_rtt_get_timeout (&rtt), ==, 1800000);
  for (guint i = 0; i < 100; i++)
    road_rtt_add_sample (&rtt, 600000);
  g_assert_cmpint (road_rtt_get_timeout (&rtt), ==, 601000); /* and not 600000 */
}

/* Losing this: an answer within the clock's resolution counts as no sample at all. */
static void
test_zero (void)
{
  RoadRtt rtt = { 0 };

  for (guint i = 0; i < 100; i++)
    {
      road_rtt_add_sample (&rtt, 0);
      g_assert_cmpint (rtt.srtt_us, >, 0);
      g_assert_cmpint (rtt.rttvar_us, >=, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rtt/arithmetic", test_arithmetic);
  g_test_add_func ("/rtt/timeout", test_timeout);
  g_test_add_func ("/rtt/zero", test_zero);

  return g_test_run ();
}

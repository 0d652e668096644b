/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "engine/pacing/road-outage.h"

#define MS ((gint64) 1000)
#define START (100 * G_USEC_PER_SEC)

/* Sends a SYN every 10 ms, of which every @nth is answered (0 for none). */
static gint64
run (RoadOutage *self, gint64 now, gint64 duration, gboolean expected, guint nth)
{
  for (guint i = 0; i < duration / (10 * MS); i++, now += 10 * MS)
    {
      road_outage_sent (self, now, expected);
      if (nth > 0 && i % nth == 0)
        road_outage_answered (self, now);
    }

  return now;
}

/* Losing this: a Wi-Fi card changes to another access point, and a hundred ports that answer are called filtered. */
static void
test_silence (void)
{
  RoadOutage outage = { .latest_slot = 0 };
  gint64 begin, end;

  g_assert_false (road_outage_has (&outage, START));
  begin = run (&outage, START, 2000 * MS, TRUE, 1);
  end = run (&outage, begin, 1000 * MS, TRUE, 0);
  run (&outage, end, 2000 * MS, TRUE, 1);

  g_assert_false (road_outage_has (&outage, START + 500 * MS));
  for (gint64 t = begin; t < end; t += 50 * MS)
    g_assert_true (road_outage_has (&outage, t));

  /* When it began and ended is known to a tenth of a second. */
  g_assert_true (road_outage_has (&outage, end + 50 * MS));
  g_assert_false (road_outage_has (&outage, end + 200 * MS));
}

/* Losing this: behind a limit, or where some ports are filtered, what is lost is thought to be lost by an outage, so
 * that the scan stays too fast, or asks filtered ports over and over. */
static void
test_some_answers (void)
{
  RoadOutage outage = { .latest_slot = 0 };

  run (&outage, START, 2000 * MS, TRUE, 10);
  for (gint64 t = 0; t < 2000 * MS; t += 50 * MS)
    g_assert_false (road_outage_has (&outage, START + t));
}

/* Losing this: the last ports of a scan, which are all filtered, seem to be in an outage. */
static void
test_nothing_expected (void)
{
  RoadOutage outage = { .latest_slot = 0 };
  gint64 now = run (&outage, START, 2000 * MS, TRUE, 1);

  run (&outage, now, 5000 * MS, FALSE, 0);
  g_assert_false (road_outage_has (&outage, now + 2000 * MS));
}

/* Losing this: of an outage while little new is sent, only the beginning is seen. */
static void
test_retries (void)
{
  RoadOutage outage = { .latest_slot = 0 };
  gint64 begin = run (&outage, START, 2000 * MS, TRUE, 1);
  gint64 now = run (&outage, begin, 200 * MS, TRUE, 0);

  now = run (&outage, now, 1500 * MS, FALSE, 0);
  run (&outage, now, 1000 * MS, TRUE, 1);
  g_assert_true (road_outage_has (&outage, begin + 1600 * MS));
}

/* Losing this: what happened half a minute before is mixed up with what happens now. */
static void
test_forgets (void)
{
  RoadOutage outage = { .latest_slot = 0 };
  gint64 now = run (&outage, START, 1000 * MS, TRUE, 0);

  g_assert_true (road_outage_has (&outage, START));
  now += 30 * G_USEC_PER_SEC;
  run (&outage, now, 200 * MS, FALSE, 0);
  g_assert_false (road_outage_has (&outage, START));
  g_assert_false (road_outage_has (&outage, now));
  road_outage_answered (&outage, START);
  g_assert_false (road_outage_has (&outage, now + G_USEC_PER_SEC));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outage/silence", test_silence);
  g_test_add_func ("/outage/some-answers", test_some_answers);
  g_test_add_func ("/outage/nothing-expected", test_nothing_expected);
  g_test_add_func ("/outage/retries", test_retries);
  g_test_add_func ("/outage/forgets", test_forgets);

  return g_test_run ();
}

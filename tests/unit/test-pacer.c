/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-pacer.h"

#define MS ((gint64) 1000)
#define SECOND ((gint64) G_USEC_PER_SEC)
#define START (1000 * SECOND)

static RoadPacer *
make_pacer (guint max_in_flight, guint timeout_ms, int max_retries)
{
  const RoadPacerLimits limits = {
    .timing = ROAD_TIMING_NORMAL,
    .max_in_flight = max_in_flight,
    .timeout_ms = timeout_ms,
    .max_retries = max_retries,
  };

  return road_pacer_new (&limits);
}

/* @n ports of a host answer after @rtt; @n_lost of them, spread evenly, at the second try only. */
static gint64
answer (RoadPacer *pacer, RoadPace *pace, gint64 now, guint n, guint n_lost, gint64 rtt)
{
  for (guint i = 0; i < n; i++, now += 2 * MS)
    {
      RoadTry attempt = { .timeout_ms = 1000 };
      gint64 again_at;

      road_pacer_sent (pacer, pace, now, &attempt);
      if (i * n_lost / n != (i + 1) * n_lost / n)
        {
          g_assert_false (road_pacer_judge (pacer, pace, now + 200 * MS, &attempt, &again_at));
          road_pacer_sent (pacer, pace, now + 300 * MS, &attempt);
        }
      road_pacer_answered (pacer, pace, attempt.sent_at + rtt, &attempt, rtt, 0);
    }

  return now;
}

/* How many tries a silent port gets. */
static guint
count_tries (RoadPacer *pacer, RoadPace *pace, gint64 now)
{
  RoadTry attempt = { .timeout_ms = 1000 };
  gint64 again_at;

  for (guint n = 1;; n++, now += SECOND)
    {
      road_pacer_sent (pacer, pace, now, &attempt);
      if (road_pacer_judge (pacer, pace, now + 300 * MS, &attempt, &again_at))
        return n;
      g_assert_cmpint (again_at, >, now + 300 * MS);
      g_assert_cmpint (again_at, <, now + SECOND);
    }
}

/* Losing this: far hosts seem filtered, or each silent port costs a minute. */
static void
test_timeout (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace far, near, unknown;

  road_pacer_init_host (pacer, &far);
  road_pacer_init_host (pacer, &near);
  road_pacer_init_host (pacer, &unknown);

  /* Nothing is known: half a second, then more with each try. */
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 0), ==, 500);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 1), ==, 750);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 2), ==, 1000);

  answer (pacer, &far, START, 1, 0, 600 * MS);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &far, 0), ==, 1800); /* RFC 6298 (2.2) */

  /* Another host's round trip stands in. */
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 0), ==, 1800);

  answer (pacer, &near, START + SECOND, 100, 0, 2 * MS);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &near, 0), ==, 200);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &far, 0), ==, 1800);
  road_pacer_free (pacer);
}

/* Losing this: a scan of a host that is always as far away never ends, as no deadline of its silent ports
 * is ever late enough. */
static void
test_steady (void)
{
  for (gint64 rtt = 600 * MS; rtt < 601 * MS; rtt += 50)
    {
      RoadPacer *pacer = make_pacer (0, 0, -1);
      RoadPace pace;
      RoadTry attempt = { .n_before = 0 };
      gint64 now, again_at;
      guint n = 0;

      road_pacer_init_host (pacer, &pace);
      now = answer (pacer, &pace, START, 1000, 0, rtt);
      do
        {
          g_assert_cmpuint (++n, <=, 3);
          attempt.timeout_ms = road_pacer_get_timeout (pacer, &pace, attempt.n_before);
          g_assert_cmpint (attempt.timeout_ms * MS, >, rtt);
          road_pacer_sent (pacer, &pace, now, &attempt);
          now += 2 * SECOND;
        }
      while (!road_pacer_judge (pacer, &pace, now, &attempt, &again_at));
      road_pacer_free (pacer);
    }
}

/* Losing this: after a nap of the machine every silent port is waited for as long as the nap was. */
static void
test_late (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace pace;

  road_pacer_init_host (pacer, &pace);
  answer (pacer, &pace, START, 100, 0, 40 * MS);
  answer (pacer, &pace, START + SECOND, 100, 0, 3 * SECOND); /* their deadline is 1 s */
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &pace, 0), ==, 200);
  road_pacer_free (pacer);
}

/* Losing this: a scan that is never over, where even the longest deadline is too short. */
static void
test_too_far (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace pace;
  RoadTry attempt = { .timeout_ms = 60000 };
  gint64 again_at;

  road_pacer_init_host (pacer, &pace);
  for (guint i = 0; i < 100; i++)
    {
      road_pacer_sent (pacer, &pace, START, &attempt);
      road_pacer_answered (pacer, &pace, START, &attempt, 12 * SECOND, 0);
    }

  attempt = (RoadTry){ .timeout_ms = road_pacer_get_timeout (pacer, &pace, 6) };
  for (guint n = 1;; n++)
    {
      road_pacer_sent (pacer, &pace, START, &attempt);
      if (road_pacer_judge (pacer, &pace, START + 30 * SECOND, &attempt, &again_at))
        break;
      g_assert_cmpuint (n, <, 10);
    }
  road_pacer_free (pacer);
}

/* Losing this: --timeout is not kept. */
static void
test_timeout_given (void)
{
  RoadPacer *pacer = make_pacer (0, 77, -1);
  RoadPace pace;

  road_pacer_init_host (pacer, &pace);
  answer (pacer, &pace, START, 10, 0, 600 * MS);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &pace, 0), ==, 77);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &pace, 5), ==, 77);
  road_pacer_free (pacer);
}

/* Losing this: the more is lost, the more open ports are called filtered. */
static void
test_tries (void)
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
      guint tries;

      road_pacer_init_host (pacer, &pace);
      now = answer (pacer, &pace, START, table[i].n_answered, table[i].n_lost, 40 * MS);
      tries = count_tries (pacer, &pace, now + 2 * SECOND);
      g_test_message ("%u of %u lost: %u tries", table[i].n_lost, table[i].n_answered, tries);
      g_assert_cmpuint (tries, >=, table[i].least);
      g_assert_cmpuint (tries, <=, table[i].most);
      road_pacer_free (pacer);
    }
}

/* Losing this: --max-retries is not kept. */
static void
test_tries_given (void)
{
  for (int retries = 0; retries < 6; retries++)
    {
      RoadPacer *pacer = make_pacer (0, 0, retries);
      RoadPace pace;

      road_pacer_init_host (pacer, &pace);
      g_assert_cmpuint (count_tries (pacer, &pace, START), ==, retries + 1);
      road_pacer_free (pacer);
    }
}

/* Losing this: silence while the network was down counts against a port. */
static void
test_excuse (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace pace;
  RoadTry attempt = { .timeout_ms = 1000 };
  gint64 now, again_at;

  road_pacer_init_host (pacer, &pace);
  now = answer (pacer, &pace, START, 1000, 0, 40 * MS);

  for (guint i = 0; i < 100; i++)
    {
      road_pacer_sent (pacer, &pace, now, &attempt);
      road_pacer_excuse (pacer, &attempt);
    }
  road_pacer_sent (pacer, &pace, now, &attempt);
  g_assert_false (road_pacer_judge (pacer, &pace, now, &attempt, &again_at));
  road_pacer_free (pacer);
}

/* Losing this: a machine that has run out of sockets goes on asking for more, or never recovers. */
static void
test_local_failure (void)
{
  RoadPacer *pacer = make_pacer (100, 0, -1);
  RoadPace pace;
  gint64 next = G_MAXINT64;

  road_pacer_init_host (pacer, &pace);
  g_assert_cmpuint (road_pacer_get_max_in_flight (pacer), ==, 100);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, START, 0, &next), ==, 100);
  for (guint i = 0; i < 20; i++)
    road_pacer_local_failure (pacer);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, START, 0, &next), ==, 1);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, START, 1, &next), ==, 0);

  answer (pacer, &pace, START + SECOND, 100, 0, MS);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, START + 9 * SECOND, 0, &next), ==, 100);
  road_pacer_free (pacer);
}

/* Losing this: a timing does not do what its name and the README say. */
static void
test_timings (void)
{
  static const struct
  {
    RoadTiming timing;
    guint max_in_flight;
    guint allowance;
  } table[] = {
    { ROAD_TIMING_POLITE, 64, 1 }, /* its rate: 100 a second */
    { ROAD_TIMING_NORMAL, 2000, 256 },
    { ROAD_TIMING_FAST, 4000, 1024 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const RoadPacerLimits limits = { .timing = table[i].timing, .max_retries = -1 };
      const RoadPacerLimits few = { .timing = table[i].timing, .max_files = 10, .max_retries = -1 };
      RoadPacer *pacer = road_pacer_new (&limits);
      gint64 next = G_MAXINT64;

      g_assert_cmpuint (road_pacer_get_max_in_flight (pacer), ==, table[i].max_in_flight);
      g_assert_cmpuint (road_pacer_get_allowance (pacer, START, 0, &next), ==, table[i].allowance);
      road_pacer_free (pacer);

      pacer = road_pacer_new (&few);
      g_assert_cmpuint (road_pacer_get_max_in_flight (pacer), ==, 10);
      road_pacer_free (pacer);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pacer/timeout", test_timeout);
  g_test_add_func ("/pacer/timeout-given", test_timeout_given);
  g_test_add_func ("/pacer/tries", test_tries);
  g_test_add_func ("/pacer/tries-given", test_tries_given);
  g_test_add_func ("/pacer/steady", test_steady);
  g_test_add_func ("/pacer/late", test_late);
  g_test_add_func ("/pacer/too-far", test_too_far);
  g_test_add_func ("/pacer/excuse", test_excuse);
  g_test_add_func ("/pacer/local-failure", test_local_failure);
  g_test_add_func ("/pacer/timings", test_timings);

  return g_test_run ();
}

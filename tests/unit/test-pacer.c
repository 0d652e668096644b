/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pacer-fixture.h"

/* Losing this: far hosts seem filtered, or each silent port costs a minute. */
static void
test_timeout (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace far, near, unknown;

  road_pacer_init_host (pacer, &far);
  road_pacer_init_host (pacer, &near);
  road_pacer_init_host (pacer, &unknown);

  /* Nothing is known: half a second, then twice as long with each retry. */
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 0), ==, 500);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 1), ==, 1000);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 2), ==, 2000);

  answer (pacer, &far, START, 1, 0, 600 * MS);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &far, 0), ==, 1800); /* RFC 6298 (2.2) */

  /* Another host's round trip stands in. */
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 0), ==, 1800);

  answer (pacer, &near, START + SECOND, 90, 0, 2 * MS);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &near, 0), ==, 200);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &far, 0), ==, 1800);
  road_pacer_free (pacer);
}

/* Losing this: a scan of a large network takes half as long again; or what is a little later than others, since a
 * machine is busy, is filtered. */
static void
test_timeout_of_others (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace host, unknown;

  road_pacer_init_host (pacer, &host);
  road_pacer_init_host (pacer, &unknown);
  answer (pacer, &host, START, 99, 0, 2 * MS);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 0), ==, 200);

  /* Of so many the longest is no accident. */
  answer (pacer, &host, START + SECOND, 1, 0, 2 * MS);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 0), ==, 100);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &host, 0), ==, 200);
  answer (pacer, &host, START + SECOND, 1, 0, 80 * MS);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 0), ==, 120);
  road_pacer_free (pacer);
}

/* Losing this: a scan of a host that is always as far away never ends, as no timeout of its silent ports
 * is ever long enough. */
static void
test_steady (void)
{
  for (gint64 rtt = 600 * MS; rtt < 601 * MS; rtt += 50)
    {
      RoadPacer *pacer = make_pacer (0, 0, -1);
      RoadPace pace;
      RoadRetries retries = { .n_retries = 0 };
      gint64 now, again_at;
      guint n = 0;

      road_pacer_init_host (pacer, &pace);
      now = answer (pacer, &pace, START, 1000, 0, rtt);
      do
        {
          g_assert_cmpuint (++n, <=, 3);
          retries.timeout_ms = road_pacer_get_timeout (pacer, &pace, retries.n_retries);
          g_assert_cmpint (retries.timeout_ms * MS, >, rtt);
          road_pacer_sent (pacer, &pace, now, &retries);
          now += 2 * SECOND;
        }
      while (!road_pacer_judge (pacer, &pace, now, &retries, &again_at));
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
  answer (pacer, &pace, START + SECOND, 100, 0, 3 * SECOND); /* their timeout is 1 s */
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &pace, 0), ==, 200);
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

/* Losing this: a machine that has run out of sockets goes on opening more, or never recovers. */
static void
test_local_failure (void)
{
  RoadPacer *pacer = make_pacer (100, 0, -1);
  RoadPace pace;
  gint64 next = G_MAXINT64;

  road_pacer_init_host (pacer, &pace);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, START, 0, &next), ==, 100);
  for (guint i = 0; i < 20; i++)
    road_pacer_local_failure (pacer);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, START, 0, &next), ==, 1);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, START, 1, &next), ==, 0);

  answer (pacer, &pace, START + SECOND, 100, 0, MS);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, START + 9 * SECOND, 0, &next), ==, 100);
  road_pacer_free (pacer);
}

static void
assert_max_in_flight (RoadPacer *pacer, guint max_in_flight)
{
  gint64 next = G_MAXINT64;

  g_assert_cmpuint (road_pacer_get_allowance (pacer, START, max_in_flight - 1, &next), ==, 1);
  g_assert_cmpuint (road_pacer_get_allowance (pacer, START, max_in_flight, &next), ==, 0);
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

      assert_max_in_flight (pacer, table[i].max_in_flight);
      g_assert_cmpuint (road_pacer_get_allowance (pacer, START, 0, &next), ==, table[i].allowance);
      road_pacer_free (pacer);

      pacer = road_pacer_new (&few);
      assert_max_in_flight (pacer, 10);
      road_pacer_free (pacer);
    }
}

/* Losing this: an answer that took longer than the path is known for, after the kernel had repeated the
 * SYN, is no sign that the path was interrupted; or every lost SYN is. */
static void
test_interrupted (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace pace;
  RoadRetries retries = { .timeout_ms = 10000 };
  gint64 now;

  road_pacer_init_host (pacer, &pace);
  road_pacer_sent (pacer, &pace, START, &retries);
  g_assert_false (road_pacer_answered (pacer, &pace, START + 3 * SECOND, &retries, 2020 * MS, 1));
  now = answer (pacer, &pace, START + 10 * SECOND, 100, 0, 40 * MS);
  road_pacer_sent (pacer, &pace, now, &retries);
  g_assert_true (road_pacer_answered (pacer, &pace, now + 9 * SECOND, &retries, 9 * SECOND, 3));
  g_assert_false (road_pacer_answered (pacer, &pace, now + 9 * SECOND, &retries, 30 * MS, 1));
  g_assert_false (road_pacer_answered (pacer, &pace, now + 9 * SECOND, &retries, 9 * SECOND, 0));
  road_pacer_free (pacer);
}

/* Losing this: an answer that was seen long after it came sets timeouts for all that follows. */
static void
test_unknown_rtt (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace pace;
  RoadRetries retries = { .timeout_ms = 10000 };

  road_pacer_init_host (pacer, &pace);
  road_pacer_sent (pacer, &pace, START, &retries);
  g_assert_false (road_pacer_answered (pacer, &pace, START + 3 * SECOND, &retries, 0, 0));
  g_assert_cmpuint (pace.n_answered, ==, 1);
  g_assert_cmpint (pace.rtt.srtt_us, ==, 0);
  answer (pacer, &pace, START + 4 * SECOND, 10, 0, 40 * MS);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &pace, 0), <, 1000);
  road_pacer_free (pacer);
}

/* Losing this: a host much farther away than others is never seen; a scan of one host behind a satellite
 * finds nothing; or each unused address of a network costs seconds. */
static void
test_scouts (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1), *given = make_pacer (0, 77, -1);
  RoadPace pace, first, far;

  road_pacer_init_host (pacer, &pace);
  road_pacer_init_host (pacer, &first);
  road_pacer_init_host (pacer, &far);

  /* Nobody has answered. */
  road_pacer_set_n_targets (pacer, 256);
  g_assert_false (road_pacer_has_answers (pacer));
  g_assert_cmpuint (road_pacer_get_scout_timeout (pacer, &pace), ==, 6000);
  road_pacer_set_n_targets (pacer, 1);
  g_assert_cmpuint (road_pacer_get_scout_timeout (pacer, &pace), ==, 6000);

  /* Somebody else has: in a scan of few hosts there is time. */
  answer (pacer, &first, START, 10, 0, 2 * MS);
  g_assert_true (road_pacer_has_answers (pacer));
  road_pacer_set_n_targets (pacer, 4);
  g_assert_cmpuint (road_pacer_get_scout_timeout (pacer, &pace), ==, 3500);
  road_pacer_set_n_targets (pacer, 5);
  g_assert_cmpuint (road_pacer_get_scout_timeout (pacer, &pace), ==, 1200);

  /* The host itself has. */
  g_assert_cmpuint (road_pacer_get_scout_timeout (pacer, &first), ==, 200);

  /* Never less than any other SYN. */
  answer (pacer, &far, START + SECOND, 1, 0, 900 * MS);
  answer (pacer, &far, START + 2 * SECOND, 300, 0, 990 * MS);
  g_assert_cmpuint (road_pacer_get_scout_timeout (pacer, &pace), ==,
                    road_pacer_get_timeout (pacer, &pace, 0));
  g_assert_cmpuint (road_pacer_get_scout_timeout (pacer, &pace), >, 1200);

  /* Only the user may say less. */
  road_pacer_init_host (given, &pace);
  g_assert_cmpuint (road_pacer_get_scout_timeout (given, &pace), ==, 77);
  road_pacer_free (pacer);
  road_pacer_free (given);
}

/* Losing this: who scans many networks at once waits twice as long; or in a scan with room, and a moment after
 * one was crowded, far hosts are not seen. */
static void
test_crowded_scouts (void)
{
  RoadPacer *pacer = make_pacer (100, 0, -1);
  RoadPace pace, other;
  gint64 next = G_MAXINT64;
  gint64 now = START + SECOND;

  road_pacer_init_host (pacer, &pace);
  road_pacer_init_host (pacer, &other);
  road_pacer_set_n_targets (pacer, 256);
  road_pacer_get_allowance (pacer, now, 51, &next);
  g_assert_cmpuint (road_pacer_get_new_scout_timeout (pacer, &pace, now), ==, 6000);

  answer (pacer, &other, START, 10, 0, 2 * MS);
  g_assert_cmpuint (road_pacer_get_new_scout_timeout (pacer, &pace, now), ==, 300);
  /* Those in flight need not be cut short. */
  g_assert_cmpuint (road_pacer_get_scout_timeout (pacer, &pace), ==, 1200);
  g_assert_cmpuint (road_pacer_get_new_scout_timeout (pacer, &other, now), ==, 200);

  road_pacer_get_allowance (pacer, now + SECOND, 50, &next);
  g_assert_cmpuint (road_pacer_get_new_scout_timeout (pacer, &pace, now + SECOND), ==, 300);
  now += 2 * SECOND;
  g_assert_cmpuint (road_pacer_get_new_scout_timeout (pacer, &pace, now), ==, 1200);
  road_pacer_free (pacer);
}

/* Losing this: a limit on our own line slows down each single host as well, and the scan to a crawl; or a
 * host that has a limit of its own is drowned. */
static void
test_own_and_shared_loss (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace own, others;

  road_pacer_init_host (pacer, &own);
  road_pacer_init_host (pacer, &others);
  answer (pacer, &others, START, 200, 60, 20 * MS);
  answer (pacer, &own, START, 200, 60, 20 * MS);
  g_assert_cmpfloat (own.path.rate, ==, 0);
  road_pacer_free (pacer);

  pacer = make_pacer (0, 0, -1);
  road_pacer_init_host (pacer, &own);
  road_pacer_init_host (pacer, &others);
  answer (pacer, &others, START, 2000, 0, 20 * MS);
  answer (pacer, &own, START, 200, 60, 20 * MS);
  g_assert_cmpfloat (own.path.rate, >, 0);
  g_assert_cmpfloat (others.path.rate, ==, 0);
  road_pacer_free (pacer);
}

/* Losing this: behind a limit, a scan of a network of which most addresses are unused is slowed down to a
 * tenth of what the limit lets pass, as if only answers had come through it. Of 1,000 SYNs a second half
 * pass here; one in ten goes to a host that has answered before. */
static void
test_unknown_hosts (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace known, unknown;
  RoadRetries attempts[700];
  gint64 next = G_MAXINT64, again_at, now, end;
  guint n = 0;

  road_pacer_init_host (pacer, &known);
  road_pacer_init_host (pacer, &unknown);
  end = answer (pacer, &known, START, 1, 0, 20 * MS) + 2 * SECOND;
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      now = end + i * MS;
      attempts[i] = (RoadRetries){ .timeout_ms = 1000 };
      road_pacer_get_allowance (pacer, now, 0, &next);
      road_pacer_sent (pacer, i % 10 == 0 ? &known : &unknown, now, &attempts[i]);
      g_assert_true (attempts[i].expected == (i % 10 == 0));
      if (i >= 20 && i % 20 == 0)
        road_pacer_answered (pacer, &known, now, &attempts[i - 20], 20 * MS, 0);
      if (i >= 300 && i % 20 == 10)
        {
          RoadRetries *lost = &attempts[i - 300];

          road_pacer_judge (pacer, &known, now, lost, &again_at);
          road_pacer_sent (pacer, &known, now, lost);
          road_pacer_answered (pacer, &known, now, lost, 20 * MS, 0);
        }
    }

  /* The rate that was found, by how many SYNs it allows in a second. */
  end += 2 * SECOND;
  for (now = end; now < end + SECOND; now += MS)
    {
      if (road_pacer_get_allowance (pacer, now, 0, &next) > 0)
        {
          RoadRetries retries = { .timeout_ms = 1000 };

          road_pacer_sent (pacer, &unknown, now, &retries);
          n++;
        }
    }
  g_test_message ("%u SYNs a second", n);
  g_assert_cmpuint (n, >, 300);
  g_assert_cmpuint (n, <, 700);
  road_pacer_free (pacer);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pacer/timeout", test_timeout);
  g_test_add_func ("/pacer/timeout-given", test_timeout_given);
  g_test_add_func ("/pacer/timeout-of-others", test_timeout_of_others);
  g_test_add_func ("/pacer/steady", test_steady);
  g_test_add_func ("/pacer/late", test_late);
  g_test_add_func ("/pacer/local-failure", test_local_failure);
  g_test_add_func ("/pacer/timings", test_timings);
  g_test_add_func ("/pacer/interrupted", test_interrupted);
  g_test_add_func ("/pacer/unknown-rtt", test_unknown_rtt);
  g_test_add_func ("/pacer/scouts", test_scouts);
  g_test_add_func ("/pacer/crowded-scouts", test_crowded_scouts);
  g_test_add_func ("/pacer/own-and-shared-loss", test_own_and_shared_loss);
  g_test_add_func ("/pacer/unknown-hosts", test_unknown_hosts);

  return g_test_run ();
}

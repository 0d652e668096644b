/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/pacing/road-pacer.h"

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
      RoadRetries retries = { .timeout_ms = 1000 };
      gint64 again_at;

      road_pacer_sent (pacer, pace, now, &retries);
      if (i * n_lost / n != (i + 1) * n_lost / n)
        {
          g_assert_false (road_pacer_judge (pacer, pace, now + 200 * MS, &retries, &again_at));
          road_pacer_sent (pacer, pace, now + 300 * MS, &retries);
        }
      road_pacer_answered (pacer, pace, retries.sent_at + rtt, &retries, rtt, 0);
    }

  return now;
}

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

/* Losing this: the probes at a port keep step with a device that drops every sixth SYN, and all are lost. */
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

/* Losing this: far hosts seem filtered, or each silent port costs a minute. */
static void
test_timeout (void)
{
  RoadPacer *pacer = make_pacer (0, 0, -1);
  RoadPace far, near, unknown;

  road_pacer_init_host (pacer, &far);
  road_pacer_init_host (pacer, &near);
  road_pacer_init_host (pacer, &unknown);

  /* Nothing is known: half a second, then twice as long with each try. */
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 0), ==, 500);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 1), ==, 1000);
  g_assert_cmpuint (road_pacer_get_timeout (pacer, &unknown, 2), ==, 2000);

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

  /* The next try waits long enough. */
  road_pacer_excuse (pacer, &retries);
  g_assert_cmpuint (retries.n_retries, ==, 0);
  retries.timeout_ms = road_pacer_get_timeout (pacer, &pace, 0);
  g_assert_cmpuint (retries.timeout_ms, >=, 875);
  retries.least_timeout_ms = retries.timeout_ms;
  g_assert_false (road_pacer_is_too_short (pacer, &pace, &retries));
  road_pacer_free (pacer);
}

/* Losing this: with --timeout, or on a path that is slower than the longest deadline, the same ports are
 * asked for ever. */
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
 * when others are answered on another try. */
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
  g_test_add_func ("/pacer/retries", test_retries);
  g_test_add_func ("/pacer/retries-keep-no-step", test_retries_keep_no_step);
  g_test_add_func ("/pacer/retries-given", test_retries_given);
  g_test_add_func ("/pacer/steady", test_steady);
  g_test_add_func ("/pacer/late", test_late);
  g_test_add_func ("/pacer/too-far", test_too_far);
  g_test_add_func ("/pacer/excuse", test_excuse);
  g_test_add_func ("/pacer/local-failure", test_local_failure);
  g_test_add_func ("/pacer/timings", test_timings);
  g_test_add_func ("/pacer/interrupted", test_interrupted);
  g_test_add_func ("/pacer/slower-path", test_slower_path);
  g_test_add_func ("/pacer/slower-path-is-given-up", test_slower_path_is_given_up);
  g_test_add_func ("/pacer/retries-are-rejudged", test_retries_are_rejudged);
  g_test_add_func ("/pacer/whole-scan", test_whole_scan);
  g_test_add_func ("/pacer/scouts", test_scouts);
  g_test_add_func ("/pacer/own-and-shared-loss", test_own_and_shared_loss);
  g_test_add_func ("/pacer/unknown-hosts", test_unknown_hosts);

  return g_test_run ();
}

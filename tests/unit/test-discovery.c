/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/pacing/road-discovery.h"

#define MS ((gint64) 1000)
#define SECOND ((gint64) G_USEC_PER_SEC)
#define START (1000 * SECOND)

static RoadPacer *
make_pacer (void)
{
  const RoadPacerLimits limits = { .timing = ROAD_TIMING_NORMAL, .max_retries = -1 };

  return road_pacer_new (&limits);
}

/* @n_hosts are found at START; @n_late of them did not answer the first SYN, but the second. */
static void
find_hosts (RoadPacer *pacer, guint n_hosts, guint n_late)
{
  for (guint i = 0; i < n_hosts; i++)
    {
      gint64 sent_at = START + i * MS;
      RoadRetries retries = { .timeout_ms = 1000 };
      RoadPace pace;

      road_pacer_init_host (pacer, &pace);
      if (i < n_late)
        sent_at += 100 * MS;
      road_pacer_sent (pacer, &pace, sent_at, &retries);
      road_pacer_host_found (pacer, START + i * MS, sent_at);
      road_pacer_answered (pacer, &pace, sent_at + 20 * MS, &retries, 20 * MS, 0);
    }
}

/* Of every other port of 400 the first SYN is lost, as behind a limit. */
static void
find_limit (RoadPacer *pacer)
{
  RoadPace pace;

  road_pacer_init_host (pacer, &pace);
  for (guint i = 0; i < 400; i++)
    {
      gint64 now = START + SECOND + i * MS, again_at;
      RoadRetries retries = { .timeout_ms = 1000 };

      road_pacer_sent (pacer, &pace, now, &retries);
      if (i % 2 == 0)
        {
          road_pacer_judge (pacer, &pace, now, &retries, &again_at);
          road_pacer_sent (pacer, &pace, now, &retries);
        }
      road_pacer_answered (pacer, &pace, now, &retries, 20 * MS, 0);
    }
}

/* How many SYNs a silent host gets, a tenth of a second apart, before it is called down. */
static guint
count_probes (RoadPacer *pacer)
{
  RoadDiscovery discovery = { 0 };
  gint64 now = START + 2 * SECOND;
  guint n = 0;

  while (!road_discovery_is_convinced (&discovery, pacer))
    {
      g_assert_cmpuint (n, <, ROAD_DISCOVERY_MAX_PROBES);
      road_discovery_sent (&discovery, now, TRUE);
      road_discovery_silent (&discovery, now, now + SECOND);
      now = discovery.next_at;
      n++;
    }

  return n;
}

/* Losing this: all SYNs to a host are sent at one moment and lost together. */
static void
test_spacing (void)
{
  RoadDiscovery discovery = { 0 };

  g_assert_cmpint (discovery.next_at, <=, START);
  road_discovery_sent (&discovery, START, TRUE);
  g_assert_cmpint (discovery.next_at, >=, START + 100 * MS);
  road_discovery_sent (&discovery, START + 130 * MS, TRUE);
  g_assert_cmpint (discovery.next_at, >=, START + 230 * MS);
  g_assert_cmpint (discovery.next_at, <=, START + 250 * MS);
  g_assert_cmpint (discovery.first_sent_at, ==, START);

  /* The silence lasts from the first SYN to the last timeout, in whatever order they come. */
  road_discovery_silent (&discovery, START + 130 * MS, START + 2 * SECOND);
  road_discovery_silent (&discovery, START, START + SECOND);
  g_assert_cmpint (discovery.until, ==, START + 2 * SECOND);
}

/* Losing this: an address that nobody has costs more SYNs than it need, which is most of the time that a
 * scan of a network takes; or one SYN that is lost hides a host. */
static void
test_good_line (void)
{
  static const guint n_hosts[] = { 0, 1, 20, 250 };

  for (guint i = 0; i < G_N_ELEMENTS (n_hosts); i++)
    {
      RoadPacer *pacer = make_pacer ();
      guint n;

      find_hosts (pacer, n_hosts[i], 0);
      n = count_probes (pacer);
      g_test_message ("%u hosts: %u SYNs", n_hosts[i], n);
      g_assert_cmpuint (n, >=, 2);
      g_assert_cmpuint (n, <=, 3);
      road_pacer_free (pacer);
    }
}

/* Losing this: hosts behind a limit, of which it is known that it lets only some SYNs through, are called
 * down (of 95 hosts that were up, 48 were found). */
static void
test_lossy_line (void)
{
  static const struct
  {
    guint n_late; /* of 60 */
    guint least;
    guint most;
  } table[] = {
    { 2, 3, 4 },
    { 15, 6, 9 },
    { 30, 10, 15 },
    { 45, 18, 24 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      RoadPacer *pacer = make_pacer ();
      guint n;

      find_hosts (pacer, 60, table[i].n_late);
      n = count_probes (pacer);
      g_test_message ("%u of 60 late: %u SYNs", table[i].n_late, n);
      g_assert_cmpuint (n, >=, table[i].least);
      g_assert_cmpuint (n, <=, table[i].most);
      road_pacer_free (pacer);
    }
}

/* Losing this: behind a limit, a host is called down if all SYNs to it were lost but one, and that one went to
 * a port that is filtered. */
static void
test_limited_line (void)
{
  RoadPacer *pacer = make_pacer ();
  guint n_before, n;

  find_hosts (pacer, 60, 0);
  n_before = count_probes (pacer);
  find_limit (pacer);
  n = count_probes (pacer);
  g_test_message ("%u SYNs, %u behind a limit", n_before, n);
  g_assert_cmpuint (n_before, <=, 3);
  g_assert_cmpuint (n, >=, 13);
  g_assert_cmpuint (n, <=, 14);
  road_pacer_free (pacer);
}

/* Losing this: what is lost of the SYNs to ports counts only for ports, and hosts are called down. */
static void
test_lost_ports (void)
{
  RoadPacer *pacer = make_pacer ();
  RoadPace pace;
  RoadRetries retries;
  gint64 again_at;

  find_hosts (pacer, 5, 0);
  road_pacer_init_host (pacer, &pace);
  for (guint i = 0; i < 1000; i++)
    {
      retries = (RoadRetries){ .timeout_ms = 1000 };
      road_pacer_sent (pacer, &pace, START + SECOND + i * MS, &retries);
      if (i % 8 == 0)
        {
          road_pacer_judge (pacer, &pace, START + SECOND + i * MS, &retries, &again_at);
          road_pacer_sent (pacer, &pace, START + SECOND + i * MS, &retries);
        }
      road_pacer_answered (pacer, &pace, START + SECOND + i * MS, &retries, 20 * MS, 0);
    }

  /* With one of nine lost, the tenth of a per cent that is accepted takes three or four. */
  g_assert_cmpuint (count_probes (pacer), >=, 3);
  g_assert_cmpuint (count_probes (pacer), <=, 5);
  road_pacer_free (pacer);
}

/* Losing this: what a host did not answer while the network was down counts against it. */
static void
test_restart (void)
{
  RoadPacer *pacer = make_pacer ();
  RoadDiscovery discovery = { .next = 3 };

  for (guint i = 0; i < 6; i++)
    {
      road_discovery_sent (&discovery, START + i * SECOND, TRUE);
      road_discovery_silent (&discovery, START + i * SECOND, START + (i + 1) * SECOND);
    }
  g_assert_true (road_discovery_is_convinced (&discovery, pacer));

  road_discovery_restart (&discovery);
  g_assert_false (road_discovery_is_convinced (&discovery, pacer));
  g_assert_cmpuint (discovery.next, ==, 3);

  road_discovery_sent (&discovery, START + 20 * SECOND, TRUE);
  road_discovery_silent (&discovery, START + 20 * SECOND, START + 21 * SECOND);
  g_assert_false (road_discovery_is_convinced (&discovery, pacer));
  g_assert_cmpint (discovery.first_sent_at, ==, START + 20 * SECOND);
  g_assert_cmpint (discovery.until, ==, START + 21 * SECOND);
  road_pacer_free (pacer);
}

/* Losing this: where hardly anything comes through, or the first port is filtered everywhere, the scan
 * never ends. */
static void
test_max_probes (void)
{
  RoadPacer *pacer = make_pacer ();
  RoadDiscovery discovery = { 0 };

  find_hosts (pacer, 200, 200);
  g_assert_cmpuint (count_probes (pacer), ==, ROAD_DISCOVERY_MAX_PROBES);

  /* Those that are still in flight then do no harm. */
  for (guint i = 0; i < 4 * ROAD_DISCOVERY_MAX_PROBES; i++)
    road_discovery_silent (&discovery, START + i * SECOND, START + (i + 1) * SECOND);
  g_assert_true (road_discovery_is_convinced (&discovery, pacer));
  g_assert_cmpint (discovery.until, ==, START + 4 * ROAD_DISCOVERY_MAX_PROBES * SECOND);
  road_pacer_free (pacer);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/discovery/spacing", test_spacing);
  g_test_add_func ("/discovery/good-line", test_good_line);
  g_test_add_func ("/discovery/lossy-line", test_lossy_line);
  g_test_add_func ("/discovery/limited-line", test_limited_line);
  g_test_add_func ("/discovery/lost-ports", test_lost_ports);
  g_test_add_func ("/discovery/restart", test_restart);
  g_test_add_func ("/discovery/max-probes", test_max_probes);

  return g_test_run ();
}

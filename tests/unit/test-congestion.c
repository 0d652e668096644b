/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/pacing/road-congestion.h"

#define MS ((gint64) 1000)
#define SECOND ((gint64) G_USEC_PER_SEC)

/* A time to begin with: clocks do not begin at 0. */
#define START (1000 * SECOND)

static guint
get_allowance (RoadCongestion *path, gint64 now, gint64 age)
{
  gint64 next = G_MAXINT64;

  return road_congestion_get_allowance (path, now, age, &next);
}

/* Losing this: scans of far hosts take minutes, or begin with a burst. */
static void
test_slow_start (void)
{
  RoadCongestion path;
  guint sent = 0, rounds = 0;

  road_congestion_init (&path, 64, 1500, 0);
  g_assert_cmpuint (get_allowance (&path, START, 100 * MS), ==, 64);

  /* Everything is answered after 100 ms: the window doubles with each round trip. */
  for (gint64 now = START; sent < 1000; now += 100 * MS, rounds++)
    {
      guint n = get_allowance (&path, now, 200 * MS);

      g_assert_cmpuint (n, ==, 64u << rounds);
      for (guint i = 0; i < n; i++)
        road_congestion_sent (&path, now, TRUE, FALSE, NULL);
      for (guint i = 0; i < n; i++)
        road_congestion_answered (&path, now + 100 * MS, now, TRUE, FALSE, NULL);
      sent += n;
    }
  g_assert_cmpuint (rounds, <=, 5);
}

/* Losing this: a firewall that is silent holds the whole scan up. */
static void
test_silence_is_no_loss (void)
{
  RoadCongestion path;

  road_congestion_init (&path, 64, 1500, 0);
  for (guint i = 0; i < 64; i++)
    road_congestion_sent (&path, START, TRUE, FALSE, NULL);

  g_assert_cmpuint (get_allowance (&path, START + 50 * MS, 100 * MS), ==, 0);

  /* After 100 ms the answers should have come: those SYNs are no longer in the network. */
  g_assert_cmpuint (get_allowance (&path, START + 120 * MS, 100 * MS), ==, 128);
  g_assert_cmpfloat (road_congestion_get_loss (&path, START, 0), <, 0.01);
}

/* Losing this: the window grows past its maximum. */
static void
test_max_window (void)
{
  RoadCongestion path;

  road_congestion_init (&path, 64, 100, 0);
  for (guint i = 0; i < 1000; i++)
    {
      gint64 now = START + i * MS;

      road_congestion_sent (&path, now, TRUE, FALSE, NULL);
      road_congestion_answered (&path, now, now, TRUE, FALSE, NULL);
    }
  g_assert_cmpuint (get_allowance (&path, START + 2 * SECOND, 100 * MS), ==, 100);
}

/* Losing this: --max-rate is not kept. */
static void
test_max_rate (void)
{
  RoadCongestion path;
  guint sent = 0;

  road_congestion_init (&path, 1000, 1000, 250);
  for (gint64 now = START; now < START + 4 * SECOND; now += MS)
    {
      guint n = get_allowance (&path, now, 20 * MS);

      for (guint i = 0; i < n; i++, sent++)
        road_congestion_sent (&path, now, TRUE, FALSE, NULL);
    }

  g_assert_cmpuint (sent, >=, 990);
  g_assert_cmpuint (sent, <=, 1006);
}

/* Losing this: where SYNs were sent without an allowance, as checks of the path are, the rate has no limit any
 * more until they are made up for. */
static void
test_debt (void)
{
  RoadCongestion path;
  gint64 next = G_MAXINT64;

  road_congestion_init (&path, 1000, 1000, 100);
  g_assert_cmpuint (get_allowance (&path, START, 20 * MS), ==, 1);
  for (guint i = 0; i < 11; i++)
    road_congestion_sent (&path, START, TRUE, FALSE, NULL);

  g_assert_cmpuint (road_congestion_get_allowance (&path, START, 20 * MS, &next), ==, 0);
  g_assert_cmpint (next, >, START + 109 * MS);
  g_assert_cmpint (next, <, START + 111 * MS);
  g_assert_cmpuint (get_allowance (&path, START + 50 * MS, 20 * MS), ==, 0);
  g_assert_cmpuint (get_allowance (&path, next, 20 * MS), ==, 1);
}

/* A path through which a token bucket lets 1,000 SYNs a second pass, 30 ms away. Each port is probed
 * until it answers, 250 ms after the last probe. */
static guint
run_limited_path (RoadCongestion *path, guint n_ports, double random_loss, gint64 *end)
{
  const gint64 rtt = 30 * MS, patience = 250 * MS;
  g_autofree gint64 *sent_at = g_new0 (gint64, n_ports);
  g_autofree gint64 *sent_before = g_new0 (gint64, n_ports);
  g_autofree gboolean *passed = g_new0 (gboolean, n_ports);
  g_autofree gboolean *done = g_new0 (gboolean, n_ports);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  double tokens = 100;
  guint n_done = 0, n_sent = 0;
  gint64 now;

  for (now = START; n_done < n_ports && now < START + 60 * SECOND; now += MS)
    {
      guint n = get_allowance (path, now, 60 * MS);

      if (random_loss == 0)
        tokens = MIN (tokens + 1, 100);

      for (guint i = 0; i < n_ports; i++)
        {
          if (done[i])
            continue;

          if (sent_at[i] != 0 && passed[i] && now >= sent_at[i] + rtt)
            {
              if (sent_before[i] != 0)
                road_congestion_lost (path, now, sent_before[i], NULL);
              road_congestion_answered (path, now, sent_at[i], TRUE, FALSE, NULL);
              done[i] = TRUE;
              n_done++;
            }
          else if (n > 0 && (sent_at[i] == 0 || now >= sent_at[i] + patience))
            {
              sent_before[i] = sent_at[i];
              sent_at[i] = now;
              road_congestion_sent (path, now, TRUE, FALSE, NULL);
              n--;
              n_sent++;
              if (random_loss > 0)
                {
                  passed[i] = g_rand_double (rand) >= random_loss;
                }
              else
                {
                  passed[i] = tokens >= 1;
                  if (passed[i])
                    tokens -= 1;
                }
            }
        }
    }

  *end = now;
  return n_sent;
}

/* Losing this: a firewall's rate limit makes open ports look filtered, or the scan drowns it. */
static void
test_rate_limit_is_found (void)
{
  RoadCongestion path;
  gint64 end;
  guint n_sent;

  road_congestion_init (&path, 64, 1500, 0);
  n_sent = run_limited_path (&path, 5000, 0, &end);

  g_test_message ("%u SYNs, %.1f s, %.0f a second", n_sent, (double) (end - START) / SECOND,
                  path.rate);
  g_assert_cmpint (end, <, START + 7 * SECOND); /* 4.9 s is the limit */
  g_assert_cmpfloat (path.rate, >, 500);
  g_assert_cmpfloat (path.rate, <, 2000);
  g_assert_cmpuint (n_sent, <, 3 * 5000);
  g_assert_cmpfloat (road_congestion_get_loss (&path, START, 0), >, 0.2);
}

/* Losing this: a tenth and more of the SYNs are lost for as long as a limited scan lasts, as it stays faster
 * than the limit. */
static void
test_raise_is_undone (void)
{
  RoadCongestion path;
  gint64 end;
  guint few, many;

  road_congestion_init (&path, 64, 1500, 0);
  few = run_limited_path (&path, 5000, 0, &end);
  road_congestion_init (&path, 64, 1500, 0);
  many = run_limited_path (&path, 30000, 0, &end);

  g_test_message ("%u and %u SYNs, %.1f s, %.0f a second", few, many,
                  (double) (end - START) / SECOND, path.rate);
  g_assert_cmpint (end, <, START + 34 * SECOND); /* 29.9 s is the limit */
  g_assert_cmpuint (many - few, <, 27000);
}

/* Losing this: on a bad line every scan slows down to a crawl. */
static void
test_random_loss_is_borne (void)
{
  static const double losses[] = { 0.03, 0.06, 0.15, 0.4 };

  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    {
      RoadCongestion path;
      gint64 end;

      road_congestion_init (&path, 64, 1500, 0);
      run_limited_path (&path, 5000, losses[i], &end);
      g_test_message ("loss %.2f: %.1f s", losses[i], (double) (end - START) / SECOND);
      g_assert_cmpint (end, <, START + (losses[i] < 0.2 ? 4 : 12) * SECOND);
      g_assert_cmpfloat (road_congestion_get_loss (&path, START, 0), >, losses[i] / 3);
      g_assert_cmpfloat (road_congestion_get_loss (&path, end, 0), <, losses[i] * 1.5 + 0.05);
    }
}

/* Losing this: after a pause, or with a gap between two SYNs, the window is thought full for ever. */
static void
test_gaps (void)
{
  RoadCongestion path;

  road_congestion_init (&path, 8, 8, 0);
  for (gint64 now = START; now < START + 600 * SECOND; now += 7 * SECOND + 3 * MS)
    {
      for (guint i = 0; i < 8; i++)
        road_congestion_sent (&path, now, TRUE, FALSE, NULL);
      g_assert_cmpuint (get_allowance (&path, now + MS, 100 * MS), ==, 0);
      g_assert_cmpuint (get_allowance (&path, now + 2 * SECOND, 100 * MS), ==, 8);
    }
}

/* One SYN a ms for 400 ms, with @answered of ten answered after 30 ms. The others are known to have been
 * lost another 250 ms later, by a second one that @path knows nothing of. */
static gint64
run_lossy_path (RoadCongestion *path, gint64 start, guint answered, const RoadCongestion *shared)
{
  const gint64 duration = 400 * MS, rtt = 30 * MS, lost = 280 * MS;

  for (gint64 t = 0; t < duration + lost; t += MS)
    {
      if (t < duration)
        road_congestion_sent (path, start + t, TRUE, FALSE, NULL);
      if (t >= rtt && t < duration + rtt && (t - rtt) / MS % 10 < answered)
        road_congestion_answered (path, start + t, start + t - rtt, TRUE, FALSE, shared);
      if (t >= lost && (t - lost) / MS % 10 >= answered)
        road_congestion_lost (path, start + t, start + t - lost, shared);
    }

  return start + duration + lost;
}

/* Losing this: ports that were silent while much was lost are called filtered, once the scan has slowed
 * down and nothing is lost any more. */
static void
test_loss_is_remembered (void)
{
  RoadCongestion path;
  gint64 now;

  road_congestion_init (&path, 64, 1500, 0);
  now = run_lossy_path (&path, START, 6, NULL);
  g_assert_cmpfloat (path.rate, >, 0);

  for (guint i = 0; i < 20; i++)
    {
      /* While the scan tries to raise the limit again, the new regimes have losses of their own. */
      now = run_lossy_path (&path, now + SECOND, 10, NULL);
      if (path.regimes.n > ROAD_N_REGIMES)
        break;
      g_assert_cmpfloat (road_congestion_get_loss (&path, START + 100 * MS, 0), >, 0.3);
      g_assert_cmpfloat (road_congestion_get_loss (&path, START + 100 * MS, 0), <, 0.5);
    }
  g_assert_cmpuint (path.regimes.n, >=, 5);
  g_assert_cmpfloat (road_congestion_get_loss (&path, now, 0), <, 0.16);
}

/* Losing this: a limit on our own line makes each single host seem to have one, and hosts that are
 * scanned in turn are probed 20 times a second. */
static void
test_shared_loss (void)
{
  RoadCongestion clean, lossy, path;

  road_congestion_init (&clean, 64, 1500, 0);
  road_congestion_init (&lossy, 64, 1500, 0);
  run_lossy_path (&clean, START, 10, NULL);
  run_lossy_path (&lossy, START, 6, NULL);

  road_congestion_init (&path, 64, 1500, 0);
  run_lossy_path (&path, START, 6, &lossy);
  g_assert_cmpfloat (path.rate, ==, 0);

  /* What is lost on its own path alone is a sign. */
  road_congestion_init (&path, 64, 1500, 0);
  run_lossy_path (&path, START, 6, &clean);
  g_assert_cmpfloat (path.rate, >, 0);
}

/* Losing this: after a limit was found, the ports of each host are probed as often as if as much were still
 * lost as before. */
static void
test_slower_path_loses_less (void)
{
  RoadCongestion shared, path;
  gint64 now;

  road_congestion_init (&shared, 64, 1500, 0);
  road_congestion_init (&path, 64, 1500, 0);
  run_lossy_path (&shared, START, 5, NULL);
  now = run_lossy_path (&path, START, 5, &shared);
  g_assert_cmpfloat (road_congestion_get_loss (&path, now, 0.15), >, 0.3);

  road_congestion_sent (&path, now, TRUE, FALSE, &shared);
  g_assert_cmpfloat_with_epsilon (road_congestion_get_loss (&path, now, 0.15), 0.15, 0.01);
  g_assert_cmpfloat (road_congestion_get_loss (&path, START, 0.15), >, 0.3);
}

static void
send_40 (RoadCongestion *path, gint64 now, guint n_answered)
{
  for (guint i = 0; i < 40; i++)
    {
      road_congestion_sent (path, now + i * MS, TRUE, FALSE, NULL);
      if (i < n_answered)
        road_congestion_answered (path, now + i * MS, now + i * MS, TRUE, FALSE, NULL);
    }
}

/* Losing this: behind a limit, ports are called filtered and hosts down since all SYNs to them were lost:
 * before the ports are probed again, only the unanswered SYNs tell how many are lost. */
static void
test_silence_behind_limit (void)
{
  RoadCongestion open, limited;
  gint64 now;

  road_congestion_init (&open, 64, 1500, 0);
  send_40 (&open, START, 24);
  g_assert_cmpfloat (road_congestion_get_loss (&open, START, 0), <, 0.01);

  road_congestion_init (&limited, 64, 1500, 0);
  now = run_lossy_path (&limited, START, 6, NULL);
  send_40 (&limited, now, 24);
  g_assert_cmpfloat_with_epsilon (road_congestion_get_loss (&limited, now, 0), 0.4, 0.001);
  g_assert_cmpfloat (road_congestion_get_discovery_loss (&limited, now), >=, 0.4);

  /* A host that drops nearly everything. */
  send_40 (&limited, now + SECOND, 0);
  g_assert_cmpfloat_with_epsilon (road_congestion_get_loss (&limited, now, 0), 0.5, 0.001);
}

/* Losing this: behind a limit, ports are called filtered as the many answers to retries hide how many first SYNs
 * are silent; or as those to nothing but retries are not known to be lost yet. */
static void
test_silent_retries (void)
{
  RoadCongestion path;
  gint64 now;

  road_congestion_init (&path, 64, 1500, 0);
  now = run_lossy_path (&path, START, 6, NULL);
  for (guint i = 0; i < 40; i++)
    {
      road_congestion_sent (&path, now, TRUE, TRUE, NULL);
      if (i % 2 == 0)
        road_congestion_answered (&path, now, now, TRUE, TRUE, NULL);
    }
  g_assert_cmpfloat_with_epsilon (road_congestion_get_loss (&path, now, 0), 0.5, 0.001);

  for (guint i = 0; i < 3; i++)
    send_40 (&path, now, 24);
  for (guint i = 0; i < 200; i++)
    {
      road_congestion_sent (&path, now, TRUE, TRUE, NULL);
      road_congestion_answered (&path, now, now, TRUE, TRUE, NULL);
    }
  g_assert_cmpfloat_with_epsilon (road_congestion_get_loss (&path, now, 0), 0.4, 0.001);
}

/* Losing this: behind a limit that has been found and is kept, each filtered port and each address that nobody
 * has takes half as many probes again as are needed. Here the ports that are silent are filtered, and probed
 * again in vain; of the first probes 1 in 50 is silent. */
static void
test_settled (void)
{
  RoadCongestion path;
  gint64 now;

  road_congestion_init (&path, 64, 1500, 0);
  now = run_lossy_path (&path, START, 6, NULL);
  for (guint i = 0; i <= 250; i++)
    {
      gint64 at = now + i * 5 * MS;

      road_congestion_sent (&path, at, TRUE, FALSE, NULL);
      if (i % 50 == 49)
        continue;
      for (guint j = 0; i % 50 == 0 && j < 8; j++)
        road_congestion_sent (&path, at, TRUE, TRUE, NULL);
      road_congestion_answered (&path, at, at, TRUE, FALSE, NULL);
      if (i == 90)
        g_assert_cmpfloat (road_congestion_get_loss (&path, at, 0), >=, 0.15);
    }
  g_assert_cmpfloat_with_epsilon (road_congestion_get_loss (&path, now + 100 * MS, 0), 0.05, 0.001);
  g_assert_cmpfloat (road_congestion_get_loss (&path, START, 0), >, 0.3);
}

/* Sends SYNs for two seconds, one in 5 ms, or until the rate changes; each @lost-th is lost. */
static gint64
run_until_change (RoadCongestion *path, gint64 now, guint lost)
{
  const double rate = path->rate;

  for (guint i = 0; i < 400 && path->rate == rate; i++, now += 5 * MS)
    {
      road_congestion_sent (path, now, TRUE, FALSE, NULL);
      if (lost > 0 && i % lost == 0)
        road_congestion_lost (path, now, now, NULL);
      else
        road_congestion_answered (path, now, now, TRUE, FALSE, NULL);
    }

  return now;
}

/* Losing this: one raise too many behind a limit, and the scan is slower than the limit for seconds, by
 * whatever half a second of answers made it seem. */
static void
test_step_back (void)
{
  RoadCongestion path;
  gint64 now;
  double found;

  road_congestion_init (&path, 64, 1500, 0);
  now = run_lossy_path (&path, START, 6, NULL);
  found = path.rate;
  now = run_until_change (&path, now, 0);
  g_assert_cmpfloat (path.rate, >, found);
  now = run_until_change (&path, now, 8);
  g_assert_cmpfloat_with_epsilon (path.rate, found, 0.01);

  /* The path has become worse. */
  run_until_change (&path, now, 8);
  g_assert_cmpfloat (path.rate, <, found);
}

/* Losing this: the probes to the ports of a host that has answered little yet take no account of what is
 * known to be lost on the way to all hosts. */
static void
test_shared_loss_is_expected (void)
{
  RoadCongestion path;

  road_congestion_init (&path, 64, 1500, 0);
  g_assert_cmpfloat (road_congestion_get_loss (&path, START, 0), <, 0.01);
  g_assert_cmpfloat_with_epsilon (road_congestion_get_loss (&path, START, 0.3), 0.3, 0.01);
  run_lossy_path (&path, START, 10, NULL);
  g_assert_cmpfloat (road_congestion_get_loss (&path, START, 0.3), <, 0.05);
}

/* A path that lets half of 1,000 SYNs a second pass. One in ten goes to a host that is known to answer;
 * of the others nothing is ever heard. Their answers take @rtt. */
static double
run_unknown_hosts (gint64 rtt)
{
  const gint64 patience = 250 * MS;
  RoadCongestion path;

  road_congestion_init (&path, 1500, 1500, 0);
  for (gint64 t = 0; path.rate == 0; t += MS)
    {
      gint64 answered = t - rtt, lost = t - rtt - patience;

      g_assert_cmpint (t, <, 10 * SECOND);
      road_congestion_sent (&path, START + t, t % (10 * MS) == 0, FALSE, NULL);
      if (answered >= 0 && answered % (20 * MS) == 0)
        road_congestion_answered (&path, START + t, START + answered, TRUE, FALSE, NULL);
      if (lost >= 0 && lost % (20 * MS) == 10 * MS)
        road_congestion_lost (&path, START + t, START + lost, NULL);
    }

  return path.rate;
}

/* Losing this: behind a limit, a scan of a network of which most addresses are unused is slowed down to a
 * tenth of what the limit lets pass, as if only answers had come through it. */
static void
test_delivery_rate (void)
{
  g_assert_cmpfloat (run_unknown_hosts (30 * MS), >, 350);
  g_assert_cmpfloat (run_unknown_hosts (30 * MS), <, 600);
  g_assert_cmpfloat (run_unknown_hosts (300 * MS), >, 350);
  g_assert_cmpfloat (run_unknown_hosts (300 * MS), <, 600);
}

/* Losing this: of hosts that did not answer the first SYN, the scan does not learn that SYNs are lost,
 * before it has called others down. */
static void
test_found_late (void)
{
  RoadCongestion path;

  road_congestion_init (&path, 64, 1500, 0);
  g_assert_cmpfloat (road_congestion_get_discovery_loss (&path, START), <, 0.01);
  for (guint i = 0; i < 20; i++)
    road_congestion_found (&path, START, i % 2 == 0);
  g_assert_cmpfloat (road_congestion_get_discovery_loss (&path, START), >, 0.35);
  g_assert_cmpfloat (road_congestion_get_discovery_loss (&path, START), <, 0.5);

  /* That the first port is filtered is no loss of the other ports' SYNs. */
  g_assert_cmpfloat (road_congestion_get_loss (&path, START, 0), <, 0.01);

  /* Nor are the few hosts that were late among many a reason to probe the others for long. */
  for (guint i = 0; i < 1000; i++)
    road_congestion_found (&path, START, FALSE);
  g_assert_cmpfloat (road_congestion_get_discovery_loss (&path, START), <, 0.02);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/congestion/slow-start", test_slow_start);
  g_test_add_func ("/congestion/silence-is-no-loss", test_silence_is_no_loss);
  g_test_add_func ("/congestion/max-window", test_max_window);
  g_test_add_func ("/congestion/max-rate", test_max_rate);
  g_test_add_func ("/congestion/debt", test_debt);
  g_test_add_func ("/congestion/rate-limit-is-found", test_rate_limit_is_found);
  g_test_add_func ("/congestion/raise-is-undone", test_raise_is_undone);
  g_test_add_func ("/congestion/slower-path", test_slower_path_loses_less);
  g_test_add_func ("/congestion/silence-behind-limit", test_silence_behind_limit);
  g_test_add_func ("/congestion/silent-retries", test_silent_retries);
  g_test_add_func ("/congestion/settled", test_settled);
  g_test_add_func ("/congestion/step-back", test_step_back);
  g_test_add_func ("/congestion/random-loss-is-borne", test_random_loss_is_borne);
  g_test_add_func ("/congestion/gaps", test_gaps);
  g_test_add_func ("/congestion/loss-is-remembered", test_loss_is_remembered);
  g_test_add_func ("/congestion/shared-loss", test_shared_loss);
  g_test_add_func ("/congestion/shared-loss-is-expected", test_shared_loss_is_expected);
  g_test_add_func ("/congestion/delivery-rate", test_delivery_rate);
  g_test_add_func ("/congestion/found-late", test_found_late);

  return g_test_run ();
}

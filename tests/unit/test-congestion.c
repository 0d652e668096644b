/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-congestion.h"

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
        road_congestion_sent (&path, now);
      for (guint i = 0; i < n; i++)
        road_congestion_answered (&path, now + 100 * MS, now);
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
    road_congestion_sent (&path, START);

  g_assert_cmpuint (get_allowance (&path, START + 50 * MS, 100 * MS), ==, 0);

  /* After 100 ms the answers should have come: those SYNs are no longer in the network. */
  g_assert_cmpuint (get_allowance (&path, START + 120 * MS, 100 * MS), ==, 128);
  g_assert_cmpfloat (road_congestion_get_loss (&path, START), <, 0.01);
}

/* Losing this: the window never grows past what was asked for at the most. */
static void
test_max_window (void)
{
  RoadCongestion path;

  road_congestion_init (&path, 64, 100, 0);
  for (guint i = 0; i < 1000; i++)
    {
      gint64 now = START + i * MS;

      road_congestion_sent (&path, now);
      road_congestion_answered (&path, now, now);
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
        road_congestion_sent (&path, now);
    }

  g_assert_cmpuint (sent, >=, 990);
  g_assert_cmpuint (sent, <=, 1006);
}

/* A path through which a token bucket lets 1,000 SYNs a second pass, 30 ms away. Each port is asked
 * until it answers, 250 ms after the last try. */
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
                road_congestion_lost (path, now, sent_before[i]);
              road_congestion_answered (path, now, sent_at[i]);
              done[i] = TRUE;
              n_done++;
            }
          else if (n > 0 && (sent_at[i] == 0 || now >= sent_at[i] + patience))
            {
              sent_before[i] = sent_at[i];
              sent_at[i] = now;
              road_congestion_sent (path, now);
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
  g_assert_cmpfloat (road_congestion_get_loss (&path, START), >, 0.2);
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
      g_assert_cmpfloat (road_congestion_get_loss (&path, START), >, losses[i] / 3);
      g_assert_cmpfloat (road_congestion_get_loss (&path, end), <, losses[i] * 1.5 + 0.05);
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
        road_congestion_sent (&path, now);
      g_assert_cmpuint (get_allowance (&path, now + MS, 100 * MS), ==, 0);
      g_assert_cmpuint (get_allowance (&path, now + 2 * SECOND, 100 * MS), ==, 8);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/congestion/slow-start", test_slow_start);
  g_test_add_func ("/congestion/silence-is-no-loss", test_silence_is_no_loss);
  g_test_add_func ("/congestion/max-window", test_max_window);
  g_test_add_func ("/congestion/max-rate", test_max_rate);
  g_test_add_func ("/congestion/rate-limit-is-found", test_rate_limit_is_found);
  g_test_add_func ("/congestion/random-loss-is-borne", test_random_loss_is_borne);
  g_test_add_func ("/congestion/gaps", test_gaps);

  return g_test_run ();
}

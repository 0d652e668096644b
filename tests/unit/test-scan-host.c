/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/scan/road-scan-host.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define START (1000 * SECOND)

/* How often a port may reach only ourselves before it is called closed. */
#define N_SELF_CONNECTS 8

typedef struct
{
  RoadScanPlan plan;
  RoadScanHost *host;
} Fixture;

static void
ignore (gpointer tag, gpointer user_data)
{
}

static void
set_up (Fixture *fixture, const char *ports)
{
  g_autoptr (RoadPortSet) set = road_port_set_parse (ports, NULL);
  g_autoptr (RoadProfile) profile = road_profile_new ("ports", set, "discovery", FALSE, NULL);
  RoadTarget target = { 0 };

  g_assert_true (road_address_parse (&target.address, "192.0.2.1"));
  g_assert_true (road_scan_plan_init (&fixture->plan, profile, 1));
  fixture->plan.give_up = ignore;
  road_progress_init (&fixture->plan.progress, 1, fixture->plan.n_ports, FALSE);
  road_progress_begin_host (&fixture->plan.progress);
  fixture->host = road_scan_host_new (&target, 0, &fixture->plan);
}

static void
tear_down (Fixture *fixture)
{
  g_assert_true (road_scan_host_is_done (fixture->host));
  road_scan_host_free (fixture->host);
  road_scan_plan_clear (&fixture->plan);
}

/* The next probe ends with @outcome. */
static void
probe_next (Fixture *fixture, gint64 now, const RoadOutcome *outcome)
{
  RoadProbe probe;
  gint64 next = G_MAXINT64;

  g_assert_true (road_scan_host_take_probe (fixture->host, now, &probe, &next));
  g_assert_true (road_scan_host_from_probe (&probe) == fixture->host);
  road_scan_host_handle (fixture->host, now + 1000, &probe, outcome);
}

static void
assert_result (Fixture *fixture, guint16 port, RoadPortState state)
{
  RoadPortResult result;

  g_assert_cmpuint (road_host_results_flush (road_scan_host_get_results (fixture->host)), ==, 1);
  g_assert_true (road_host_get_result (road_scan_host_get_host (fixture->host), port, &result));
  g_assert_cmpint (result.state, ==, state);
}

/* Losing this: a listener is called closed as the kernel chose the very port for our end of the connect. */
static void
test_self_connect_is_retried (void)
{
  const RoadOutcome self_connect = { .kind = ROAD_OUTCOME_SELF_CONNECT, .elapsed_us = 1000 };
  const RoadOutcome open = { .kind = ROAD_OUTCOME_STATE,
                             .state = ROAD_PORT_OPEN,
                             .reason = ROAD_REASON_SYN_ACK,
                             .elapsed_us = 1000 };
  Fixture fixture;

  set_up (&fixture, "41000");
  for (guint i = 1; i < N_SELF_CONNECTS; i++)
    {
      probe_next (&fixture, START + i * SECOND, &self_connect);
      g_assert_false (road_scan_host_is_done (fixture.host));
      g_assert_cmpuint (fixture.plan.progress.n_done, ==, 0);
    }
  probe_next (&fixture, START + N_SELF_CONNECTS * SECOND, &open);
  assert_result (&fixture, 41000, ROAD_PORT_OPEN);
  tear_down (&fixture);
}

/* Losing this: a scan of our own machine whose local ports are few is never over. */
static void
test_self_connects_end (void)
{
  const RoadOutcome self_connect = { .kind = ROAD_OUTCOME_SELF_CONNECT, .elapsed_us = 1000 };
  Fixture fixture;

  set_up (&fixture, "41000");
  for (guint i = 1; i <= N_SELF_CONNECTS; i++)
    {
      g_assert_false (road_scan_host_is_done (fixture.host));
      probe_next (&fixture, START + i * SECOND, &self_connect);
    }
  assert_result (&fixture, 41000, ROAD_PORT_CLOSED);
  g_assert_cmpuint (fixture.plan.progress.n_done, ==, 1);
  tear_down (&fixture);
}

/* Losing this: the progress of a scan does not tell what was found, or counts what was never probed. */
static void
test_progress (void)
{
  const RoadOutcome open = { .kind = ROAD_OUTCOME_STATE,
                             .state = ROAD_PORT_OPEN,
                             .reason = ROAD_REASON_SYN_ACK,
                             .elapsed_us = 1000 };
  const RoadOutcome closed = { .kind = ROAD_OUTCOME_STATE,
                               .state = ROAD_PORT_CLOSED,
                               .reason = ROAD_REASON_CONN_REFUSED,
                               .elapsed_us = 1000 };
  Fixture fixture;
  RoadProgress *progress = &fixture.plan.progress;

  set_up (&fixture, "1-10");
  g_assert_false (road_scan_host_get_results (fixture.host)->has_news);
  probe_next (&fixture, START, &open);
  g_assert_cmpuint (progress->n_answered, ==, 1);
  g_assert_true (road_scan_host_get_results (fixture.host)->has_news);
  g_assert_cmpuint (road_host_results_flush (road_scan_host_get_results (fixture.host)), ==, 1);
  g_assert_false (road_scan_host_get_results (fixture.host)->has_news);
  probe_next (&fixture, START, &closed);
  probe_next (&fixture, START, &closed);
  g_assert_cmpuint (progress->n_answered, ==, 1);
  g_assert_cmpuint (progress->n_done, ==, 3);
  g_assert_cmpuint (progress->n_open, ==, 1);

  road_scan_host_drop (fixture.host);
  g_assert_cmpuint (progress->n_done, ==, 3);
  g_assert_cmpuint (road_host_results_get_n_done (road_scan_host_get_results (fixture.host)), ==,
                    3);
  g_assert_cmpuint (road_scan_host_get_results (fixture.host)->n_dropped, ==, 7);
  tear_down (&fixture);
}

/* Losing this: of a host that is down, the ports that were probed count as left out, or those that were
 * not as done. */
static void
test_progress_down (void)
{
  const RoadOutcome rejected = { .kind = ROAD_OUTCOME_STATE,
                                 .state = ROAD_PORT_FILTERED,
                                 .reason = ROAD_REASON_HOST_UNREACH,
                                 .elapsed_us = 1000 };
  const RoadOutcome down = { .kind = ROAD_OUTCOME_HOST_DOWN, .elapsed_us = 3 * SECOND };
  Fixture fixture;

  set_up (&fixture, "1-10");
  probe_next (&fixture, START, &rejected);
  probe_next (&fixture, START, &rejected);
  probe_next (&fixture, START + SECOND, &down);
  g_assert_true (road_scan_host_get_down (fixture.host));
  g_assert_cmpuint (fixture.plan.progress.n_done, ==, 3);
  g_assert_cmpuint (fixture.plan.progress.n_answered, ==, 0);
  g_assert_cmpuint (road_scan_host_get_results (fixture.host)->n_dropped, ==, 7);
  g_assert_cmpuint (road_host_results_flush (road_scan_host_get_results (fixture.host)), ==, 0);
  tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scan-host/self-connect-is-retried", test_self_connect_is_retried);
  g_test_add_func ("/scan-host/self-connects-end", test_self_connects_end);
  g_test_add_func ("/scan-host/progress", test_progress);
  g_test_add_func ("/scan-host/progress-down", test_progress_down);

  return g_test_run ();
}

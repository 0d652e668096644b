/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "comparison-fixture.h"

/* Writes a comparison as the table below has it: each host that is not the same in both reports, as
 * "~10.0.0.1 up>up +80:closed>open"; ports of which the same is said are taken together. */
static char *
describe (RoadComparison *comparison)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < road_comparison_get_n_items (comparison); i++)
    {
      RoadHostComparison *host = road_comparison_get_item (comparison, i);
      g_autoptr (GArray) rows = road_host_comparison_get_rows (host, TRUE);
      RoadChange change = road_host_comparison_get_change (host);
      gboolean any_not_compared =
          road_host_comparison_get_n_ports (host, ROAD_CHANGE_NOT_COMPARED) > 0;

      if (change == ROAD_CHANGE_NONE && !any_not_compared)
        continue;

      g_string_append_printf (
          out, "%s%c%s %s>%s", out->len > 0 ? "; " : "", road_change_get_mark (change),
          road_host_comparison_get_address_string (host),
          road_host_finding_to_string (road_host_comparison_get_finding (host, ROAD_BEFORE)),
          road_host_finding_to_string (road_host_comparison_get_finding (host, ROAD_AFTER)));

      for (guint r = 0; r < rows->len; r++)
        {
          const RoadPortChangeRow *row = &g_array_index (rows, RoadPortChangeRow, r);
          const RoadPortChange *ports = row->change;

          if (ports->change == ROAD_CHANGE_NONE)
            continue;
          g_string_append_printf (
              out, " %c%u%s:%s>%s", road_change_get_mark (ports->change),
              row->n_ports > 1 ? row->n_ports : row->port, row->n_ports > 1 ? " ports" : "",
              road_port_verdict_to_string (ports->findings[ROAD_BEFORE].verdict),
              road_port_verdict_to_string (ports->findings[ROAD_AFTER].verdict));
        }
    }

  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *name;
  const char *before;
  const char *after;
  const char *differences;
  RoadCompareFlags flags;
} Case;

static const Case cases[] = {
  /* Losing these: the user is not told what is different, or is told what is not. */
  { "same", "10.0.0.1; 10.0.0.1 up open=22 closed=80", "10.0.0.1; 10.0.0.1 up open=22 closed=80",
    "" },
  { "port-opened", "10.0.0.1; 10.0.0.1 up open=22 closed=80", "10.0.0.1; 10.0.0.1 up open=22,80",
    "~10.0.0.1 up>up +80:closed>open" },
  { "port-closed", "10.0.0.1; 10.0.0.1 up open=22,80", "10.0.0.1; 10.0.0.1 up open=22 filtered=80",
    "~10.0.0.1 up>up -80:open>filtered" },
  { "closed-to-filtered", "10.0.0.1; 10.0.0.1 up closed=22,80",
    "10.0.0.1; 10.0.0.1 up closed=22 filtered=80", "~10.0.0.1 up>up ~80:closed>filtered" },
  { "many-ports-are-counted", "10.0.0.1; 10.0.0.1 up open=22 closed=1-21,23-100",
    "10.0.0.1; 10.0.0.1 up open=22 filtered=1-21,23-100",
    "~10.0.0.1 up>up ~99 ports:closed>filtered" },
  { "all-ports", "10.0.0.1 ports=-; 10.0.0.1 up closed=-",
    "10.0.0.1 ports=-; 10.0.0.1 up open=80 closed=1-79,81-65535",
    "~10.0.0.1 up>up +80:closed>open" },
  { "host-came", "10.0.0.0/24 unlisted=255; 10.0.0.1 up open=22",
    "10.0.0.0/24 unlisted=254; 10.0.0.1 up open=22; 10.0.0.2 up open=80 closed=1-79",
    "+10.0.0.2 down>up +80:host-down>open" },
  { "host-went-unlisted", "10.0.0.0/24; 10.0.0.2 up open=80 closed=1-79",
    "10.0.0.0/24 unlisted=255; 10.0.0.1 up open=22",
    "?10.0.0.1 not-scanned>up ?22:not-scanned>open; -10.0.0.2 up>down -80:open>host-down" },
  { "host-went-listed", "10.0.0.2; 10.0.0.2 up open=80", "10.0.0.2; 10.0.0.2 down",
    "-10.0.0.2 up>down -80:open>host-down" },
  { "down-in-both", "10.0.0.0/24; 10.0.0.2 down", "10.0.0.0/24 unlisted=256", "" },
  { "silent-is-away", "10.0.0.2; 10.0.0.2 up open=80", "10.0.0.2; 10.0.0.2 unknown filtered=80",
    "-10.0.0.2 up>no-answer -80:open>filtered" },
  { "down-or-silent", "10.0.0.2; 10.0.0.2 down", "10.0.0.2; 10.0.0.2 unknown filtered=80", "" },

  /* Losing these: another machine takes an address without being noticed, or is accused of it. */
  { "another-device", "10.0.0.1; 10.0.0.1 up open=22 mac=00:1B:21:00:00:20",
    "10.0.0.1; 10.0.0.1 up open=22 mac=00:1B:21:00:00:21", "~10.0.0.1 up>up" },
  { "same-device", "10.0.0.1; 10.0.0.1 up open=22 mac=00:1b:21:00:00:20",
    "10.0.0.1; 10.0.0.1 up open=22 mac=00:1B:21:00:00:20", "" },
  { "device-known-once", "10.0.0.1; 10.0.0.1 up open=22",
    "10.0.0.1; 10.0.0.1 up open=22 mac=00:1B:21:00:00:20", "" },

  /* Losing these: what a scan did not look at is called gone or new, and the alarm is false. */
  { "port-not-scanned-after", "10.0.0.1 ports=22,80; 10.0.0.1 up open=22,80",
    "10.0.0.1 ports=22; 10.0.0.1 up open=22", "=10.0.0.1 up>up ?80:open>not-scanned" },
  { "port-not-scanned-before", "10.0.0.1 ports=22; 10.0.0.1 up open=22",
    "10.0.0.1 ports=22,80; 10.0.0.1 up open=22,80", "=10.0.0.1 up>up ?80:not-scanned>open" },
  { "port-excluded", "10.0.0.1; 10.0.0.1 up open=22,80", "10.0.0.1 noports=80 unlisted=1",
    "-10.0.0.1 up>down -22:open>host-down ?80:open>not-scanned" },
  { "port-not-scanned-where-down", "10.0.0.1 ports=22,80; 10.0.0.1 up open=22,80",
    "10.0.0.1 ports=22; 10.0.0.1 down",
    "-10.0.0.1 up>down -22:open>host-down ?80:open>not-scanned" },
  { "host-outside", "10.0.0.0/24; 10.0.0.9 up open=22", "10.0.1.0/24 unlisted=256",
    "?10.0.0.9 up>not-scanned ?22:open>not-scanned" },
  { "host-inside-pattern", "10.0.0.0/24; 10.0.0.9 up open=22", "10.0.0.1,9 unlisted=2",
    "-10.0.0.9 up>down -22:open>host-down" },
  { "host-excluded", "10.0.0.0/24; 10.0.0.9 up open=22",
    "10.0.0.0/24 except=10.0.0.8/30 unlisted=252",
    "?10.0.0.9 up>not-scanned ?22:open>not-scanned" },
  { "stopped", "10.0.0.0/24; 10.0.0.9 up open=22", "10.0.0.0/24 status=stopped unlisted=4",
    "?10.0.0.9 up>not-scanned ?22:open>not-scanned" },
  { "failed", "10.0.0.0/24 status=failed unlisted=4", "10.0.0.0/24; 10.0.0.9 up open=22",
    "?10.0.0.9 not-scanned>up ?22:not-scanned>open" },
  { "running", "10.0.0.1; 10.0.0.1 up open=22,80",
    "10.0.0.1 status=running; 10.0.0.1 up undone open=22", "=10.0.0.1 up>up ?80:open>not-scanned" },
  { "not-begun", "10.0.0.1; 10.0.0.1 up open=22",
    "10.0.0.1 status=stopped; 10.0.0.1 unknown undone",
    "?10.0.0.1 up>not-scanned ?22:open>not-scanned" },
  { "nothing-was-down", "10.0.0.0/24; 10.0.0.9 up open=22", "10.0.0.0/24",
    "?10.0.0.9 up>not-scanned ?22:open>not-scanned" },
  { "left-out", "10.0.0.0/24; 10.0.0.9 up open=22", "10.0.0.0/24 unlisted=4 problem=10.0.0.9",
    "?10.0.0.9 up>not-scanned ?22:open>not-scanned" },
  { "another-left-out", "10.0.0.0/24; 10.0.0.9 up open=22",
    "10.0.0.0/24 unlisted=4 problem=10.0.0.99", "-10.0.0.9 up>down -22:open>host-down" },
  { "other-family", "::1; ::1 up open=22", "10.0.0.0/8 unlisted=9",
    "?::1 up>not-scanned ?22:open>not-scanned" },
  { "targets-unreadable", "10.0.0.1; 10.0.0.1 up open=22", "% unlisted=1",
    "?10.0.0.1 up>not-scanned ?22:open>not-scanned" },

  /* Losing these: another program's report that lists only what is open hides what was closed. */
  { "only-open-lists", "10.0.0.1; 10.0.0.1 up open=22,80 closed=1",
    "10.0.0.1 scanner=masscan onlyopen; 10.0.0.1 up open=22", "~10.0.0.1 up>up -80:open>not-open" },
  { "only-open-omits-host", "10.0.0.1; 10.0.0.1 up open=22 closed=1",
    "10.0.0.1 scanner=masscan onlyopen", "~10.0.0.1 up>none-open -22:open>not-open" },
  { "only-open-of-ours-knows-all", "10.0.0.1; 10.0.0.1 up open=22,80",
    "10.0.0.1 onlyopen; 10.0.0.1 up open=22", "=10.0.0.1 up>up ?80:open>not-scanned" },

  /* Losing these: a host behind a name is lost when its address changes, or two hosts are mixed up
   * because a stranger's DNS gives them the same name. */
  { "moved", "Web.lan; 10.0.0.1 up name=Web.lan open=80",
    "web.lan; 10.0.0.2 up name=web.lan closed=80", "~10.0.0.2 up>up -80:open>closed" },
  { "only-moved", "web.lan; 10.0.0.1 up name=web.lan open=80",
    "web.lan; 10.0.0.2 up name=web.lan open=80", "~10.0.0.2 up>up" },
  { "dns-name-moves-nothing", "10.0.0.1; 10.0.0.1 up ptr=x.lan open=80",
    "10.0.0.2; 10.0.0.2 up ptr=x.lan open=80",
    "?10.0.0.1 up>not-scanned ?80:open>not-scanned; ?10.0.0.2 not-scanned>up "
    "?80:not-scanned>open" },
  { "address-before-name",
    "web.lan&10.0.0.2; 10.0.0.1 up name=web.lan open=80; 10.0.0.2 up open=22",
    "web.lan unlisted=1; 10.0.0.2 up name=web.lan open=22",
    "?10.0.0.1 up>not-scanned ?80:open>not-scanned" },
  { "second-name-moved", "a.lan&b.lan; 10.0.0.1 up name=a.lan name=b.lan open=80",
    "c.lan&B.lan; 10.0.0.2 up name=c.lan name=B.lan closed=80", "~10.0.0.2 up>up -80:open>closed" },
  { "names-part", "a.lan&b.lan; 10.0.0.1 up name=a.lan name=b.lan open=80",
    "a.lan&b.lan; 10.0.0.2 up name=b.lan closed=80; 10.0.0.3 up name=a.lan open=80",
    "?10.0.0.2 not-scanned>up ?80:not-scanned>closed; ~10.0.0.3 up>up" },
  { "names-meet", "a.lan&b.lan; 10.0.0.1 up name=a.lan open=80; 10.0.0.2 up name=b.lan open=22",
    "a.lan&b.lan; 10.0.0.3 up name=a.lan name=b.lan open=80",
    "?10.0.0.2 up>not-scanned ?22:open>not-scanned; ~10.0.0.3 up>up" },
  { "one-of-all-moved", "a.lan all; 10.0.0.1 up name=a.lan open=80; 10.0.0.2 up name=a.lan open=80",
    "a.lan all; 10.0.0.1 up name=a.lan open=80; 10.0.0.3 up name=a.lan closed=80",
    "~10.0.0.3 up>up -80:open>closed" },
  { "one-of-all-down", "a.lan all; 10.0.0.1 up name=a.lan open=80; 10.0.0.2 up name=a.lan open=80",
    "a.lan all unlisted=1; 10.0.0.1 up name=a.lan open=80",
    "-10.0.0.2 up>down -80:open>host-down" },
  { "no-more-all", "a.lan all; 10.0.0.1 up name=a.lan open=80; 10.0.0.2 up name=a.lan open=80",
    "a.lan&b.lan unlisted=1; 10.0.0.1 up name=a.lan open=80",
    "?10.0.0.2 up>not-scanned ?80:open>not-scanned" },
  { "timed-out", "10.0.0.1; 10.0.0.1 up open=22,80", "10.0.0.1; 10.0.0.1 up timedout open=22",
    "=10.0.0.1 up>up ?80:open>not-scanned" },
  { "name-is-down",
    "web.lan&db.lan; 10.0.0.1 up name=web.lan open=80; 10.0.0.2 up name=db.lan open=22",
    "web.lan&db.lan unlisted=1; 10.0.0.2 up name=db.lan open=22",
    "-10.0.0.1 up>down -80:open>host-down" },
  { "name-with-network", "10.0.0.0/24; 10.0.0.9 up open=22",
    "web.lan/24 unlisted=254; 10.0.0.1 up name=web.lan open=80",
    "?10.0.0.1 not-scanned>up ?80:not-scanned>open; -10.0.0.9 up>down -22:open>host-down" },

  /* Losing these: a switch does nothing. */
  { "reason", "10.0.0.1; 10.0.0.1 up filtered=80",
    "10.0.0.1; 10.0.0.1 up from=10.0.0.254 filtered=80", "" },
  { "reason-asked", "10.0.0.1; 10.0.0.1 up filtered=80",
    "10.0.0.1; 10.0.0.1 up from=10.0.0.254 filtered=80", "~10.0.0.1 up>up ~80:filtered>filtered",
    ROAD_COMPARE_REASONS },
  { "open-asked", "10.0.0.1; 10.0.0.1 up closed=22,80 open=25",
    "10.0.0.1; 10.0.0.1 up closed=22,25 filtered=80", "~10.0.0.1 up>up -25:open>closed",
    ROAD_COMPARE_OPEN },
};

static gboolean
has_difference (const char *differences)
{
  g_auto (GStrv) hosts = g_strsplit (differences, "; ", -1);

  for (guint i = 0; hosts[i] != NULL; i++)
    {
      if (hosts[i][0] == '+' || hosts[i][0] == '-' || hosts[i][0] == '~')
        return TRUE;
    }

  return FALSE;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (RoadReport) before = parse_report (c->before);
  g_autoptr (RoadReport) after = parse_report (c->after);
  g_autoptr (RoadComparison) comparison = road_comparison_new (before, after, c->flags);
  g_autofree char *text = describe (comparison);

  g_assert_cmpstr (text, ==, c->differences);
  g_assert_cmpint (road_comparison_is_same (comparison), ==, !has_difference (c->differences));
}

/* Losing this: the summary says other numbers than the rows below it. */
static void
test_counts (void)
{
  g_autoptr (RoadReport) before =
      parse_report ("10.0.0.0/24 ports=1-100 unlisted=9; 10.0.0.1 up open=22,80 closed=1-10; "
                    "10.0.0.2 up open=22; 10.0.0.3 up open=22");
  g_autoptr (RoadReport) after = parse_report (
      "10.0.0.0/16 ports=1-200 unlisted=9; 10.0.0.1 up open=22,90,150 filtered=1-10 closed=80; "
      "10.0.0.3 up open=22; 10.0.0.4 up open=22,23; 10.0.1.1 up open=1-50");
  g_autoptr (RoadComparison) comparison =
      road_comparison_new (before, after, ROAD_COMPARE_FLAGS_NONE);

  g_assert_cmpuint (road_comparison_get_n_items (comparison), ==, 5);
  g_assert_cmpuint (road_comparison_get_n_hosts (comparison, ROAD_CHANGE_NEW), ==, 1);
  g_assert_cmpuint (road_comparison_get_n_hosts (comparison, ROAD_CHANGE_GONE), ==, 1);
  g_assert_cmpuint (road_comparison_get_n_hosts (comparison, ROAD_CHANGE_OTHER), ==, 1);
  g_assert_cmpuint (road_comparison_get_n_hosts (comparison, ROAD_CHANGE_NONE), ==, 1);
  g_assert_cmpuint (road_comparison_get_n_hosts (comparison, ROAD_CHANGE_NOT_COMPARED), ==, 1);
  g_assert_cmpuint (road_comparison_get_n_ports (comparison, ROAD_CHANGE_NEW), ==, 2);
  g_assert_cmpuint (road_comparison_get_n_ports (comparison, ROAD_CHANGE_GONE), ==, 2);
  g_assert_cmpuint (road_comparison_get_n_ports (comparison, ROAD_CHANGE_OTHER), ==, 10);
  g_assert_cmpuint (road_comparison_get_n_open_not_compared (comparison), ==, 2);
  g_assert_false (road_comparison_is_same (comparison));
  g_assert_true (road_comparison_get_report (comparison, ROAD_BEFORE) == before);
  g_assert_true (road_comparison_get_report (comparison, ROAD_AFTER) == after);
}

/* Losing this: a host is called by another name than in its report, or by none. */
static void
test_names (void)
{
  g_autoptr (RoadReport) before =
      parse_report ("10.0.0.0/24; 10.0.0.1 up ptr=old.lan open=22; 10.0.0.2 up ptr=b.lan open=22");
  g_autoptr (RoadReport) after =
      parse_report ("10.0.0.0/24; 10.0.0.1 up ptr=new.lan open=22; 10.0.0.2 up open=22");
  g_autoptr (RoadComparison) comparison =
      road_comparison_new (before, after, ROAD_COMPARE_FLAGS_NONE);

  g_assert_cmpstr (road_host_comparison_get_title (road_comparison_get_item (comparison, 0)), ==,
                   "new.lan");
  g_assert_cmpstr (road_host_comparison_get_title (road_comparison_get_item (comparison, 1)), ==,
                   "b.lan");
}

static void
on_compared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RoadComparison **comparison = user_data;
  g_autoptr (GError) error = NULL;

  *comparison = road_comparison_new_finish (result, &error);
  g_assert_no_error (error);
}

/* Losing this: a window that compares large reports in the background shows something else. */
static void
test_async (void)
{
  g_autoptr (GString) text = g_string_new ("10.0.0.0/16 unlisted=5");
  g_autoptr (RoadReport) before = NULL;
  g_autoptr (RoadReport) after = parse_report ("10.0.0.0/16 unlisted=5");
  g_autoptr (RoadComparison) expected = NULL;
  g_autoptr (RoadComparison) comparison = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "; 10.0.%u.%u up open=22,80 closed=1-21", i / 250, i % 250 + 1);
  before = parse_report (text->str);
  expected = road_comparison_new (before, after, ROAD_COMPARE_FLAGS_NONE);

  road_comparison_new_async (before, after, ROAD_COMPARE_FLAGS_NONE, NULL, on_compared,
                             &comparison);
  while (comparison == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (road_comparison_get_n_items (comparison), ==, 2000);
  g_assert_cmpuint (road_comparison_get_n_hosts (comparison, ROAD_CHANGE_GONE), ==, 2000);
  for (guint i = 0; i < 2000; i++)
    g_assert_true (road_host_comparison_equal (road_comparison_get_item (comparison, i),
                                               road_comparison_get_item (expected, i)));
}

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *called = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (road_comparison_new_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *called = TRUE;
}

/* Losing this: going back while a comparison is being made brings it up all the same. */
static void
test_cancel (void)
{
  g_autoptr (RoadReport) before = parse_report ("10.0.0.1; 10.0.0.1 up open=22");
  g_autoptr (RoadReport) after = parse_report ("10.0.0.1; 10.0.0.1 up open=23");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean called = FALSE;

  road_comparison_new_async (before, after, ROAD_COMPARE_FLAGS_NONE, cancellable, on_cancelled,
                             &called);
  g_cancellable_cancel (cancellable);
  while (!called)
    g_main_context_iteration (NULL, TRUE);
}

/* Reports at random: few addresses and ports, so that all kinds of pairs come about. */
static RoadReport *
make_random (void)
{
  static const char *const scans[] = { "10.0.0.0/28", "10.0.0.0/29", "10.0.0.4-12",
                                       "a.lan&10.0.0.3" };
  static const char *const statuses[] = { "finished", "finished", "stopped", "running" };
  static const char *const states[] = { "up", "up", "down", "unknown" };
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s ports=%s status=%s unlisted=%d%s",
                          scans[g_test_rand_int_range (0, 4)], g_test_rand_bit () ? "1-12" : "5-20",
                          statuses[g_test_rand_int_range (0, 4)], g_test_rand_int_range (0, 3),
                          g_test_rand_bit () ? "" : " scanner=x onlyopen");
  for (guint i = 0; i < 16; i++)
    {
      const char *state = states[g_test_rand_int_range (0, 4)];

      if (g_test_rand_bit ())
        continue;

      g_string_append_printf (text, "; 10.0.0.%u %s%s%s", i, state,
                              g_test_rand_bit () ? "" : " undone",
                              i == 1 || i == 2 ? " name=a.lan" : "");
      if (g_str_equal (state, "down"))
        continue;
      for (guint p = 1; p <= 20; p++)
        {
          guint kind = (guint) g_test_rand_int_range (0, 4);

          if (kind < 3)
            g_string_append_printf (text, " %s=%u",
                                    kind == 0   ? "open"
                                    : kind == 1 ? "closed"
                                                : "filtered",
                                    p);
        }
    }

  return parse_report (text->str);
}

/* Losing this: a report differs from itself. */
static void
test_with_itself (void)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (RoadReport) report = make_random ();
      g_autoptr (RoadComparison) comparison =
          road_comparison_new (report, report, ROAD_COMPARE_REASONS);

      g_assert_true (road_comparison_is_same (comparison));
      g_assert_cmpuint (road_comparison_get_n_ports (comparison, ROAD_CHANGE_NEW), ==, 0);
      g_assert_cmpuint (road_comparison_get_n_ports (comparison, ROAD_CHANGE_NOT_COMPARED), ==, 0);
    }
}

static const RoadChange mirrored[ROAD_N_CHANGES] = {
  [ROAD_CHANGE_NONE] = ROAD_CHANGE_NONE,
  [ROAD_CHANGE_NEW] = ROAD_CHANGE_GONE,
  [ROAD_CHANGE_GONE] = ROAD_CHANGE_NEW,
  [ROAD_CHANGE_OTHER] = ROAD_CHANGE_OTHER,
  [ROAD_CHANGE_NOT_COMPARED] = ROAD_CHANGE_NOT_COMPARED,
};

static void
check_mirrored (RoadHostComparison *host, RoadHostComparison *other)
{
  g_autoptr (GArray) rows = road_host_comparison_get_rows (host, TRUE);
  g_autoptr (GArray) other_rows = road_host_comparison_get_rows (other, TRUE);

  g_assert_cmpint (road_host_comparison_get_change (other), ==,
                   mirrored[road_host_comparison_get_change (host)]);
  g_assert_cmpuint (rows->len, ==, other_rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      const RoadPortChangeRow *a = &g_array_index (rows, RoadPortChangeRow, i);
      const RoadPortChangeRow *b = &g_array_index (other_rows, RoadPortChangeRow, i);

      g_assert_cmpuint (a->port, ==, b->port);
      g_assert_cmpuint (a->n_ports, ==, b->n_ports);
      g_assert_cmpint (b->change->change, ==, mirrored[a->change->change]);
      g_assert_cmpint (a->change->findings[ROAD_BEFORE].verdict, ==,
                       b->change->findings[ROAD_AFTER].verdict);
    }
}

static RoadHostComparison *
find_host (RoadComparison *comparison, RoadHost *before, RoadHost *after)
{
  for (guint i = 0; i < road_comparison_get_n_items (comparison); i++)
    {
      RoadHostComparison *host = road_comparison_get_item (comparison, i);

      if (road_host_comparison_get_host (host, ROAD_BEFORE) == before &&
          road_host_comparison_get_host (host, ROAD_AFTER) == after)
        return host;
    }

  return NULL;
}

/* Losing this: whether something is new or gone depends on more than the order of the two. */
static void
test_mirrored (void)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (RoadReport) a = make_random ();
      g_autoptr (RoadReport) b = make_random ();
      g_autoptr (RoadComparison) there = road_comparison_new (a, b, ROAD_COMPARE_FLAGS_NONE);
      g_autoptr (RoadComparison) back = road_comparison_new (b, a, ROAD_COMPARE_FLAGS_NONE);

      g_assert_cmpuint (road_comparison_get_n_items (there), ==,
                        road_comparison_get_n_items (back));
      for (guint h = 0; h < road_comparison_get_n_items (there); h++)
        {
          RoadHostComparison *host = road_comparison_get_item (there, h);
          RoadHostComparison *other =
              find_host (back, road_host_comparison_get_host (host, ROAD_AFTER),
                         road_host_comparison_get_host (host, ROAD_BEFORE));

          g_assert_nonnull (other);
          check_mirrored (host, other);
        }
    }
}

static RoadPortState
get_state (RoadHost *host, guint16 port)
{
  RoadPortResult result;

  return host != NULL && road_host_get_result (host, port, &result) ? (RoadPortState) result.state
                                                                    : ROAD_PORT_UNKNOWN;
}

/* Losing this: the arithmetic with sets of ports loses a port, or gives it another state than the
 * reports do. */
static void
test_port_by_port (void)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (RoadReport) a = make_random ();
      g_autoptr (RoadReport) b = make_random ();
      g_autoptr (RoadComparison) comparison = road_comparison_new (a, b, ROAD_COMPARE_FLAGS_NONE);

      for (guint h = 0; h < road_comparison_get_n_items (comparison); h++)
        {
          RoadHostComparison *host = road_comparison_get_item (comparison, h);
          g_autoptr (GArray) rows = road_host_comparison_get_rows (host, TRUE);
          gboolean opened[21] = { FALSE };

          for (guint r = 0; r < rows->len; r++)
            {
              const RoadPortChangeRow *row = &g_array_index (rows, RoadPortChangeRow, r);

              g_assert_cmpuint (row->n_ports, ==, 1);
              if (row->change->change == ROAD_CHANGE_NEW)
                opened[row->port] = TRUE;
            }
          for (guint16 port = 1; port <= 20; port++)
            {
              RoadPortState before =
                  get_state (road_host_comparison_get_host (host, ROAD_BEFORE), port);
              RoadPortState after =
                  get_state (road_host_comparison_get_host (host, ROAD_AFTER), port);

              if (after == ROAD_PORT_OPEN && before != ROAD_PORT_UNKNOWN)
                g_assert_cmpint (opened[port], ==, before != ROAD_PORT_OPEN);
              if (after != ROAD_PORT_OPEN)
                g_assert_false (opened[port]);
            }
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/comparison/case/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/comparison/counts", test_counts);
  g_test_add_func ("/comparison/names", test_names);
  g_test_add_func ("/comparison/async", test_async);
  g_test_add_func ("/comparison/cancel", test_cancel);
  g_test_add_func ("/comparison/with-itself", test_with_itself);
  g_test_add_func ("/comparison/mirrored", test_mirrored);
  g_test_add_func ("/comparison/port-by-port", test_port_by_port);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "ui/page/road-identity-text.h"
#include "ui/widgets/road-time-text.h"

static GDateTime *
make_time (const char *text)
{
  GDateTime *time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);

  return time;
}

/* Losing this: results of yesterday are taken for those of today. */
static void
test_time (void)
{
  const struct
  {
    const char *time;
    const char *text;
    const char *since;
  } table[] = {
    { "2026-03-02T00:05:00Z", "today 00:05", "since 00:05" },
    { "2026-03-01T23:59:00Z", "yesterday 23:59", "since yesterday 23:59" },
    /* A quarter past one on the day itself, where @now is. */
    { "2026-03-02T01:15:00+02:00", "yesterday 23:15", "since yesterday 23:15" },
    { "2026-02-26T09:30:00Z", "Thursday 09:30", "since Thursday 09:30" },
    { "2026-02-20T09:30:00Z", "20 February", "since 20 February" },
    { "2025-05-03T09:30:00Z", "3 May 2025", "since 3 May 2025" },
    /* A clock that was wrong. */
    { "2026-03-09T09:30:00Z", "9 March", "since 9 March" },
  };
  g_autoptr (GDateTime) now = make_time ("2026-03-02T20:00:00Z");

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GDateTime) time = make_time (table[i].time);
      g_autofree char *text = road_time_text (time, now);
      g_autofree char *since = road_time_text_since (time, now);

      g_assert_cmpstr (text, ==, table[i].text);
      g_assert_cmpstr (since, ==, table[i].since);
    }
}

static RoadProfile *
make_profile (const char *name, const char *ports)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadPortSet) set = road_port_set_parse (ports, &error);

  g_assert_no_error (error);

  return road_profile_new ("name", name, "ports", set, NULL);
}

/* Losing this: nobody knows which ports the closed ones were. */
static void
test_ports (void)
{
  const struct
  {
    const char *name;
    const char *ports;
    const char *expected;
  } table[] = {
    { "Common ports", "top:1000", "Common ports (1000)" },
    { "Which hosts are there", "none", "Which hosts are there" },
    { "", "none", "No ports" },
    { "", "80", "Port 80" },
    { "", "22,80", "Ports 22,80" },
    { "", "1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31,33", "17 ports" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (RoadProfile) profile = make_profile (table[i].name, table[i].ports);
      g_autofree char *text = road_identity_text_ports (profile);

      g_assert_cmpstr (text, ==, table[i].expected);
    }
}

/* Losing this: half of a network looks like all of it. */
static void
test_duration (void)
{
  const struct
  {
    RoadReportStatus status;
    gboolean running;
    double elapsed;
    const char *expected;
  } table[] = {
    { ROAD_REPORT_FINISHED, FALSE, 1.2, "1.2 s" },
    { ROAD_REPORT_FINISHED, FALSE, 0, NULL },
    { ROAD_REPORT_STOPPED, FALSE, 83, "stopped after 1 min 23 s" },
    { ROAD_REPORT_STOPPED, FALSE, 0, "stopped" },
    { ROAD_REPORT_FAILED, FALSE, 3, "failed after 3.0 s" },
    { ROAD_REPORT_RUNNING, FALSE, 3, "unfinished" },
    { ROAD_REPORT_RUNNING, TRUE, 3, NULL },
  };
  g_autoptr (RoadProfile) profile = make_profile ("", "80");

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (RoadReport) report = road_report_new ("192.0.2.1", profile);
      g_autofree char *text = NULL;

      if (table[i].status != ROAD_REPORT_RUNNING)
        road_report_finish (report, table[i].status, NULL, table[i].elapsed);
      text = road_identity_text_duration (report, table[i].running);
      g_assert_cmpstr (text, ==, table[i].expected);
    }
}

/* Losing this: results are taken for those of what is typed above them. */
static void
test_instead (void)
{
  const struct
  {
    const char *name;
    const char *ports;
    const char *targets;
    const char *expected;
  } table[] = {
    { "Common ports", "top:1000", "192.0.2.0/24", NULL },
    { "", "top:1000", "  192.0.2.0/24 ", NULL },
    { "Common ports", "top:1000", "10.0.0.0/24", "Press Enter to scan 10.0.0.0/24 instead" },
    { "Polite", "top:1000", "192.0.2.0/24", "Press Scan to use “Polite” instead" },
    { "", "22,80", "192.0.2.0/24", "Press Scan to scan ports 22,80 instead" },
    { "", "1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31,33", "192.0.2.0/24",
      "Press Scan to scan 17 ports instead" },
  };
  g_autoptr (RoadProfile) shown = make_profile ("Common ports", "top:1000");
  g_autoptr (RoadReport) report = road_report_new ("192.0.2.0/24", shown);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (RoadProfile) profile = make_profile (table[i].name, table[i].ports);
      g_autoptr (RoadTargetSpec) targets = road_target_spec_parse (table[i].targets, NULL);
      g_autofree char *text = road_identity_text_instead (report, targets, profile);

      g_assert_cmpstr (text, ==, table[i].expected);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time-text", test_time);
  g_test_add_func ("/identity-text/ports", test_ports);
  g_test_add_func ("/identity-text/duration", test_duration);
  g_test_add_func ("/identity-text/instead", test_instead);

  return g_test_run ();
}

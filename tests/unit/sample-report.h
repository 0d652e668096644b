/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "format-fixture.h"

/* One report with something of each kind, as the tests of the formats write it down word by word. */

static inline RoadHost *
new_sample_gate (void)
{
  const char *const others[] = { "10.0.0.9", "::1", NULL };
  RoadAddress address;
  RoadHost *host;

  g_assert_true (road_address_parse (&address, "10.0.0.1"));
  host = road_host_new (&address, "gate", others);
  road_host_set_ptr_name (host, "gate.example");
  road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  road_host_set_latency (host, 95);
  road_host_set_done (host);
  add_open (host, 22, 1234);
  add_open (host, 8080, 0);
  add_range (host, ROAD_PORT_FILTERED, ROAD_REASON_ADMIN_PROHIBITED, "10.0.0.254", "80");
  add_range (host, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "1-21,23-79");
  road_host_set_service (host, 22, NULL, "OpenSSH 9.2p1");
  road_host_set_service (host, 8080, "ssl/http", NULL);
  road_host_add_note (host, 8080, "http-title", "Welcome\n  home");
  road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_MAC, "02:00:00:00:00:01 (Maker, Inc.)");
  road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_OS, "Linux 5.0 - 6.1 (96%)");
  road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_UPTIME, "86400");
  road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_DISTANCE, "2");
  road_host_add_note (host, ROAD_NOTE_HOST, "smb-time", "2026");

  return host;
}

/* Nothing was heard from it, and the scan was broken off. */
static inline RoadHost *
new_sample_silent (void)
{
  RoadAddress address;
  RoadHost *host;

  g_assert_true (road_address_parse (&address, "fd00::2"));
  host = road_host_new (&address, NULL, NULL);
  road_host_set_state (host, ROAD_HOST_UNKNOWN, ROAD_REASON_NO_RESPONSE);
  add_range (host, ROAD_PORT_FILTERED, ROAD_REASON_NO_RESPONSE, NULL, "1-30");
  add_range (host, ROAD_PORT_FILTERED, ROAD_REASON_HOST_UNREACH, "fd00::1", "31-40");
  add_range (host, ROAD_PORT_FILTERED, ROAD_REASON_HOST_UNREACH, "fd00::9", "42-50");

  return host;
}

static inline RoadReport *
new_sample_report (gboolean open_only)
{
  g_autoptr (RoadPortSet) ports = road_port_set_parse ("-90,http*", NULL);
  g_autoptr (RoadPortSet) excluded = road_port_set_parse ("81-89,http-*", NULL);
  g_autoptr (RoadProfile) profile = NULL;
  g_autoptr (GDateTime) started = g_date_time_new_utc (2026, 11, 1, 7, 8, 0);
  g_autoptr (RoadHost) gate = new_sample_gate ();
  g_autoptr (RoadHost) silent = new_sample_silent ();
  g_autoptr (RoadHost) down = new_host ("10.0.0.3", NULL, 0);
  RoadReport *report;

  profile = road_profile_new ("name", "Web & more", "ports", ports, "exclude-ports", excluded,
                              "reverse-dns", FALSE, "timing", ROAD_TIMING_FAST, "open-only",
                              open_only, NULL);
  report = road_report_new ("gate 10.0.0.0/30 nosuch", profile);
  road_report_set_started (report, started);
  road_report_set_n_targets (report, 5);
  add_host (report, gate);
  add_host (report, silent);
  road_host_set_state (down, ROAD_HOST_DOWN, ROAD_REASON_NO_RESPONSE);
  add_host (report, down);
  road_report_add_down (report, 1);
  road_report_add_problem (report, "Cannot find “nosuch”.");

  return report;
}

/* A host that was given up in the middle, and one that answers everywhere; both have two names. */
static inline RoadReport *
new_timed_out_report (void)
{
  g_autoptr (RoadPortSet) ports = road_port_set_parse ("1-100", NULL);
  g_autoptr (RoadProfile) profile =
      road_profile_new ("ports", ports, "host-timeout", 90000, "resolve-all", TRUE, "reverse-dns",
                        FALSE, NULL);
  const char *const others[] = { "10.0.0.9", NULL };
  g_autoptr (GDateTime) started = g_date_time_new_utc (2026, 11, 1, 7, 8, 0);
  g_autoptr (RoadHost) late = NULL;
  g_autoptr (RoadHost) willing = new_host ("10.0.0.2", "three.test", 0);
  RoadReport *report = road_report_new ("one.test two.test three.test 10.0.0.0/30", profile);
  RoadAddress address;

  g_assert_true (road_address_parse (&address, "10.0.0.1"));
  late = road_host_new (&address, "one.test", others);
  road_host_add_user_name (late, "two.test");
  road_host_set_state (late, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  add_open (late, 22, 0);
  add_range (late, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, "23-24");
  road_host_set_timed_out (late);
  add_open (willing, 1, 0);
  add_open (willing, 2, 0);
  road_host_add_user_name (willing, "four.test");
  road_host_add_note (willing, ROAD_NOTE_HOST, ROAD_NOTE_REMARK,
                      "Answers on every port: probably a protection device");

  road_report_set_started (report, started);
  road_report_set_n_targets (report, 2);
  road_report_set_n_excluded (report, 2);
  add_host (report, late);
  add_host (report, willing);

  return report;
}

/* No ports were scanned, only which hosts are up. */
static inline RoadReport *
new_hosts_report (gboolean open_only)
{
  g_autoptr (RoadPortSet) none = road_port_set_new_empty ();
  g_autoptr (RoadProfile) profile = road_profile_new ("ports", none, "open-only", open_only, NULL);
  g_autoptr (GDateTime) started = g_date_time_new_utc (2026, 11, 1, 7, 8, 0);
  g_autoptr (RoadHost) up = new_host ("10.0.0.1", "one.test", 73);
  g_autoptr (RoadHost) down = new_host ("10.0.0.2", NULL, 0);
  RoadReport *report = road_report_new ("one.test 10.0.0.0/30", profile);

  road_host_set_ptr_name (up, "ptr.test");
  road_host_set_state (down, ROAD_HOST_DOWN, ROAD_REASON_NO_RESPONSE);
  road_report_set_started (report, started);
  road_report_set_n_targets (report, 4);
  add_host (report, up);
  add_host (report, down);
  road_report_add_down (report, 2);

  return report;
}

/* Ends the report's scan after 12.34 s. */
static inline void
finish_sample (RoadReport *report, RoadReportStatus status)
{
  g_autoptr (GDateTime) finished = g_date_time_new_utc (2026, 11, 1, 7, 8, 13);

  road_report_finish (report, status, finished, 12.344);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "engine/compare/road-comparison.h"

/* What the tests of comparisons share: reports written in one line.
 *
 *     "10.0.0.0/24 ports=1-100 unlisted=3; 10.0.0.1 up open=22,80 closed=1-21; 10.0.0.2 down"
 *
 * First the scan, then its hosts. Of the scan: targets (joined by "&"), ports, noports, except (targets), status,
 * unlisted (hosts down), problem, scanner, onlyopen, all (addresses of a name). Of a host: its state,
 * undone, timedout, name (the user's, also several), ptr, mac, and ports by state; ports behind
 * "from=ADDRESS" were refused by that address. */

static inline RoadPortSet *
parse_ports (const char *text)
{
  RoadPortSet *ports = road_port_set_parse (text, NULL);

  g_assert_nonnull (ports);

  return ports;
}

static inline void
add_ports (
    RoadHost *host, RoadPortState state, RoadReason reason, const char *from, const char *text)
{
  g_autoptr (RoadPortSet) ports = parse_ports (text);
  RoadPortGroup group = { state, reason, ROAD_ADDRESS_NONE, ports };

  if (from != NULL)
    g_assert_true (road_address_parse (&group.reason_from, from));
  road_host_add_group (host, &group);
}

static inline RoadHost *
parse_host (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  const char *from = NULL;
  RoadAddress address;
  RoadHostState state = ROAD_HOST_UP;
  gboolean done = TRUE;
  RoadHost *host;

  g_assert_true (road_address_parse (&address, words[0]));
  host = road_host_new (&address, NULL, NULL);
  for (guint i = 1; words[i] != NULL; i++)
    {
      const char *value = strchr (words[i], '=') != NULL ? strchr (words[i], '=') + 1 : NULL;

      if (g_str_has_prefix (words[i], "open="))
        add_ports (host, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK, NULL, value);
      else if (g_str_has_prefix (words[i], "closed="))
        add_ports (host, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, NULL, value);
      else if (g_str_has_prefix (words[i], "filtered="))
        add_ports (host, ROAD_PORT_FILTERED,
                   from != NULL ? ROAD_REASON_PORT_UNREACH : ROAD_REASON_NO_RESPONSE, from, value);
      else if (g_str_has_prefix (words[i], "from="))
        from = value;
      else if (g_str_has_prefix (words[i], "ptr="))
        road_host_set_ptr_name (host, value);
      else if (g_str_has_prefix (words[i], "mac="))
        road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_MAC, value);
      else if (g_str_has_prefix (words[i], "name="))
        road_host_add_user_name (host, value);
      else if (g_str_equal (words[i], "undone"))
        done = FALSE;
      else if (g_str_equal (words[i], "timedout"))
        road_host_set_timed_out (host);
      else
        g_assert_true (road_host_state_from_string (words[i], &state));
    }
  road_host_set_state (host, state, ROAD_REASON_SYN_ACK);
  if (done)
    road_host_set_done (host);

  return host;
}

static inline RoadReport *
parse_scan (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (RoadPortSet) ports = NULL;
  g_autoptr (RoadPortSet) no_ports = NULL;
  g_autoptr (RoadTargetSpec) except = NULL;
  g_autoptr (RoadProfile) profile = NULL;
  RoadReportStatus status = ROAD_REPORT_FINISHED;
  const char *scanner = "Roadstead", *problem = NULL;
  guint64 n_down = 0;
  gboolean only_open = FALSE, resolve_all = FALSE;
  RoadReport *report;
  g_autofree char *targets = g_strdelimit (g_strdup (words[0]), "&", ' ');

  for (guint i = 1; words[i] != NULL; i++)
    {
      const char *value = strchr (words[i], '=') != NULL ? strchr (words[i], '=') + 1 : NULL;

      if (g_str_has_prefix (words[i], "ports="))
        ports = parse_ports (value);
      else if (g_str_has_prefix (words[i], "noports="))
        no_ports = parse_ports (value);
      else if (g_str_has_prefix (words[i], "except="))
        except = road_target_spec_parse (value, NULL);
      else if (g_str_has_prefix (words[i], "status="))
        g_assert_true (road_report_status_from_string (value, &status));
      else if (g_str_has_prefix (words[i], "unlisted="))
        n_down = g_ascii_strtoull (value, NULL, 10);
      else if (g_str_has_prefix (words[i], "problem="))
        problem = value;
      else if (g_str_has_prefix (words[i], "scanner="))
        scanner = value;
      else if (g_str_equal (words[i], "onlyopen"))
        only_open = TRUE;
      else if (g_str_equal (words[i], "all"))
        resolve_all = TRUE;
      else
        g_assert_cmpstr (words[i], ==, "");
    }
  if (ports == NULL)
    ports = parse_ports ("1-100");

  profile = road_profile_new ("ports", ports, "exclude-ports", no_ports, "exclude-targets", except,
                              "open-only", only_open, "resolve-all", resolve_all, NULL);
  report = road_report_new (targets, profile);
  road_report_set_scanner (report, scanner, "1.0", ROAD_SCAN_TYPE_CONNECT);
  road_report_add_down (report, n_down);
  if (problem != NULL)
    {
      g_autofree char *sentence = g_strdup_printf ("%s was not scanned.", problem);

      road_report_add_problem (report, sentence);
    }
  if (status != ROAD_REPORT_RUNNING)
    road_report_finish (report, status, NULL, 1);

  return report;
}

static inline RoadReport *
parse_report (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "; ", -1);
  RoadReport *report = parse_scan (parts[0]);
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 1; parts[i] != NULL; i++)
    g_ptr_array_add (hosts, parse_host (parts[i]));
  road_report_add_hosts (report, hosts);

  return report;
}

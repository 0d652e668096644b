/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "format-fixture.h"

/* Reports of all that can be in one, for properties that must hold for any: every kind of outcome,
 * and names that somebody chose in order to do harm. They follow g_test_rand_int(), so --seed brings
 * one back. */

static inline char *
random_text (void)
{
  static const char *const pieces[] = {
    "a",
    "gate",
    ".",
    "\"",
    "\\",
    "\n",
    "\t",
    "\r",
    "\x1b[1m",
    "é",
    "例",
    "😀",
    "\x7f",
    "\xc2\x80",
    "\xe2\x80\xa8",
    "\xe2\x80\xae",
    "\xef\xbf\xbf",
    "{}[],:",
    "/",
    " ",
    "\x01",
    "<!--",
    "-->",
    "<a b='",
    "&amp;",
    "&#0;",
    "]]>",
    "=",
    "+",
    "-",
    "@",
    ", ",
    ") (",
    "'",
  };
  g_autoptr (GString) text = g_string_new (NULL);
  int n = g_test_rand_int_range (1, 12);

  for (int i = 0; i < n; i++)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static inline gboolean
chance (void)
{
  return g_test_rand_bit () ? TRUE : FALSE;
}

static inline RoadAddress
random_address (void)
{
  g_autofree char *text =
      chance () ? g_strdup_printf ("10.%d.%d.%d", g_test_rand_int_range (0, 256),
                                   g_test_rand_int_range (0, 256), g_test_rand_int_range (0, 256))
                : g_strdup_printf ("fd00::%x:%x", g_test_rand_int_range (0, 65536),
                                   g_test_rand_int_range (0, 65536));
  RoadAddress address;

  g_assert_true (road_address_parse (&address, text));
  return address;
}

/* Every port of the host has a state or none, in runs, so that there are listed and unlisted ones. */
static inline void
add_random_results (RoadHost *host)
{
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  const RoadAddress router = random_address ();
  int port = g_test_rand_int_range (0, 100);

  while (port < 65536 && results->len < 3000)
    {
      int end = port + (chance () ? g_test_rand_int_range (1, 5) : g_test_rand_int_range (1, 300));
      RoadPortResult result = { .state = (guint8) g_test_rand_int_range (0, ROAD_N_PORT_STATES),
                                .reason = (guint8) g_test_rand_int_range (0, ROAD_N_REASONS) };

      if (result.state == ROAD_PORT_FILTERED && chance ())
        result.reason_from = router;
      for (; port < MIN (end, 65536); port++)
        {
          result.port = (guint16) port;
          if (result.state == ROAD_PORT_OPEN)
            result.latency_us = chance () ? g_test_rand_int () & 0x7fffffff
                                          : (guint32) g_test_rand_int_range (0, 100000);
          g_array_append_val (results, result);
        }
      port += g_test_rand_int_range (0, 20000);
    }

  road_host_add_results (host, (const RoadPortResult *) (gpointer) results->data, results->len);
}

/* What other scanners knew of the ports that are listed, and of the host. */
static inline void
add_random_extra (RoadHost *host)
{
  g_autoptr (GArray) listed = road_host_get_listed (host, FALSE);
  g_autofree char *text = random_text ();

  for (guint i = 0; i < listed->len; i += (guint) g_test_rand_int_range (1, 5))
    {
      const guint16 port = g_array_index (listed, RoadPortResult, i).port;
      g_autofree char *version = random_text ();

      road_host_set_service (host, port, chance () ? "ssl/http" : NULL, chance () ? version : NULL);
      if (chance ())
        {
          const RoadService service = { .port = port,
                                        .confidence = (guint8) g_test_rand_int_range (1, 11),
                                        .name = chance () ? (char *) "ssl/x" : NULL,
                                        .product = chance () ? version : NULL,
                                        .version = chance () ? version : NULL,
                                        .extra_info = chance () ? text : NULL };

          road_host_add_services (host, &service, 1);
        }
      if (chance ())
        road_host_add_note (host, port, "http-title", version);
    }
  if (chance ())
    road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_OS, text);
  if (chance ())
    road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_MAC,
                        chance () ? "02:00:00:00:00:01" : "00:1B:21:00:00:20 (Maker (Far) Co.)");
}

static inline RoadHost *
random_host (void)
{
  const RoadAddress address = random_address ();
  g_autofree char *name = chance () ? random_text () : NULL;
  g_autofree char *ptr = chance () ? random_text () : NULL;
  const char *const others[] = { "192.0.2.1", "::1", NULL };
  RoadHost *host = road_host_new (&address, name, chance () ? others : NULL);

  for (int i = name != NULL && chance () ? g_test_rand_int_range (1, 4) : 0; i > 0; i--)
    {
      g_autofree char *further = random_text ();
      g_autofree char *numbered = g_strdup_printf ("%d%s", i, further);

      road_host_add_user_name (host, numbered);
    }
  road_host_set_ptr_name (host, ptr);
  road_host_set_state (host, (RoadHostState) g_test_rand_int_range (0, ROAD_HOST_DOWN + 1),
                       (RoadReason) g_test_rand_int_range (0, ROAD_N_REASONS));
  if (chance ())
    road_host_set_latency (host, (guint) g_test_rand_int_range (0, G_MAXINT32));
  if (chance ())
    road_host_set_done (host);
  else if (chance ())
    road_host_set_timed_out (host);
  if (chance () || chance ())
    add_random_results (host);
  if (chance ())
    add_random_extra (host);

  return host;
}

static inline RoadProfile *
random_profile (void)
{
  g_autofree char *name = random_text ();
  g_autoptr (RoadPortSet) ports = road_port_set_parse (chance () ? "http*,1-100" : "top:20", NULL);
  g_autoptr (RoadPortSet) exclude_ports = road_port_set_parse ("25,-10", NULL);
  g_autoptr (RoadTargetSpec) exclude_targets = road_target_spec_parse ("10.0.0-3.1 a.b/24", NULL);

  g_assert_nonnull (exclude_targets);

  return road_profile_new ("name", name, "ports", ports, "exclude-ports",
                           chance () ? exclude_ports : NULL, "exclude-targets",
                           chance () ? exclude_targets : NULL, "family",
                           g_test_rand_int_range (0, 3), "resolve-all", chance (), "discovery",
                           chance (), "reverse-dns", chance (), "open-only", chance (), "list-down",
                           chance (), "identify", g_test_rand_int_range (0, ROAD_IDENTIFY_ASK + 1),
                           "timing", g_test_rand_int_range (0, ROAD_TIMING_FAST + 1),
                           "max-parallelism", chance () ? G_MAXUINT : 0, "max-rate",
                           (guint) g_test_rand_int_range (0, 9999), "timeout",
                           chance () ? (guint) G_MAXINT : 0, "host-timeout",
                           chance () ? (guint) G_MAXINT : 0, "max-retries",
                           g_test_rand_int_range (-1, 9), NULL);
}

static inline RoadReport *
random_report (void)
{
  static const char *const zones[] = { "UTC", "+01:00", "-09:30", "+05:45" };
  g_autoptr (RoadProfile) profile = random_profile ();
  g_autofree char *targets = random_text ();
  RoadReport *report = road_report_new (targets, profile);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[g_test_rand_int_range (0, 4)]);
  g_autoptr (GDateTime) started = g_date_time_new (zone, g_test_rand_int_range (1970, 2100), 2, 28,
                                                   23, 59, g_test_rand_double_range (0, 59));
  g_autoptr (GDateTime) finished = g_date_time_add_seconds (started, 12.25);
  int n_hosts = g_test_rand_int_range (0, 5);

  if (chance ())
    road_report_set_started (report, started);
  if (chance ())
    road_report_set_scanner (report, targets, "7.93",
                             g_test_rand_bit () ? "syn" : ROAD_SCAN_TYPE_CONNECT);
  road_report_set_n_targets (report, chance () ? G_MAXUINT64 : 6);
  road_report_set_n_excluded (report, chance () ? G_MAXUINT64 : 1);
  road_report_add_down (report, chance () ? (guint64) g_test_rand_int_range (0, G_MAXINT32) : 0);
  for (int i = 0; i < n_hosts; i++)
    {
      g_autoptr (RoadHost) host = random_host ();

      add_host (report, host);
    }
  if (chance ())
    {
      g_autofree char *problem = random_text ();

      road_report_add_problem (report, problem);
      road_report_add_problem (report, "second");
    }
  road_report_finish (report, (RoadReportStatus) g_test_rand_int_range (1, 4),
                      chance () ? finished : NULL, g_test_rand_int_range (0, 100000000) / 1e6);

  return report;
}

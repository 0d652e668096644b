/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "ui/profiles/road-profile-estimate.h"

/* The estimates for a profile and targets. */
static const struct
{
  const char *ports;
  const char *exclude_ports;
  const char *targets;
  RoadTiming timing;
  guint max_rate;
  const char *expected;
} table[] = {
  { "1-1000", NULL, NULL, ROAD_TIMING_NORMAL, 0, "1000 ports per host." },
  { "80", NULL, "localhost", ROAD_TIMING_NORMAL, 0, "1 port on 1 host: 1 connection." },
  { "1-10", "1-4", "10.0.0.1-2", ROAD_TIMING_NORMAL, 0, "6 ports on 2 hosts: 12 connections." },
  { "-", NULL, "10.0.0.0/24", ROAD_TIMING_FAST, 0,
    "65535 ports on 256 hosts: 16776960 connections." },
  { "1-6000", NULL, "10.0.0.1", ROAD_TIMING_POLITE, 0,
    "6000 ports on 1 host: 6000 connections. At 100 per second, this takes at least 1 min 0 s if "
    "all "
    "hosts are up." },
  { "1-60", NULL, "10.0.0.1", ROAD_TIMING_POLITE, 1,
    "60 ports on 1 host: 60 connections. At 1 per second, this takes at least 1 min 0 s if all "
    "hosts "
    "are "
    "up." },
  { "80,443", "443", "10.0.0.1 http://10.0.0.2:8080/", ROAD_TIMING_NORMAL, 0,
    "2 ports on 2 hosts: 4 connections." },
  { "-", NULL, "10.0.0.0/8", ROAD_TIMING_NORMAL, 0,
    "65535 ports on 16777216 hosts: 1099494850560 connections." },
  { "none", NULL, NULL, ROAD_TIMING_NORMAL, 0, "Host discovery only, no ports." },
  { "none", "80", "10.0.0.0/24", ROAD_TIMING_NORMAL, 0,
    "256 hosts: host discovery only, no ports." },
  { "none", NULL, "10.0.0.0/24", ROAD_TIMING_POLITE, 0,
    "256 hosts: host discovery only, no ports. At 100 per second, this takes at least 2.6 s if "
    "all hosts are up." },
  { "-", NULL, "2001:db8::/64", ROAD_TIMING_POLITE, 0,
    "More than 10¹⁵ connections: too many for any scan." },
};

/* Losing this: users unknowingly start a scan that takes days or probes every port of a network. */
static void
test_estimate (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (RoadPortSet) ports = road_port_set_parse (table[i].ports, NULL);
      g_autoptr (RoadPortSet) exclude_ports =
          table[i].exclude_ports != NULL ? road_port_set_parse (table[i].exclude_ports, NULL)
                                         : NULL;
      g_autoptr (RoadTargetSpec) targets =
          table[i].targets != NULL ? road_target_spec_parse (table[i].targets, NULL) : NULL;
      g_autoptr (RoadProfile) profile =
          road_profile_new ("ports", ports, "exclude-ports", exclude_ports, "timing",
                            table[i].timing, "max-rate", table[i].max_rate, NULL);
      g_autofree char *text = road_profile_estimate (profile, targets);

      g_assert_cmpstr (text, ==, table[i].expected);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/profile-estimate/sentences", test_estimate);

  return g_test_run ();
}

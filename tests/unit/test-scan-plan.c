/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/scan/road-scan-plan.h"

#include <string.h>

#include "engine/ports/road-services.h"

#define N_DISCOVERY_PORTS 6
#define USUAL_PORTS "443,80,22,445,3389,62078"

static RoadPortSet *
parse_ports (const char *text)
{
  g_autoptr (GError) error = NULL;
  RoadPortSet *set = road_port_set_parse (text, &error);

  g_assert_no_error (error);

  return set;
}

static gboolean
init_plan (RoadScanPlan *plan, const char *ports_text, const char *exclude_text, guint64 seed)
{
  g_autoptr (RoadPortSet) ports = parse_ports (ports_text);
  g_autoptr (RoadPortSet) excluded = exclude_text != NULL ? parse_ports (exclude_text) : NULL;
  g_autoptr (RoadProfile) profile =
      road_profile_new ("ports", ports, "exclude-ports", excluded, NULL);

  return road_scan_plan_init (plan, profile, seed);
}

/* The ports that discover hosts: @first in any order, which are scanned too, then @others. */
static void
assert_discovery_ports (const char *ports,
                        const char *excluded,
                        const char *first,
                        const char *others)
{
  RoadScanPlan plan;
  g_autoptr (RoadPortSet) first_set = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *first_text = NULL;

  g_assert_true (init_plan (&plan, ports, excluded, 1));
  first_set = road_port_set_new (plan.discovery_ports, plan.n_first);
  first_text = road_port_set_to_string (first_set);
  g_assert_cmpstr (first_text, ==, first);

  for (guint i = plan.n_first; i < plan.n_discovery_ports; i++)
    g_string_append_printf (text, "%s%u", text->len > 0 ? "," : "", plan.discovery_ports[i]);
  g_assert_cmpstr (text->str, ==, others);
  road_scan_plan_clear (&plan);
}

/* Losing this: a host of which one port passes the firewall, the one that the user wants scanned, is called
 * down. */
static void
test_few_ports (void)
{
  assert_discovery_ports ("8080", NULL, "8080", "443,80,22,445,3389");
  assert_discovery_ports ("9001,9003", NULL, "9001,9003", "443,80,22,445");
  assert_discovery_ports ("9001-9006", NULL, "9001-9006", "");

  /* Those that are also usual are probed once. */
  assert_discovery_ports ("22,9001", NULL, "22,9001", "443,80,445,3389");
  assert_discovery_ports (USUAL_PORTS, NULL, "22,80,443,445,3389,62078", "");
}

/* Losing this: SYNs go to ports that seldom answer, or to ports that are not scanned although some
 * that are discover hosts just as well. */
static void
test_many_ports (void)
{
  assert_discovery_ports ("1-65535", NULL, "22,80,443,445,3389,62078", "");
  assert_discovery_ports ("1-1000", NULL, "22,80,443,445", "3389,62078");
  assert_discovery_ports ("9001-9007", NULL, "", USUAL_PORTS);
}

/* Losing this: a port that must not be touched is probed after all, to find out whether the host is up. */
static void
test_excluded (void)
{
  assert_discovery_ports ("8080", "80,443", "8080", "22,445,3389,62078");
  assert_discovery_ports ("8080", USUAL_PORTS, "8080", "");
  assert_discovery_ports ("80,443,22", "80,443", "22", "445,3389,62078");
}

/* Losing this: a scan that excludes the usual ports discovers hosts by almost nothing, although it may
 * probe a thousand others. */
static void
test_excluded_fill_up (void)
{
  RoadScanPlan plan;
  guint n_common, n = 0;
  const guint16 *common = road_services_get_common_ports (&n_common);
  g_autoptr (RoadPortSet) usual = parse_ports (USUAL_PORTS);

  assert_discovery_ports ("1-1000", "80,443", "22,135,139,445", "3389,62078");

  /* The most common of what is scanned, in the place of what is excluded. */
  g_assert_true (init_plan (&plan, "1-65535", USUAL_PORTS, 1));
  g_assert_cmpuint (plan.n_discovery_ports, ==, N_DISCOVERY_PORTS);
  g_assert_cmpuint (plan.n_first, ==, N_DISCOVERY_PORTS);
  for (guint i = 0; n < N_DISCOVERY_PORTS; i++)
    {
      g_assert_cmpuint (i, <, n_common);
      if (!road_port_set_contains (usual, common[i]))
        g_assert_cmpuint (plan.discovery_ports[n++], ==, common[i]);
    }
  road_scan_plan_clear (&plan);
}

/* Losing this: a port is probed twice or never, or discovery is done without some of the ports that it
 * may probe. */
static void
test_invariants (void)
{
  static const char *const ports[] = { "1",         "80",          "443,80,22", USUAL_PORTS,
                                       "9001-9006", "9001-9007",   "1-1000",    "1-65535",
                                       "1,2,3,80",  "22,9001-9010" };
  static const char *const excluded[] = { "1",     "80,443",   "443",    "62078",    USUAL_PORTS,
                                          "2-100", "22,65535", "1-1000", "3389,9001" };
  g_autoptr (RoadPortSet) usual = parse_ports (USUAL_PORTS);

  for (guint p = 0; p < G_N_ELEMENTS (ports); p++)
    {
      for (guint e = 0; e < G_N_ELEMENTS (excluded); e++)
        {
          g_autoptr (RoadPortSet) wanted = parse_ports (ports[p]);
          g_autoptr (RoadPortSet) forbidden = parse_ports (excluded[e]);
          g_autoptr (RoadPortSet) scanned = road_port_set_subtract (wanted, forbidden);
          g_autoptr (RoadPortSet) more = road_port_set_subtract (usual, forbidden);
          g_autoptr (RoadPortSet) all = road_port_set_union (scanned, more);
          g_autoptr (RoadPortSet) planned = NULL;
          g_autoptr (RoadPortSet) discovery = NULL;
          g_autofree char *planned_text = NULL;
          g_autofree char *scanned_text = NULL;
          guint n_scanned = road_port_set_get_n_ports (scanned);
          RoadScanPlan plan;

          g_test_message ("%s without %s", ports[p], excluded[e]);
          if (!init_plan (&plan, ports[p], excluded[e], 1))
            {
              g_assert_cmpuint (n_scanned, ==, 0);
              road_scan_plan_clear (&plan);
              continue;
            }

          /* Each scanned port once. */
          planned = road_port_set_new (plan.ports, plan.n_ports);
          g_assert_cmpuint (plan.n_ports, ==, n_scanned);
          planned_text = road_port_set_to_string (planned);
          scanned_text = road_port_set_to_string (scanned);
          g_assert_cmpstr (planned_text, ==, scanned_text);

          /* Six that may be probed, none of them twice. */
          discovery = road_port_set_new (plan.discovery_ports, plan.n_discovery_ports);
          g_assert_cmpuint (road_port_set_get_n_ports (discovery), ==, plan.n_discovery_ports);
          g_assert_cmpuint (plan.n_discovery_ports, ==,
                            MIN (road_port_set_get_n_ports (all), N_DISCOVERY_PORTS));
          for (guint i = 0; i < plan.n_discovery_ports; i++)
            g_assert_true (road_port_set_contains (all, plan.discovery_ports[i]));

          /* Results are wanted of the first; the others are not scanned. */
          g_assert_cmpuint (plan.n_first, <=, plan.n_discovery_ports);
          for (guint i = 0; i < plan.n_first; i++)
            g_assert_cmpuint (plan.discovery_ports[i], ==, plan.ports[i]);
          for (guint i = plan.n_first; i < plan.n_discovery_ports; i++)
            g_assert_false (road_port_set_contains (scanned, plan.discovery_ports[i]));
          if (n_scanned <= N_DISCOVERY_PORTS)
            g_assert_cmpuint (plan.n_first, ==, n_scanned);

          road_scan_plan_clear (&plan);
        }
    }
}

/* Losing this: a scan that is repeated with --seed takes another way, or every scan the same one. */
static void
test_seed (void)
{
  RoadScanPlan first, again, other;

  g_assert_true (init_plan (&first, "1-65535", NULL, 7));
  g_assert_true (init_plan (&again, "1-65535", NULL, 7));
  g_assert_true (init_plan (&other, "1-65535", NULL, 8));
  g_assert_cmpmem (first.ports, first.n_ports * sizeof *first.ports, again.ports,
                   again.n_ports * sizeof *again.ports);
  g_assert_cmpint (memcmp (first.ports, other.ports, first.n_ports * sizeof *first.ports), !=, 0);

  /* What is likely to be open comes first, whatever the seed. */
  g_assert_cmpmem (first.ports, 100 * sizeof *first.ports, other.ports, 100 * sizeof *other.ports);
  road_scan_plan_clear (&first);
  road_scan_plan_clear (&again);
  road_scan_plan_clear (&other);
}

/* Losing this: a scan of nothing ends in a crash. */
static void
test_nothing (void)
{
  RoadScanPlan plan;

  g_assert_false (init_plan (&plan, "80,443", "1-1000", 1));
  road_scan_plan_clear (&plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan-plan/few-ports", test_few_ports);
  g_test_add_func ("/scan-plan/many-ports", test_many_ports);
  g_test_add_func ("/scan-plan/excluded", test_excluded);
  g_test_add_func ("/scan-plan/excluded-fill-up", test_excluded_fill_up);
  g_test_add_func ("/scan-plan/invariants", test_invariants);
  g_test_add_func ("/scan-plan/seed", test_seed);
  g_test_add_func ("/scan-plan/nothing", test_nothing);

  return g_test_run ();
}

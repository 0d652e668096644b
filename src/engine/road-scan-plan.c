/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-plan.h"

#include "road-limits.h"
#include "road-services.h"
#include "road-shuffle.h"

/* The ports that discover hosts, all tried side by side. Any answer will do, a refusal too: web, remote
 * login, file sharing and remote desktop are what firewalls of servers, routers and computers let
 * through, or refuse aloud, most often; 62078 is answered by telephones that have nothing else. */
static const guint16 discovery_ports[] = { 443, 80, 22, 445, 3389, 62078 };

/* The ports that discover hosts first, then common ports, so that what is interesting is on the screen
 * first, then the others in an order of their own. */
static void
order_ports (RoadScanPlan *self, RoadPortSet *set, guint64 seed)
{
  guint n_common, n_rest, n = 0;
  const guint16 *common = road_services_get_common_ports (&n_common);
  g_autoptr (RoadPortSet) first = NULL;
  g_autoptr (RoadPortSet) common_set = road_port_set_new (common, n_common);
  g_autoptr (RoadPortSet) likely = NULL;
  g_autoptr (RoadPortSet) rest = NULL;
  RoadShuffle shuffle;

  first = road_port_set_new (discovery_ports, G_N_ELEMENTS (discovery_ports));
  likely = road_port_set_union (first, common_set);
  rest = road_port_set_subtract (set, likely);
  n_rest = road_port_set_get_n_ports (rest);

  self->n_ports = road_port_set_get_n_ports (set);
  self->ports = g_new (guint16, self->n_ports);
  self->extra_ports = g_new (guint16, G_N_ELEMENTS (discovery_ports));

  for (guint i = 0; i < G_N_ELEMENTS (discovery_ports); i++)
    {
      if (road_port_set_contains (set, discovery_ports[i]))
        self->ports[n++] = discovery_ports[i];
      else
        self->extra_ports[self->n_extra_ports++] = discovery_ports[i];
    }
  self->n_first = n;

  for (guint i = 0; i < n_common; i++)
    {
      if (road_port_set_contains (set, common[i]) && !road_port_set_contains (first, common[i]))
        self->ports[n++] = common[i];
    }

  if (n_rest > 0)
    road_shuffle_init (&shuffle, n_rest, seed);
  for (guint i = 0; i < n_rest; i++)
    self->ports[n++] = road_port_set_get_nth (rest, (guint) road_shuffle_get (&shuffle, i));

  g_assert (n == self->n_ports);
}

/**
 * road_scan_plan_init:
 * @self: (out caller-allocates): a plan
 * @profile: how to scan
 * @seed: of the order: the same order for the same seed
 *
 * Plans a scan.
 *
 * Returns: whether there is anything to scan; %FALSE if all ports are excluded
 */
gboolean
road_scan_plan_init (RoadScanPlan *self, RoadProfile *profile, guint64 seed)
{
  const RoadPacerLimits limits = {
    .timing = road_profile_get_timing (profile),
    .max_in_flight = road_profile_get_max_parallelism (profile),
    .max_files = road_limits_get_free_files (),
    .max_rate = road_profile_get_max_rate (profile),
    .timeout_ms = road_profile_get_timeout (profile),
    .max_retries = road_profile_get_max_retries (profile),
  };
  g_autoptr (RoadPortSet) ports = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ROAD_IS_PROFILE (profile), FALSE);

  *self = (RoadScanPlan){ .discovers = road_profile_get_discovery (profile) };

  ports = road_profile_dup_scanned_ports (profile);
  if (road_port_set_get_n_ports (ports) == 0)
    return FALSE;

  order_ports (self, ports, seed);
  self->pacer = road_pacer_new (&limits);

  return TRUE;
}

/**
 * road_scan_plan_clear:
 * @self: a plan
 *
 * Frees what it holds.
 */
void
road_scan_plan_clear (RoadScanPlan *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->ports, g_free);
  g_clear_pointer (&self->extra_ports, g_free);
  g_clear_pointer (&self->pacer, road_pacer_free);
  road_control_clear (&self->control);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-plan.h"

#include "engine/base/road-shuffle.h"
#include "engine/connect/road-limits.h"
#include "engine/ports/road-services.h"

/* The ports that discover hosts. Any answer will do, including a refusal: web, remote login, file sharing and
 * remote desktop are what firewalls of servers, routers and computers most often let through or actively
 * refuse; 62078 is answered by phones that have nothing else. */
static const guint16 usual_discovery_ports[] = { 443, 80, 22, 445, 3389, 62078 };

/* This many ports discover each host. If no more are scanned, all of those come first: the only port that a
 * firewall lets through may be the one that the user wants scanned. */
#define N_DISCOVERY_PORTS G_N_ELEMENTS (usual_discovery_ports)

static gboolean
has_port (const guint16 *ports, guint n, guint16 port)
{
  for (guint i = 0; i < n; i++)
    {
      if (ports[i] == port)
        return TRUE;
    }

  return FALSE;
}

/* The scanned ports, the likely ones first, so that interesting results come first: those that usually
 * discover hosts, then common ports, then the others in random order. */
static void
order_ports (RoadScanPlan *self, RoadPortSet *set, guint64 seed)
{
  guint n_common, n_rest, n = 0;
  const guint16 *common = road_services_get_common_ports (&n_common);
  g_autoptr (RoadPortSet) usual = NULL;
  g_autoptr (RoadPortSet) common_set = road_port_set_new (common, n_common);
  g_autoptr (RoadPortSet) likely = NULL;
  g_autoptr (RoadPortSet) rest = NULL;
  RoadShuffle shuffle;

  usual = road_port_set_new (usual_discovery_ports, N_DISCOVERY_PORTS);
  likely = road_port_set_union (usual, common_set);
  rest = road_port_set_subtract (set, likely);
  n_rest = road_port_set_get_n_ports (rest);

  self->n_ports = road_port_set_get_n_ports (set);
  self->ports = g_new (guint16, self->n_ports);

  for (guint i = 0; i < N_DISCOVERY_PORTS; i++)
    {
      if (road_port_set_contains (set, usual_discovery_ports[i]))
        self->ports[n++] = usual_discovery_ports[i];
    }
  self->n_first = n;

  for (guint i = 0; i < n_common; i++)
    {
      if (road_port_set_contains (set, common[i]) && !road_port_set_contains (usual, common[i]))
        self->ports[n++] = common[i];
    }

  if (n_rest > 0)
    road_shuffle_init (&shuffle, n_rest, seed);
  for (guint i = 0; i < n_rest; i++)
    self->ports[n++] = road_port_set_get_nth (rest, (guint) road_shuffle_get (&shuffle, i));

  g_assert (n == self->n_ports);
}

/* The ports that discover hosts: scanned ones first, then usual ones that are not excluded and, if there are
 * not enough of those, more of the scanned ones. */
static void
choose_discovery_ports (RoadScanPlan *self, RoadPortSet *excluded)
{
  guint n_usual = 0, n;

  self->discovery_ports = g_new (guint16, N_DISCOVERY_PORTS);
  if (self->n_ports <= N_DISCOVERY_PORTS)
    self->n_first = self->n_ports;

  for (guint i = 0; i < N_DISCOVERY_PORTS; i++)
    {
      if (!has_port (self->ports, self->n_first, usual_discovery_ports[i]) &&
          !road_port_set_contains (excluded, usual_discovery_ports[i]))
        n_usual++;
    }
  if (self->n_first + n_usual < N_DISCOVERY_PORTS)
    self->n_first = MIN (self->n_ports, N_DISCOVERY_PORTS - n_usual);

  for (n = 0; n < self->n_first; n++)
    self->discovery_ports[n] = self->ports[n];
  for (guint i = 0; i < N_DISCOVERY_PORTS && n < N_DISCOVERY_PORTS; i++)
    {
      if (!has_port (self->discovery_ports, n, usual_discovery_ports[i]) &&
          !road_port_set_contains (excluded, usual_discovery_ports[i]))
        self->discovery_ports[n++] = usual_discovery_ports[i];
    }
  self->n_discovery_ports = n;
}

/**
 * road_scan_plan_init:
 * @self: (out caller-allocates): a plan
 * @profile: how to scan
 * @seed: of the order of the ports
 *
 * Plans a scan.
 *
 * Returns: %FALSE if all ports are excluded, so that there is nothing to scan
 */
gboolean
road_scan_plan_init (RoadScanPlan *self, RoadProfile *profile, guint64 seed)
{
  const RoadPacerLimits limits = {
    .timing = profile->timing,
    .max_in_flight = profile->max_parallelism,
    .max_files = road_limits_get_free_files (),
    .max_rate = profile->max_rate,
    .timeout_ms = profile->timeout,
    .max_retries = profile->max_retries,
  };
  RoadPortSet *excluded = profile->exclude_ports;
  g_autoptr (RoadPortSet) none = road_port_set_new (NULL, 0);
  g_autoptr (RoadPortSet) ports = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (profile != NULL, FALSE);

  *self = (RoadScanPlan){ .discovers = profile->discovery, .shard = profile->shard };

  ports = road_profile_dup_scanned_ports (profile);
  if (road_port_set_get_n_ports (ports) == 0 && !road_profile_get_only_discovers (profile))
    return FALSE;

  order_ports (self, ports, seed);
  choose_discovery_ports (self, excluded != NULL ? excluded : none);
  self->pacer = road_pacer_new (&limits);
  self->neighbours = road_neighbours_new ();
  road_pacer_init_host (self->pacer, &self->path.pace);
  self->path.pace.n_answered = 1; /* it stands for hosts that have answered */

  return TRUE;
}

void
road_scan_plan_clear (RoadScanPlan *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->ports, g_free);
  g_clear_pointer (&self->discovery_ports, g_free);
  g_clear_pointer (&self->pacer, road_pacer_free);
  g_clear_pointer (&self->neighbours, road_neighbours_free);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-comparison.h"

#include <string.h>

#include "engine/report/road-host-notes.h"
#include "road-port-changes.h"

struct _RoadHostComparison
{
  GObject parent_instance;

  RoadHost *hosts[ROAD_N_SIDES]; /* one of them can be NULL */
  RoadHostFinding findings[ROAD_N_SIDES];
  RoadChange change;
  GArray *ports; /* of RoadPortChange */
  guint n_ports[ROAD_N_CHANGES];
};

G_DEFINE_FINAL_TYPE (RoadHostComparison, road_host_comparison, G_TYPE_OBJECT)

static void
road_host_comparison_finalize (GObject *object)
{
  RoadHostComparison *self = ROAD_HOST_COMPARISON (object);

  g_clear_object (&self->hosts[ROAD_BEFORE]);
  g_clear_object (&self->hosts[ROAD_AFTER]);
  g_clear_pointer (&self->ports, g_array_unref);

  G_OBJECT_CLASS (road_host_comparison_parent_class)->finalize (object);
}

static void
road_host_comparison_class_init (RoadHostComparisonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_host_comparison_finalize;
}

static void
road_host_comparison_init (RoadHostComparison *self)
{
}

static RoadHostFinding
find_host (RoadHost *host, RoadCoverage *coverage, RoadHost *other)
{
  if (host == NULL)
    return road_coverage_find_missing (coverage, road_host_get_address (other),
                                       road_host_get_user_names (other));

  switch (road_host_get_state (host))
    {
    case ROAD_HOST_UP:
      return ROAD_HOST_WAS_UP;
    case ROAD_HOST_DOWN:
      return ROAD_HOST_WAS_DOWN;
    case ROAD_HOST_UNKNOWN:
    default:
      return road_host_get_done (host) ? ROAD_HOST_WAS_SILENT : ROAD_HOST_NOT_SCANNED;
    }
}

static RoadChange
compare_host (RoadHostComparison *self)
{
  RoadChange change =
      road_host_finding_compare (self->findings[ROAD_BEFORE], self->findings[ROAD_AFTER]);

  if (change == ROAD_CHANGE_NEW || change == ROAD_CHANGE_GONE)
    return change;

  return self->n_ports[ROAD_CHANGE_NEW] > 0 || self->n_ports[ROAD_CHANGE_GONE] > 0 ||
                 self->n_ports[ROAD_CHANGE_OTHER] > 0 || road_host_comparison_get_moved (self) ||
                 road_host_comparison_get_mac_changed (self)
             ? ROAD_CHANGE_OTHER
             : change;
}

/**
 * road_host_comparison_new:
 * @hosts: (array fixed-size=2): the host in both reports, %NULL where it is not listed
 * @coverages: (array fixed-size=2): what the scans covered
 *
 * A port or a host that a report does not mention although its scan covered it is told from one that the scan
 * did not cover.
 *
 * Returns: (transfer full): a new comparison
 */
RoadHostComparison *
road_host_comparison_new (RoadHost *const hosts[ROAD_N_SIDES],
                          RoadCoverage *const coverages[ROAD_N_SIDES],
                          RoadCompareFlags flags)
{
  RoadHostComparison *self;

  g_return_val_if_fail (hosts[ROAD_BEFORE] != NULL || hosts[ROAD_AFTER] != NULL, NULL);

  self = g_object_new (ROAD_TYPE_HOST_COMPARISON, NULL);
  for (guint side = 0; side < ROAD_N_SIDES; side++)
    {
      g_set_object (&self->hosts[side], hosts[side]);
      self->findings[side] = find_host (hosts[side], coverages[side], hosts[!side]);
    }

  self->ports = road_port_changes_find (self->hosts, self->findings, coverages, flags);
  for (guint i = 0; i < self->ports->len; i++)
    {
      const RoadPortChange *change = &g_array_index (self->ports, RoadPortChange, i);

      self->n_ports[change->change] += road_port_set_get_n_ports (change->ports);
    }
  self->change = compare_host (self);

  return self;
}

RoadChange
road_host_comparison_get_change (RoadHostComparison *self)
{
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), ROAD_CHANGE_NOT_COMPARED);

  return self->change;
}

/* Returns: (transfer none) (nullable): its entry in that report */
RoadHost *
road_host_comparison_get_host (RoadHostComparison *self, RoadSide side)
{
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), NULL);
  g_return_val_if_fail (side < ROAD_N_SIDES, NULL);

  return self->hosts[side];
}

RoadHostFinding
road_host_comparison_get_finding (RoadHostComparison *self, RoadSide side)
{
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), ROAD_HOST_NOT_SCANNED);
  g_return_val_if_fail (side < ROAD_N_SIDES, ROAD_HOST_NOT_SCANNED);

  return self->findings[side];
}

static RoadHost *
get_latest (RoadHostComparison *self)
{
  return self->hosts[ROAD_AFTER] != NULL ? self->hosts[ROAD_AFTER] : self->hosts[ROAD_BEFORE];
}

/* Returns: (transfer none): its address; if it moved, the later one */
const RoadAddress *
road_host_comparison_get_address (RoadHostComparison *self)
{
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), NULL);

  return road_host_get_address (get_latest (self));
}

const char *
road_host_comparison_get_address_string (RoadHostComparison *self)
{
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), NULL);

  return road_host_get_address_string (get_latest (self));
}

/* Returns: a name that one of the reports has for it, or else its address */
const char *
road_host_comparison_get_title (RoadHostComparison *self)
{
  RoadHost *latest;

  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), NULL);

  latest = get_latest (self);
  if (self->hosts[ROAD_BEFORE] != NULL && road_host_get_user_name (latest) == NULL &&
      road_host_get_found_name (latest) == NULL && !road_host_comparison_get_moved (self))
    return road_host_get_title (self->hosts[ROAD_BEFORE]);

  return road_host_get_title (latest);
}

/* Returns: whether it has the same user name in both reports but another address */
gboolean
road_host_comparison_get_moved (RoadHostComparison *self)
{
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), FALSE);

  return self->hosts[ROAD_BEFORE] != NULL && self->hosts[ROAD_AFTER] != NULL &&
         !road_address_equal (road_host_get_address (self->hosts[ROAD_BEFORE]),
                              road_host_get_address (self->hosts[ROAD_AFTER]));
}

/* Returns: (nullable): its hardware address according to that report, and the vendor in parentheses if it is
 * known */
const char *
road_host_comparison_get_mac_text (RoadHostComparison *self, RoadSide side)
{
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), NULL);
  g_return_val_if_fail (side < ROAD_N_SIDES, NULL);

  return self->hosts[side] != NULL ? road_host_get_mac_text (self->hosts[side]) : NULL;
}

/* Returns: whether both reports have a hardware address of it, and not the same: another device answers */
gboolean
road_host_comparison_get_mac_changed (RoadHostComparison *self)
{
  RoadMac before, after;

  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), FALSE);

  return self->hosts[ROAD_BEFORE] != NULL && self->hosts[ROAD_AFTER] != NULL &&
         road_host_get_mac (self->hosts[ROAD_BEFORE], &before) &&
         road_host_get_mac (self->hosts[ROAD_AFTER], &after) &&
         memcmp (&before, &after, sizeof before) != 0;
}

guint
road_host_comparison_get_n_ports (RoadHostComparison *self, RoadChange change)
{
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), 0);
  g_return_val_if_fail (change < ROAD_N_CHANGES, 0);

  return self->n_ports[change];
}

/* Returns: in what the service on @port is another one, where both reports know it and it is open in both */
RoadServiceChanges
road_host_comparison_get_service_changes (RoadHostComparison *self, guint16 port)
{
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), ROAD_SERVICE_CHANGES_NONE);

  if (self->hosts[ROAD_BEFORE] == NULL || self->hosts[ROAD_AFTER] == NULL)
    return ROAD_SERVICE_CHANGES_NONE;

  return road_service_changes_find (self->hosts[ROAD_BEFORE], self->hosts[ROAD_AFTER], port);
}

/* Returns: (nullable): the program on @port and its version according to that report */
const char *
road_host_comparison_get_version (RoadHostComparison *self, RoadSide side, guint16 port)
{
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), NULL);
  g_return_val_if_fail (side < ROAD_N_SIDES, NULL);

  return self->hosts[side] != NULL ? road_host_get_version (self->hosts[side], port) : NULL;
}

/* Returns: (nullable): the service that the later report found on @port, or else the one that usually uses
 * it */
const char *
road_host_comparison_get_service (RoadHostComparison *self, guint16 port)
{
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), NULL);

  return road_host_get_service_name (get_latest (self), port);
}

static gboolean
is_open (const RoadPortChange *change)
{
  return change->findings[ROAD_BEFORE].verdict == ROAD_PORT_WAS_OPEN ||
         change->findings[ROAD_AFTER].verdict == ROAD_PORT_WAS_OPEN;
}

/* Returns: how many of its ports were found open by one scan and not covered by the other */
guint
road_host_comparison_get_n_open_not_compared (RoadHostComparison *self)
{
  guint n = 0;

  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), 0);

  for (guint i = 0; i < self->ports->len; i++)
    {
      const RoadPortChange *change = &g_array_index (self->ports, RoadPortChange, i);

      if (change->change == ROAD_CHANGE_NOT_COMPARED && is_open (change))
        n += road_port_set_get_n_ports (change->ports);
    }

  return n;
}

static gboolean
is_difference (const RoadPortChange *change)
{
  return change->change != ROAD_CHANGE_NONE && change->change != ROAD_CHANGE_NOT_COMPARED;
}

static void
add_rows (GArray *rows, const RoadPortChange *change)
{
  const guint n_ports = road_port_set_get_n_ports (change->ports);
  const RoadPortRange *ranges;
  guint n_ranges;

  ranges = road_port_set_get_ranges (change->ports, &n_ranges);
  if (!is_open (change) && n_ports > ROAD_HOST_MAX_LISTED)
    {
      const RoadPortChangeRow row = { change, ranges[0].first, n_ports };

      g_array_append_val (rows, row);
      return;
    }

  for (guint i = 0; i < n_ranges; i++)
    {
      for (guint port = ranges[i].first; port <= ranges[i].last; port++)
        {
          const RoadPortChangeRow row = { change, (guint16) port, 1 };

          g_array_append_val (rows, row);
        }
    }
}

/* Ports before counts. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const RoadPortChangeRow *row_a = a;
  const RoadPortChangeRow *row_b = b;
  const gboolean counts_a = row_a->n_ports > 1;
  const gboolean counts_b = row_b->n_ports > 1;

  return counts_a != counts_b ? counts_a - counts_b : (int) row_a->port - (int) row_b->port;
}

/**
 * road_host_comparison_get_rows:
 * @all: whether to include what did not change or was not compared
 *
 * The ports to list one by one: those that are or were open, and others if not too many changed in the same
 * way; and the counts of the rest.
 *
 * Returns: (transfer full) (element-type RoadPortChangeRow): sorted by port, counts at the end; valid as
 *   long as @self lives
 */
GArray *
road_host_comparison_get_rows (RoadHostComparison *self, gboolean all)
{
  GArray *rows;

  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), NULL);

  rows = g_array_new (FALSE, FALSE, sizeof (RoadPortChangeRow));
  for (guint i = 0; i < self->ports->len; i++)
    {
      const RoadPortChange *change = &g_array_index (self->ports, RoadPortChange, i);

      if (all || is_difference (change))
        add_rows (rows, change);
    }
  g_array_sort (rows, compare_rows);

  return rows;
}

/* Returns: whether road_host_comparison_get_rows() would return any */
gboolean
road_host_comparison_has_rows (RoadHostComparison *self, gboolean all)
{
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), FALSE);

  for (guint i = 0; i < self->ports->len; i++)
    {
      if (all || is_difference (&g_array_index (self->ports, RoadPortChange, i)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
port_changes_equal (const RoadPortChange *a, const RoadPortChange *b)
{
  for (guint side = 0; side < ROAD_N_SIDES; side++)
    {
      if (a->findings[side].verdict != b->findings[side].verdict ||
          a->findings[side].reason != b->findings[side].reason ||
          !road_address_equal (&a->findings[side].reason_from, &b->findings[side].reason_from))
        return FALSE;
    }

  return a->change == b->change && a->other_versions == b->other_versions &&
         g_str_equal (road_port_set_get_text (a->ports), road_port_set_get_text (b->ports));
}

/* Returns: whether both are about the same host and have the same findings */
gboolean
road_host_comparison_equal (RoadHostComparison *self, RoadHostComparison *other)
{
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (self), FALSE);
  g_return_val_if_fail (ROAD_IS_HOST_COMPARISON (other), FALSE);

  for (guint side = 0; side < ROAD_N_SIDES; side++)
    {
      if (self->hosts[side] != other->hosts[side] || self->findings[side] != other->findings[side])
        return FALSE;
    }
  if (self->change != other->change || self->ports->len != other->ports->len)
    return FALSE;

  for (guint i = 0; i < self->ports->len; i++)
    {
      if (!port_changes_equal (&g_array_index (self->ports, RoadPortChange, i),
                               &g_array_index (other->ports, RoadPortChange, i)))
        return FALSE;
    }

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-changes.h"

#include "road-service-changes.h"

/* Each report has the ports of a host in a few groups with the same outcome. The changes are found by
 * intersecting the groups of both reports, which takes time in proportion to the groups and their ranges, not
 * to the ports. */

/* What one report says about some ports of the host. */
typedef struct
{
  RoadPortFinding finding;
  RoadPortSet *ports;
} Part;

typedef struct
{
  RoadHost *const *hosts;
  const RoadHostFinding *findings;
  RoadCoverage *const *coverages;
  RoadCompareFlags flags;
  GArray *changes; /* of RoadPortChange */
} Comparison;

static void
part_clear (gpointer data)
{
  g_clear_pointer (&((Part *) data)->ports, road_port_set_unref);
}

static void
port_change_clear (gpointer data)
{
  g_clear_pointer (&((RoadPortChange *) data)->ports, road_port_set_unref);
}

static RoadPortVerdict
to_verdict (RoadPortState state)
{
  switch (state)
    {
    case ROAD_PORT_OPEN:
      return ROAD_PORT_WAS_OPEN;
    case ROAD_PORT_CLOSED:
      return ROAD_PORT_WAS_CLOSED;
    case ROAD_PORT_FILTERED:
      return ROAD_PORT_WAS_FILTERED;
    case ROAD_PORT_UNKNOWN:
    default:
      return ROAD_PORT_NOT_SCANNED;
    }
}

/* Takes ownership of @ports. Ports with the same finding are one part. */
static void
add_part (GArray *parts, const RoadPortFinding *finding, RoadPortSet *ports)
{
  Part part = { *finding, ports };

  for (guint i = 0; i < parts->len; i++)
    {
      Part *other = &g_array_index (parts, Part, i);
      RoadPortSet *all;

      if (other->finding.verdict != finding->verdict || other->finding.reason != finding->reason ||
          !road_address_equal (&other->finding.reason_from, &finding->reason_from))
        continue;

      all = road_port_set_union (other->ports, ports);
      road_port_set_unref (other->ports);
      road_port_set_unref (ports);
      other->ports = all;
      return;
    }

  g_array_append_val (parts, part);
}

static RoadPortSet *
unite (GArray *parts)
{
  RoadPortSet *all = road_port_set_new_empty ();

  for (guint i = 0; i < parts->len; i++)
    {
      RoadPortSet *before = all;

      all = road_port_set_union (before, g_array_index (parts, Part, i).ports);
      road_port_set_unref (before);
    }

  return all;
}

static void
add_groups (GArray *parts, RoadHost *host, RoadCompareFlags flags)
{
  for (guint i = 0; i < road_host_get_n_groups (host); i++)
    {
      const RoadPortGroup *group = road_host_get_group (host, i);
      RoadPortFinding finding = { to_verdict (group->state), ROAD_REASON_NONE, ROAD_ADDRESS_NONE };

      if (finding.verdict == ROAD_PORT_NOT_SCANNED)
        continue;
      if (flags & ROAD_COMPARE_REASONS)
        {
          finding.reason = group->reason;
          finding.reason_from = group->reason_from;
        }
      add_part (parts, &finding, road_port_set_ref (group->ports));
    }
}

/* What one report says about the ports of the host, as disjoint parts. */
static GArray *
list_parts (const Comparison *self, RoadSide side)
{
  RoadHost *host = self->hosts[side];
  RoadCoverage *coverage = self->coverages[side];
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  RoadPortFinding rest = { ROAD_PORT_NOT_SCANNED, ROAD_REASON_NONE, ROAD_ADDRESS_NONE };

  g_array_set_clear_func (parts, part_clear);
  if (host != NULL)
    add_groups (parts, host, self->flags);

  if (self->findings[side] == ROAD_HOST_WAS_DOWN)
    rest.verdict = ROAD_PORT_HOST_WAS_DOWN;
  else if (self->findings[side] == ROAD_HOST_WAS_NOT_LISTED)
    rest.verdict = ROAD_PORT_WAS_NOT_OPEN;
  else if (host != NULL && road_host_get_done (host) && road_coverage_get_only_open (coverage) &&
           road_host_get_n_ports (host, ROAD_PORT_CLOSED) == 0 &&
           road_host_get_n_ports (host, ROAD_PORT_FILTERED) == 0)
    rest.verdict = ROAD_PORT_WAS_NOT_OPEN;

  if (rest.verdict != ROAD_PORT_NOT_SCANNED)
    {
      g_autoptr (RoadPortSet) known = unite (parts);

      add_part (parts, &rest, road_port_set_subtract (road_coverage_get_ports (coverage), known));
    }

  return parts;
}

/* Whether the report does not list the port. */
static gboolean
is_inferred (const RoadPortFinding *finding)
{
  return finding->verdict == ROAD_PORT_HOST_WAS_DOWN || finding->verdict == ROAD_PORT_WAS_NOT_OPEN;
}

/* Takes ownership of @ports. */
static void
add_change (const Comparison *self,
            const RoadPortFinding *before,
            const RoadPortFinding *after,
            RoadPortSet *ports)
{
  RoadPortChange change = { ROAD_CHANGE_NONE, { *before, *after }, FALSE, ports };
  gboolean any_open = before->verdict == ROAD_PORT_WAS_OPEN || after->verdict == ROAD_PORT_WAS_OPEN;

  /* Ports that were not open and that a report does not list are not worth a row. */
  if (road_port_set_get_n_ports (ports) == 0 ||
      (!any_open && (is_inferred (before) || is_inferred (after))))
    {
      road_port_set_unref (ports);
      return;
    }

  change.change = road_port_finding_compare (before, after, self->flags);
  g_array_append_val (self->changes, change);
}

/* Divides those of @ports that are known to be other services in both reports: those with other versions, and those
 * of which only something else is another one. */
static void
find_other_services (const Comparison *self,
                     RoadPortSet *ports,
                     RoadPortSet **other_versions,
                     RoadPortSet **others)
{
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (guint16));

  for (guint i = 0; i < road_port_set_get_n_ports (ports); i++)
    {
      guint16 port = road_port_set_get_nth (ports, i);
      RoadServiceChanges changes =
          road_service_changes_find (self->hosts[ROAD_BEFORE], self->hosts[ROAD_AFTER], port);

      if (changes & ROAD_SERVICE_CHANGES_VERSION)
        g_array_append_val (versions, port);
      else if (changes != ROAD_SERVICE_CHANGES_NONE)
        g_array_append_val (rest, port);
    }

  *other_versions = road_port_set_new ((const guint16 *) (gpointer) versions->data, versions->len);
  *others = road_port_set_new ((const guint16 *) (gpointer) rest->data, rest->len);
}

/* Takes ownership of @other, adds it as a change if it has ports, and takes it away from @ports. */
static RoadPortSet *
add_other (const Comparison *self,
           const RoadPortFinding *finding,
           gboolean other_versions,
           RoadPortSet *other,
           RoadPortSet *ports)
{
  RoadPortChange change = { ROAD_CHANGE_OTHER, { *finding, *finding }, other_versions, other };
  RoadPortSet *rest;

  if (road_port_set_get_n_ports (other) == 0)
    {
      road_port_set_unref (other);
      return ports;
    }

  g_array_append_val (self->changes, change);
  rest = road_port_set_subtract (ports, other);
  road_port_set_unref (ports);

  return rest;
}

/* Takes ownership of @ports, adds those with other services as changes and returns the rest. */
static RoadPortSet *
compare_services (const Comparison *self, const RoadPortFinding *finding, RoadPortSet *ports)
{
  RoadPortSet *versions, *others;

  if (finding->verdict != ROAD_PORT_WAS_OPEN ||
      !road_host_has_services (self->hosts[ROAD_BEFORE]) ||
      !road_host_has_services (self->hosts[ROAD_AFTER]))
    return ports;

  find_other_services (self, ports, &versions, &others);
  ports = add_other (self, finding, TRUE, versions, ports);

  return add_other (self, finding, FALSE, others, ports);
}

static void
compare_ports (const Comparison *self)
{
  const RoadPortFinding unknown = { ROAD_PORT_NOT_SCANNED, ROAD_REASON_NONE, ROAD_ADDRESS_NONE };
  g_autoptr (GArray) before = list_parts (self, ROAD_BEFORE);
  g_autoptr (GArray) after = list_parts (self, ROAD_AFTER);
  g_autoptr (RoadPortSet) all_before = unite (before);
  g_autoptr (RoadPortSet) all_after = unite (after);

  for (guint i = 0; i < before->len; i++)
    {
      const Part *a = &g_array_index (before, Part, i);

      for (guint j = 0; j < after->len; j++)
        {
          const Part *b = &g_array_index (after, Part, j);
          RoadPortSet *both = road_port_set_intersect (a->ports, b->ports);

          if (a->finding.verdict == b->finding.verdict)
            both = compare_services (self, &a->finding, both);
          add_change (self, &a->finding, &b->finding, both);
        }
      add_change (self, &a->finding, &unknown, road_port_set_subtract (a->ports, all_after));
    }

  for (guint j = 0; j < after->len; j++)
    {
      const Part *b = &g_array_index (after, Part, j);

      add_change (self, &unknown, &b->finding, road_port_set_subtract (b->ports, all_before));
    }
}

/**
 * road_port_changes_find:
 * @hosts: (array fixed-size=2): the host in both reports, %NULL where it is not listed
 * @findings: (array fixed-size=2): what the reports say about the host
 * @coverages: (array fixed-size=2): what the scans covered
 *
 * Returns: (transfer full) (element-type RoadPortChange): the ports of the host by change
 */
GArray *
road_port_changes_find (RoadHost *const hosts[ROAD_N_SIDES],
                        const RoadHostFinding findings[ROAD_N_SIDES],
                        RoadCoverage *const coverages[ROAD_N_SIDES],
                        RoadCompareFlags flags)
{
  const Comparison comparison = {
    .hosts = hosts,
    .findings = findings,
    .coverages = coverages,
    .flags = flags,
    .changes = g_array_new (FALSE, FALSE, sizeof (RoadPortChange)),
  };

  g_array_set_clear_func (comparison.changes, port_change_clear);
  compare_ports (&comparison);

  return comparison.changes;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-ports.h"

/* Ports are kept in a few groups with the same outcome, each a set of ranges, so that 65,535 closed ports
 * take as much memory as ten. Only the latencies of open ports are kept one by one, and the attempts at silent
 * ports while these are so few that they are listed. */

typedef struct
{
  guint16 port;
  guint32 latency_us;
} PortLatency;

typedef struct
{
  guint16 port;
  guint16 n_silent;
  guint32 silent_ms;
} PortSilence;

static void
port_group_clear (gpointer data)
{
  RoadPortGroup *group = data;

  g_clear_pointer (&group->ports, road_port_set_unref);
}

static int
compare_latencies (gconstpointer a, gconstpointer b)
{
  return (int) ((const PortLatency *) a)->port - (int) ((const PortLatency *) b)->port;
}

static int
compare_results (gconstpointer a, gconstpointer b)
{
  return (int) ((const RoadPortResult *) a)->port - (int) ((const RoadPortResult *) b)->port;
}

void
road_host_ports_init (RoadHostPorts *self)
{
  *self = (RoadHostPorts){ .groups = g_array_new (FALSE, FALSE, sizeof (RoadPortGroup)),
                           .latencies = g_array_new (FALSE, FALSE, sizeof (PortLatency)) };
  g_array_set_clear_func (self->groups, port_group_clear);
}

void
road_host_ports_clear (RoadHostPorts *self)
{
  g_clear_pointer (&self->groups, g_array_unref);
  g_clear_pointer (&self->latencies, g_array_unref);
  g_clear_pointer (&self->silences, g_array_unref);
}

static void
add_silence (RoadHostPorts *self, const PortSilence *silence)
{
  if (self->n_ports[ROAD_PORT_FILTERED] > ROAD_HOST_MAX_LISTED)
    return;

  if (self->silences == NULL)
    self->silences = g_array_new (FALSE, FALSE, sizeof (PortSilence));
  g_array_append_vals (self->silences, silence, 1);
}

/* Called when the groups have changed: nobody asks for the attempts at ports that are only counted. */
static void
limit_silences (RoadHostPorts *self)
{
  if (self->n_ports[ROAD_PORT_FILTERED] > ROAD_HOST_MAX_LISTED)
    g_clear_pointer (&self->silences, g_array_unref);
}

static void
fill_silence (const RoadHostPorts *self, RoadPortResult *result)
{
  for (guint i = 0; self->silences != NULL && i < self->silences->len; i++)
    {
      const PortSilence *silence = &g_array_index (self->silences, PortSilence, i);

      if (silence->port == result->port)
        {
          result->n_silent = silence->n_silent;
          result->silent_ms = silence->silent_ms;
          return;
        }
    }
}

/* All but the latency. */
static RoadPortResult
make_result (const RoadPortGroup *group, guint16 port)
{
  return (RoadPortResult){
    .port = port,
    .state = (guint8) group->state,
    .reason = (guint8) group->reason,
    .reason_from = group->reason_from,
  };
}

static void
fill_result (RoadHostPorts *self, const RoadPortGroup *group, guint16 port, RoadPortResult *result)
{
  const PortLatency key = { .port = port };
  guint index;

  *result = make_result (group, port);
  if (g_array_binary_search (self->latencies, &key, compare_latencies, &index))
    result->latency_us = g_array_index (self->latencies, PortLatency, index).latency_us;
  fill_silence (self, result);
}

/* Lists a group, sorted by port. The latencies are sorted too, so that none has to be looked for. */
static void
list_group (RoadHostPorts *self, const RoadPortGroup *group, GArray *listed)
{
  const PortLatency *latencies = (const PortLatency *) (gpointer) self->latencies->data;
  const guint n_latencies = self->latencies->len;
  guint next = 0;
  guint n_ranges;
  const RoadPortRange *ranges = road_port_set_get_ranges (group->ports, &n_ranges);

  for (guint i = 0; i < n_ranges; i++)
    {
      for (guint port = ranges[i].first; port <= ranges[i].last; port++)
        {
          RoadPortResult result = make_result (group, (guint16) port);

          while (next < n_latencies && latencies[next].port < port)
            next++;
          if (next < n_latencies && latencies[next].port == port)
            result.latency_us = latencies[next].latency_us;
          g_array_append_val (listed, result);
        }
    }
}

gboolean
road_host_ports_get (RoadHostPorts *self, guint16 port, RoadPortResult *result)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      const RoadPortGroup *group = &g_array_index (self->groups, RoadPortGroup, i);

      if (road_port_set_contains (group->ports, port))
        {
          fill_result (self, group, port, result);
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
road_host_ports_lists_state (RoadHostPorts *self, RoadPortState state)
{
  return state == ROAD_PORT_OPEN || self->n_ports[state] <= ROAD_HOST_MAX_LISTED;
}

GArray *
road_host_ports_list (RoadHostPorts *self, gboolean open_only)
{
  GArray *listed = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  gboolean is_sorted = TRUE;

  for (guint i = 0; i < self->groups->len; i++)
    {
      const RoadPortGroup *group = &g_array_index (self->groups, RoadPortGroup, i);

      if (open_only ? group->state != ROAD_PORT_OPEN
                    : !road_host_ports_lists_state (self, group->state))
        continue;

      is_sorted = listed->len == 0;
      list_group (self, group, listed);
    }

  if (!is_sorted)
    g_array_sort (listed, compare_results);

  return listed;
}

/* Each group is compared with each result: of more senders than any path has it is forgotten who they were. */
#define MAX_GROUPS 1024

static guint
ensure_group (RoadHostPorts *self, RoadPortState state, RoadReason reason, const RoadAddress *from)
{
  const RoadAddress nobody = ROAD_ADDRESS_NONE;
  RoadPortGroup new_group = { state, reason, *from, NULL };

  for (guint i = 0; i < self->groups->len; i++)
    {
      const RoadPortGroup *group = &g_array_index (self->groups, RoadPortGroup, i);

      if (group->state == state && group->reason == reason &&
          road_address_equal (&group->reason_from, from))
        return i;
    }

  if (self->groups->len >= MAX_GROUPS && from->length > 0)
    return ensure_group (self, state, reason, &nobody);

  new_group.ports = road_port_set_new_empty ();
  g_array_append_val (self->groups, new_group);

  return self->groups->len - 1;
}

static void
add_to_group (RoadHostPorts *self, guint index, RoadPortSet *ports)
{
  RoadPortGroup *group = &g_array_index (self->groups, RoadPortGroup, index);
  RoadPortSet *all = road_port_set_union (group->ports, ports);

  self->n_ports[group->state] += road_port_set_get_n_ports (all);
  self->n_ports[group->state] -= road_port_set_get_n_ports (group->ports);
  road_port_set_unref (group->ports);
  group->ports = all;
}

void
road_host_ports_add (RoadHostPorts *self, const RoadPortResult *results, gsize n_results)
{
  g_autoptr (GPtrArray) batches = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  gboolean has_latencies = FALSE;

  for (gsize i = 0; i < n_results; i++)
    {
      const RoadPortResult *result = &results[i];
      guint index = ensure_group (self, (RoadPortState) result->state, (RoadReason) result->reason,
                                  &result->reason_from);

      while (batches->len <= index)
        g_ptr_array_add (batches, g_array_new (FALSE, FALSE, sizeof (guint16)));
      g_array_append_val (g_ptr_array_index (batches, index), result->port);

      if (result->latency_us != 0)
        {
          const PortLatency latency = { result->port, result->latency_us };

          g_array_append_val (self->latencies, latency);
          has_latencies = TRUE;
        }
    }

  for (guint i = 0; i < batches->len; i++)
    {
      GArray *batch = g_ptr_array_index (batches, i);

      if (batch->len > 0)
        {
          g_autoptr (RoadPortSet) ports =
              road_port_set_new ((const guint16 *) (gpointer) batch->data, batch->len);

          add_to_group (self, i, ports);
        }
    }

  if (has_latencies)
    g_array_sort (self->latencies, compare_latencies);

  limit_silences (self);
  for (gsize i = 0; i < n_results; i++)
    {
      const PortSilence silence = { results[i].port, results[i].n_silent, results[i].silent_ms };

      if (silence.n_silent > 0)
        add_silence (self, &silence);
    }
}

void
road_host_ports_add_group (RoadHostPorts *self, const RoadPortGroup *group)
{
  add_to_group (self, ensure_group (self, group->state, group->reason, &group->reason_from),
                group->ports);
  limit_silences (self);
}

static void
take_silences (RoadHostPorts *self, const RoadHostPorts *from, RoadPortSet *except)
{
  for (guint i = 0; from->silences != NULL && i < from->silences->len; i++)
    {
      const PortSilence *silence = &g_array_index (from->silences, PortSilence, i);

      if (except == NULL || !road_port_set_contains (except, silence->port))
        add_silence (self, silence);
    }
}

/**
 * road_host_ports_replace:
 * @self: the ports of a host
 * @newer: what was found out later
 * @covered: (nullable): the ports that were scanned later, of which some may have no result
 *
 * Takes over what is newer, and keeps what was not scanned again.
 */
void
road_host_ports_replace (RoadHostPorts *self, const RoadHostPorts *newer, RoadPortSet *covered)
{
  g_autoptr (RoadPortSet) replaced =
      covered != NULL ? road_port_set_ref (covered) : road_port_set_new_empty ();
  RoadHostPorts older = *self;

  road_host_ports_init (self);

  for (guint i = 0; i < newer->groups->len; i++)
    {
      const RoadPortGroup *group = &g_array_index (newer->groups, RoadPortGroup, i);
      RoadPortSet *all = road_port_set_union (replaced, group->ports);

      road_port_set_unref (replaced);
      replaced = all;
      road_host_ports_add_group (self, group);
    }
  g_array_append_vals (self->latencies, newer->latencies->data, newer->latencies->len);

  for (guint i = 0; i < older.groups->len; i++)
    {
      RoadPortGroup group = g_array_index (older.groups, RoadPortGroup, i);
      g_autoptr (RoadPortSet) rest = road_port_set_subtract (group.ports, replaced);

      group.ports = rest;
      if (road_port_set_get_n_ports (rest) > 0)
        road_host_ports_add_group (self, &group);
    }
  for (guint i = 0; i < older.latencies->len; i++)
    {
      const PortLatency *latency = &g_array_index (older.latencies, PortLatency, i);

      if (!road_port_set_contains (replaced, latency->port))
        g_array_append_val (self->latencies, *latency);
    }
  g_array_sort (self->latencies, compare_latencies);
  take_silences (self, newer, NULL);
  take_silences (self, &older, replaced);

  road_host_ports_clear (&older);
}

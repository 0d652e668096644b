/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-changes.h"

/* Ports that were not scanned before have not changed. */
#define FIRST_STATE ROAD_PORT_OPEN

RoadHostChanges *
road_host_changes_new (void)
{
  RoadHostChanges *self = g_new0 (RoadHostChanges, 1);

  for (guint state = 0; state < ROAD_N_PORT_STATES; state++)
    self->before[state] = road_port_set_new_empty ();

  return self;
}

void
road_host_changes_free (RoadHostChanges *self)
{
  for (guint state = 0; state < ROAD_N_PORT_STATES; state++)
    g_clear_pointer (&self->before[state], road_port_set_unref);
  g_free (self);
}

static void
take (RoadPortSet **set, RoadPortSet *value)
{
  road_port_set_unref (*set);
  *set = value;
}

void
road_host_changes_clear (RoadHostChanges *self)
{
  for (guint state = 0; state < ROAD_N_PORT_STATES; state++)
    take (&self->before[state], road_port_set_new_empty ());
}

/* Returns: (transfer full): the ports that have changed */
RoadPortSet *
road_host_changes_dup_ports (RoadHostChanges *self)
{
  RoadPortSet *ports = road_port_set_new_empty ();

  for (guint state = FIRST_STATE; state < ROAD_N_PORT_STATES; state++)
    take (&ports, road_port_set_union (ports, self->before[state]));

  return ports;
}

/* @state: a state, or %ROAD_PORT_UNKNOWN for all others */
static RoadPortSet *
list_ports (const RoadHostPorts *ports, RoadPortState state)
{
  RoadPortSet *found = road_port_set_new_empty ();

  for (guint i = 0; i < ports->groups->len; i++)
    {
      const RoadPortGroup *group = &g_array_index (ports->groups, RoadPortGroup, i);

      if (state == ROAD_PORT_UNKNOWN ? group->state != state : group->state == state)
        take (&found, road_port_set_union (found, group->ports));
    }

  return found;
}

/* Compares with what was known before the first of several updates: results of a scan come bit by bit. */
void
road_host_changes_note (RoadHostChanges *self,
                        const RoadHostPorts *before,
                        const RoadHostPorts *now)
{
  g_autoptr (RoadPortSet) noted = road_host_changes_dup_ports (self);
  g_autoptr (RoadPortSet) known = list_ports (now, ROAD_PORT_UNKNOWN);

  for (guint state = FIRST_STATE; state < ROAD_N_PORT_STATES; state++)
    {
      RoadPortSet *ports = list_ports (before, (RoadPortState) state);
      g_autoptr (RoadPortSet) same = list_ports (now, (RoadPortState) state);

      take (&ports, road_port_set_subtract (ports, noted));
      take (&ports, road_port_set_union (ports, self->before[state]));
      take (&ports, road_port_set_subtract (ports, same));
      take (&ports, road_port_set_intersect (ports, known));
      take (&self->before[state], ports);
    }
}

/* Returns: the state that @port had; %ROAD_PORT_UNKNOWN if it has not changed */
RoadPortState
road_host_changes_get_before (RoadHostChanges *self, guint16 port)
{
  for (guint state = FIRST_STATE; state < ROAD_N_PORT_STATES; state++)
    {
      if (road_port_set_contains (self->before[state], port))
        return (RoadPortState) state;
    }

  return ROAD_PORT_UNKNOWN;
}

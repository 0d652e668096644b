/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-private.h"

#include "engine/ports/road-services.h"

/* What is known about the ports of a host: results, services and notes. */

guint
road_host_get_n_ports (RoadHost *self, RoadPortState state)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), 0);
  g_return_val_if_fail (state < ROAD_N_PORT_STATES, 0);

  return self->ports.n_ports[state];
}

guint
road_host_get_n_groups (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), 0);

  return self->ports.groups->len;
}

/**
 * road_host_get_group:
 * @index: less than road_host_get_n_groups()
 *
 * Returns: (transfer none): the ports with one outcome; valid until results are added
 */
const RoadPortGroup *
road_host_get_group (RoadHost *self, guint index)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);
  g_return_val_if_fail (index < self->ports.groups->len, NULL);

  return &g_array_index (self->ports.groups, RoadPortGroup, index);
}

/* Returns: %FALSE if nothing is known about @port */
gboolean
road_host_get_result (RoadHost *self, guint16 port, RoadPortResult *result)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  return road_host_ports_get (&self->ports, port, result);
}

/* Returns: whether so few ports are in that state that they are listed one by one and not only counted; open
 * ones always are. This is nmap's rule. */
gboolean
road_host_lists_state (RoadHost *self, RoadPortState state)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), FALSE);
  g_return_val_if_fail (state < ROAD_N_PORT_STATES, FALSE);

  return road_host_ports_lists_state (&self->ports, state);
}

/**
 * road_host_get_listed:
 * @open_only: whether to leave out all ports that are not open
 *
 * Returns: (transfer full) (element-type RoadPortResult): the ports to list one by one, sorted by port; see
 *   road_host_lists_state()
 */
GArray *
road_host_get_listed (RoadHost *self, gboolean open_only)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return road_host_ports_list (&self->ports, open_only);
}

/* Returns: how many ports have another state than before the host was scanned again */
guint
road_host_get_n_changes (RoadHost *self)
{
  g_autoptr (RoadPortSet) changed = road_host_dup_changed (self);

  return road_port_set_get_n_ports (changed);
}

/* Returns: (transfer full): see road_host_get_n_changes() */
RoadPortSet *
road_host_dup_changed (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), road_port_set_new_empty ());

  return self->changes != NULL ? road_host_changes_dup_ports (self->changes)
                               : road_port_set_new_empty ();
}

/* Returns: the state that @port had before the host was scanned again; %ROAD_PORT_UNKNOWN if it is the same,
 * or if the port was not scanned before */
RoadPortState
road_host_get_state_before (RoadHost *self, guint16 port)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), ROAD_PORT_UNKNOWN);

  return self->changes != NULL ? road_host_changes_get_before (self->changes, port)
                               : ROAD_PORT_UNKNOWN;
}

/* Returns: (nullable): the service that was found on @port, or else the one that usually uses it */
const char *
road_host_get_service_name (RoadHost *self, guint16 port)
{
  const RoadService *service = road_host_get_service (self, port);

  return service != NULL && service->name != NULL ? service->name : road_services_get_name (port);
}

/* Returns: (transfer none) (nullable): what was found out by talking to @port; valid until more is
 * added */
const RoadService *
road_host_get_service (RoadHost *self, guint16 port)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return road_host_extra_get_service (self->extra, port);
}

/* Returns: (nullable): the program on @port and its version, as “OpenSSH 9.2p1 (protocol 2.0)”. The host itself said so: it may contain
 * anything. */
const char *
road_host_get_version (RoadHost *self, guint16 port)
{
  const RoadService *service = road_host_get_service (self, port);

  return service != NULL ? service->text : NULL;
}

gboolean
road_host_has_versions (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), FALSE);

  return road_host_extra_has_versions (self->extra);
}

/* Returns: whether anything is known of a service or the host beyond the states of ports */
gboolean
road_host_has_services (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), FALSE);

  return self->extra != NULL;
}

guint
road_host_get_n_notes (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), 0);

  return road_host_extra_get_n_notes (self->extra);
}

/**
 * road_host_find_note:
 * @port: one of its ports, or %ROAD_NOTE_HOST
 *
 * Returns: the index of the first note about @port; if there is none, where it would be. Takes O(log n).
 */
guint
road_host_find_note (RoadHost *self, int port)
{
  guint begin = 0, end;

  g_return_val_if_fail (ROAD_IS_HOST (self), 0);

  end = road_host_get_n_notes (self);
  while (begin < end)
    {
      const guint middle = begin + (end - begin) / 2;

      if (road_host_get_note (self, middle)->port < port)
        begin = middle + 1;
      else
        end = middle;
    }

  return begin;
}

/**
 * road_host_get_note:
 * @index: less than road_host_get_n_notes()
 *
 * Returns: (transfer none): a note; those about the whole host come first, then by port
 */
const RoadNote *
road_host_get_note (RoadHost *self, guint index)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return road_host_extra_get_note (self->extra, index);
}

/**
 * road_host_get_note_text:
 * @port: one of its ports, or %ROAD_NOTE_HOST
 * @name: a name of notes
 *
 * Returns: (transfer none) (nullable): the text of the first note about @port with that name
 */
const char *
road_host_get_note_text (RoadHost *self, int port, const char *name)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = road_host_find_note (self, port); i < road_host_get_n_notes (self); i++)
    {
      const RoadNote *note = road_host_get_note (self, i);

      if (note->port != port)
        break;
      if (g_str_equal (note->name, name))
        return note->text;
    }

  return NULL;
}

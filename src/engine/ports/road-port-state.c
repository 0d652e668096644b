/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-state.h"

#include "engine/base/road-enum.h"
#include "road-engine-enums.h"

/* Returns: nmap's name of the state, for files and the command line; not translated */
const char *
road_port_state_to_string (RoadPortState state)
{
  return road_enum_to_string (ROAD_TYPE_PORT_STATE, state);
}

/* Returns: the state, or %ROAD_PORT_UNKNOWN if @string is not a name of one */
RoadPortState
road_port_state_from_string (const char *string)
{
  int state = ROAD_PORT_UNKNOWN;

  road_enum_from_string (ROAD_TYPE_PORT_STATE, string, &state);
  return (RoadPortState) state;
}

const char *
road_host_state_to_string (RoadHostState state)
{
  return road_enum_to_string (ROAD_TYPE_HOST_STATE, state);
}

gboolean
road_host_state_from_string (const char *string, RoadHostState *state)
{
  return road_enum_from_string (ROAD_TYPE_HOST_STATE, string, (int *) state);
}

/* Returns: nmap's name of the reason; not translated */
const char *
road_reason_to_string (RoadReason reason)
{
  return road_enum_to_string (ROAD_TYPE_REASON, reason);
}

gboolean
road_reason_from_string (const char *string, RoadReason *reason)
{
  return road_enum_from_string (ROAD_TYPE_REASON, string, (int *) reason);
}

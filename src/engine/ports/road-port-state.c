/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-state.h"

#include "engine/base/road-syntax.h"

static const char *const port_states[ROAD_N_PORT_STATES] = {
  [ROAD_PORT_UNKNOWN] = "unknown",
  [ROAD_PORT_OPEN] = "open",
  [ROAD_PORT_CLOSED] = "closed",
  [ROAD_PORT_FILTERED] = "filtered",
};

static const char *const host_states[] = {
  [ROAD_HOST_UNKNOWN] = "unknown",
  [ROAD_HOST_UP] = "up",
  [ROAD_HOST_DOWN] = "down",
};

static const char *const reasons[ROAD_N_REASONS] = {
  [ROAD_REASON_NONE] = "unknown",
  [ROAD_REASON_SYN_ACK] = "syn-ack",
  [ROAD_REASON_CONN_REFUSED] = "conn-refused",
  [ROAD_REASON_NO_RESPONSE] = "no-response",
  [ROAD_REASON_NET_UNREACH] = "net-unreach",
  [ROAD_REASON_HOST_UNREACH] = "host-unreach",
  [ROAD_REASON_PROTO_UNREACH] = "proto-unreach",
  [ROAD_REASON_PORT_UNREACH] = "port-unreach",
  [ROAD_REASON_NET_PROHIBITED] = "net-prohibited",
  [ROAD_REASON_HOST_PROHIBITED] = "host-prohibited",
  [ROAD_REASON_ADMIN_PROHIBITED] = "admin-prohibited",
  [ROAD_REASON_NO_ROUTE] = "no-route",
  [ROAD_REASON_BEYOND_SCOPE] = "beyond-scope",
  [ROAD_REASON_ADDR_UNREACH] = "addr-unreach",
  [ROAD_REASON_FAILED_POLICY] = "failed-policy",
  [ROAD_REASON_REJECT_ROUTE] = "reject-route",
  [ROAD_REASON_DEST_UNREACH] = "dest-unreach",
  [ROAD_REASON_TIME_EXCEEDED] = "time-exceeded",
  [ROAD_REASON_USER_SET] = "user-set",
  [ROAD_REASON_RESET] = "reset",
  [ROAD_REASON_ECHO_REPLY] = "echo-reply",
  [ROAD_REASON_TIMESTAMP_REPLY] = "timestamp-reply",
  [ROAD_REASON_ARP_RESPONSE] = "arp-response",
  [ROAD_REASON_ND_RESPONSE] = "nd-response",
  [ROAD_REASON_LOCALHOST_RESPONSE] = "localhost-response",
  [ROAD_REASON_HOST_TIMEOUT] = "host-timeout",
};

/* Returns: nmap's name of the state, for files and the command line; not translated */
const char *
road_port_state_to_string (RoadPortState state)
{
  g_return_val_if_fail (state < ROAD_N_PORT_STATES, NULL);

  return port_states[state];
}

/* Returns: the state, or %ROAD_PORT_UNKNOWN if @string is not a name of one */
RoadPortState
road_port_state_from_string (const char *string)
{
  guint index = ROAD_PORT_UNKNOWN;

  road_syntax_find_name (port_states, G_N_ELEMENTS (port_states), string, &index);
  return (RoadPortState) index;
}

const char *
road_host_state_to_string (RoadHostState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (host_states), NULL);

  return host_states[state];
}

gboolean
road_host_state_from_string (const char *string, RoadHostState *state)
{
  guint index;

  if (!road_syntax_find_name (host_states, G_N_ELEMENTS (host_states), string, &index))
    return FALSE;

  *state = (RoadHostState) index;
  return TRUE;
}

/* Returns: nmap's name of the reason; not translated */
const char *
road_reason_to_string (RoadReason reason)
{
  g_return_val_if_fail (reason < ROAD_N_REASONS, NULL);

  return reasons[reason];
}

gboolean
road_reason_from_string (const char *string, RoadReason *reason)
{
  guint index;

  if (!road_syntax_find_name (reasons, G_N_ELEMENTS (reasons), string, &index))
    return FALSE;

  *reason = (RoadReason) index;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "engine/base/road-address.h"

G_BEGIN_DECLS

typedef enum
{
  ROAD_PORT_UNKNOWN,  /* not scanned (yet), or our own machine failed */
  ROAD_PORT_OPEN,     /* something accepts connections */
  ROAD_PORT_CLOSED,   /* the host itself refused the connection */
  ROAD_PORT_FILTERED, /* nothing came back, or something on the path rejected the connection */
} RoadPortState;

#define ROAD_N_PORT_STATES (ROAD_PORT_FILTERED + 1)

typedef enum
{
  ROAD_HOST_UNKNOWN, /* it has not answered (yet) */
  ROAD_HOST_UP,      /* it answered */
  ROAD_HOST_DOWN,    /* no host has that address */
} RoadHostState;

/* Why a port or a host has its state. The names are nmap's, as in its XML (reason.cc of nmap 7.93). Those
 * from %ROAD_REASON_RESET on never come from a connect scan, only from files of scanners that send raw
 * packets. */
typedef enum
{
  ROAD_REASON_NONE, /*< nick=unknown >*/
  ROAD_REASON_SYN_ACK,
  ROAD_REASON_CONN_REFUSED,
  ROAD_REASON_NO_RESPONSE,
  ROAD_REASON_NET_UNREACH,
  ROAD_REASON_HOST_UNREACH,
  ROAD_REASON_PROTO_UNREACH,
  ROAD_REASON_PORT_UNREACH,
  ROAD_REASON_NET_PROHIBITED,
  ROAD_REASON_HOST_PROHIBITED,
  ROAD_REASON_ADMIN_PROHIBITED,
  ROAD_REASON_NO_ROUTE,
  ROAD_REASON_BEYOND_SCOPE,
  ROAD_REASON_ADDR_UNREACH,
  ROAD_REASON_FAILED_POLICY,
  ROAD_REASON_REJECT_ROUTE,
  ROAD_REASON_DEST_UNREACH,
  ROAD_REASON_TIME_EXCEEDED,
  ROAD_REASON_USER_SET,
  ROAD_REASON_RESET,
  ROAD_REASON_ECHO_REPLY,
  ROAD_REASON_TIMESTAMP_REPLY,
  ROAD_REASON_ARP_RESPONSE,
  ROAD_REASON_ND_RESPONSE,
  ROAD_REASON_LOCALHOST_RESPONSE,
  ROAD_REASON_HOST_TIMEOUT,
} RoadReason;

#define ROAD_N_REASONS (ROAD_REASON_HOST_TIMEOUT + 1)

typedef struct
{
  guint16 port;
  guint8 state;            /* a #RoadPortState */
  guint8 reason;           /* a #RoadReason */
  guint32 latency_us;      /* round-trip time of the handshake in µs, or 0 if it is not known */
  RoadAddress reason_from; /* who sent the ICMP error, or %ROAD_ADDRESS_NONE */
  /* how many attempts to connect got no reply, and for how long in all, in ms; 0 if that is not known, as of
   * ports that are only counted */
  guint16 n_silent;
  guint32 silent_ms;
} RoadPortResult;

const char *road_port_state_to_string (RoadPortState state);
RoadPortState road_port_state_from_string (const char *string);
const char *road_host_state_to_string (RoadHostState state);
gboolean road_host_state_from_string (const char *string, RoadHostState *state);
const char *road_reason_to_string (RoadReason reason);
gboolean road_reason_from_string (const char *string, RoadReason *reason);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-outcome.h"

G_BEGIN_DECLS

/* The SYNs of a trace whose times are kept. */
#define ROAD_CONNECT_TRACE_MAX_SYNS 8

/* One connect as it was measured. Times are in µs since its first SYN was sent. */
typedef struct
{
  guint16 local_port; /* 0 if it is not known */
  guint n_syns;       /* how many SYNs were sent, those that the kernel retransmitted included */
  guint32
      syn_us[ROAD_CONNECT_TRACE_MAX_SYNS]; /* when; of the first ones only, if there were more */
  gboolean ended;
  /* how it ended; not valid before */
  RoadOutcomeKind kind;
  RoadPortState state; /* what that means for the port; unknown for %ROAD_OUTCOME_LOCAL_ERROR */
  RoadReason reason;
  RoadAddress reason_from; /* who sent the ICMP error, or %ROAD_ADDRESS_NONE */
  guint32 rtt_us;          /* as the kernel measured it; 0 if it did not */
  guint32 ended_us;        /* when we saw the end */
} RoadConnectTrace;

/* Connects once to one port and records what happens. Lives in one thread. */
#define ROAD_TYPE_PORT_CHECK (road_port_check_get_type ())
G_DECLARE_FINAL_TYPE (RoadPortCheck, road_port_check, ROAD, PORT_CHECK, GObject)

RoadPortCheck *road_port_check_new (const RoadAddress *address, guint16 port);
void road_port_check_start (RoadPortCheck *self, guint timeout_ms);
const RoadConnectTrace *road_port_check_get_trace (RoadPortCheck *self);
gint64 road_port_check_get_elapsed (RoadPortCheck *self);
const char *road_port_check_get_message (RoadPortCheck *self);

G_END_DECLS

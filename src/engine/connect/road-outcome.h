/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/ports/road-port-state.h"

G_BEGIN_DECLS

typedef enum
{
  ROAD_OUTCOME_STATE,     /* the port has a state */
  ROAD_OUTCOME_NO_ANSWER, /* nothing came back before the timeout */
  ROAD_OUTCOME_HOST_DOWN, /* the kernel says that no host has that address */
  /* the socket connected to itself, which says nothing about the port: retry */
  ROAD_OUTCOME_SELF_CONNECT,
  ROAD_OUTCOME_LOCAL_ERROR, /* our own machine failed, which says nothing about the port */
} RoadOutcomeKind;

/* How a probe ended. */
typedef struct
{
  RoadOutcomeKind kind;
  RoadPortState state;     /* the port's state, for %ROAD_OUTCOME_STATE */
  RoadReason reason;       /* the reason, for %ROAD_OUTCOME_STATE */
  RoadAddress reason_from; /* who sent the ICMP error, or %ROAD_ADDRESS_NONE */
  /* the round-trip time of the handshake in µs as the kernel measured it; 0 if it did not */
  guint32 rtt_us;
  guint32 elapsed_us; /* the time from the start of the probe to our seeing its end, in µs */
  /* whether the end may have come long before we saw it: see #RoadLookout */
  gboolean seen_late;
  gboolean delayed;    /* whether it may have come some ms before, as our machine is busy */
  guint n_retransmits; /* how many SYNs the kernel retransmitted */
  GError *error;       /* (nullable): for %ROAD_OUTCOME_LOCAL_ERROR, a %G_IO_ERROR */
} RoadOutcome;

void road_outcome_prepare_socket (GSocket *socket);
gboolean road_outcome_has_route (const RoadAddress *address);
guint road_outcome_read_retransmits (GSocket *socket, gint64 elapsed_us);
void road_outcome_read (RoadOutcome *outcome,
                        GSocket *socket,
                        const RoadAddress *target,
                        int error_number);
void road_outcome_read_error (RoadOutcome *outcome,
                              GSocket *socket,
                              const RoadAddress *target,
                              const GError *error);
void road_outcome_break_off (GSocket *socket);
void road_outcome_clear (RoadOutcome *outcome);

G_END_DECLS

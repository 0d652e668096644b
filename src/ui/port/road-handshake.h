/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/connect/road-port-check.h"

G_BEGIN_DECLS

typedef enum
{
  ROAD_PACKET_SYN,
  ROAD_PACKET_SYN_ACK,
  ROAD_PACKET_ACK,
  ROAD_PACKET_RST,
  ROAD_PACKET_ICMP,
} RoadPacketKind;

/* A packet of a handshake. Times are in µs since the first SYN; those at the other end are never measured. */
typedef struct
{
  RoadPacketKind kind;
  gboolean incoming; /* whether it goes to this computer */
  gboolean lost;     /* whether nobody replied to it, so that it may not have arrived */
  gboolean measured; /* whether the time at this computer was measured */
  gint64 sent_us;
  gint64 arrived_us;
} RoadPacket;

/* What a picture of a handshake cannot show as measured. */
typedef enum
{
  ROAD_INFERRED_TIMES = 1 << 0,   /* when the SYNs were sent; their number was measured */
  ROAD_INFERRED_COUNT = 1 << 1,   /* how many SYNs were sent */
  ROAD_INFERRED_REPLY = 1 << 2,   /* when the reply came: guessed from the host's other replies */
  ROAD_INFERRED_NO_TIME = 1 << 3, /* any time: the picture is not to scale */
} RoadInferred;

/* The packets by which the state of a port was found out, as far as they are known. */
typedef struct
{
  GArray *packets;    /* of RoadPacket, in the order in which they are sent or arrive here */
  guint16 local_port; /* 0 if it is not known */
  guint16 port;
  RoadAddress router;   /* who replied instead of the host, or %ROAD_ADDRESS_NONE */
  gboolean has_router;  /* whether somebody else replied, even if it is not known who */
  gboolean ended;       /* whether all is over */
  gboolean failed_here; /* whether nothing left this computer */
  gint64 gave_up_us;    /* when waiting for a reply ended; 0 if one came */
  gint64 duration_us;   /* the time of the last event, at least 1 */
  gint64 scale_us;      /* what is later has no place in the scale of the picture */
  RoadInferred inferred;
} RoadHandshake;

RoadHandshake *road_handshake_new_from_result (const RoadPortResult *result,
                                               const RoadAddress *target,
                                               guint host_latency_us,
                                               gboolean half_open);
RoadHandshake *road_handshake_new_from_trace (const RoadConnectTrace *trace,
                                              const RoadAddress *target,
                                              guint16 port,
                                              guint host_latency_us,
                                              gint64 now_us);
RoadHandshake *road_handshake_new_example (RoadPortState state);
gboolean road_handshake_equal (const RoadHandshake *a, const RoadHandshake *b);
gint64 road_handshake_get_scale (const RoadHandshake *self);
void road_handshake_free (RoadHandshake *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadHandshake, road_handshake_free)

G_END_DECLS

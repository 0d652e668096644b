/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "sim-address.h"
#include "sim-state.h"

G_BEGIN_DECLS

/**
 * SIM_PACKET_MAX:
 *
 * The largest packet that is made: an ICMPv6 error that quotes a SYN with all options.
 */
#define SIM_PACKET_MAX 192

/**
 * SimSegment:
 * @from: who sent it
 * @to: to whom
 * @from_port: from which port
 * @to_port: to which port
 * @seq: its sequence number
 * @ack: the sequence number that it acknowledges
 * @flags: TCP's flags: TH_SYN and so on
 * @n_data: how many bytes of data it has
 *
 * A TCP segment that came in.
 */
typedef struct
{
  SimAddress from, to;
  guint16 from_port, to_port;
  guint32 seq, ack;
  guint8 flags;
  guint n_data;
} SimSegment;

gboolean sim_packet_parse (SimSegment *segment, const guint8 *packet, gsize length);

guint sim_packet_make_syn_ack (guint8 *packet, const SimSegment *syn, guint32 isn);
guint sim_packet_make_refusal (guint8 *packet, const SimSegment *syn);
guint sim_packet_make_reset (guint8 *packet, const SimSegment *segment);
guint sim_packet_make_icmp (guint8 *packet,
                            const SimRejection *rejection,
                            const SimAddress *from,
                            const SimSegment *syn,
                            const guint8 *original,
                            gsize length);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "sim-packet.h"

G_BEGIN_DECLS

/**
 * SimAnswer:
 * @due: when to send it, in µs
 * @flow: the key of the connection it is about
 * @leaves_open: whether the connection is still half open when it has been sent
 * @length: the packet's length
 * @packet: the packet
 *
 * A packet on its way back.
 */
typedef struct
{
  gint64 due;
  guint64 flow;
  gboolean leaves_open;
  guint length;
  guint8 packet[SIM_PACKET_MAX];
} SimAnswer;

/**
 * SimQueue:
 *
 * Packets on their way back, in the order in which they are due.
 */
typedef struct _SimQueue SimQueue;

SimQueue *sim_queue_new (void);
void sim_queue_free (SimQueue *self);
SimAnswer *sim_queue_add (SimQueue *self, gint64 due);
const SimAnswer *sim_queue_peek (SimQueue *self);
void sim_queue_pop (SimQueue *self);

G_END_DECLS

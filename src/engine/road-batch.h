/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-outcome.h"

G_BEGIN_DECLS

/**
 * RoadProbe:
 * @address: the address to connect to
 * @inet: the same as an object, which probes of one host share
 * @port: the port
 * @timeout_ms: how long to wait for an answer, in ms
 * @tag: whatever the owner wants to find again in the outcome
 *
 * One attempt to connect.
 */
typedef struct
{
  RoadAddress address;
  GInetAddress *inet;
  guint16 port;
  guint timeout_ms;
  gpointer tag;
} RoadProbe;

/**
 * ROAD_BATCH_SIZE:
 *
 * How many connects a batch holds at the most.
 */
#define ROAD_BATCH_SIZE 64

/**
 * RoadBatch:
 *
 * Some connects under way at the same time, with their deadlines, in a main context of their own.
 */
typedef struct _RoadBatch RoadBatch;

/**
 * RoadBatchFunc:
 * @probe: a probe that ended
 * @outcome: (transfer full): how; the receiver clears it with road_outcome_clear()
 * @user_data: what road_batch_new() was given
 *
 * Called once for each probe. It must not start another.
 */
typedef void (*RoadBatchFunc) (const RoadProbe *probe, RoadOutcome *outcome, gpointer user_data);

RoadBatch *road_batch_new (GMainContext *context,
                           GSocketClient *client,
                           RoadBatchFunc func,
                           gpointer user_data);
void road_batch_free (RoadBatch *self);
void road_batch_start (RoadBatch *self, const RoadProbe *probes, guint n_probes);
void road_batch_give_up (RoadBatch *self);
guint road_batch_get_n_pending (RoadBatch *self);

G_END_DECLS

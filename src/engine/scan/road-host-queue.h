/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-heap.h"
#include "road-scan-host.h"

G_BEGIN_DECLS

/* The hosts that are being scanned, in the order in which they send. A slow host never holds up a fast one:
 * it is put aside until its time has come, and the others take turns. Clear it with
 * road_host_queue_clear(). */
typedef struct
{
  GHashTable *entries; /* each host that is being scanned, and the queue's own notes on it */
  GQueue ready;        /* the hosts that may have something to send, the next one first */
  RoadHeap waiting;    /* hosts that will be ready later, by time; some may have ended meanwhile */
} RoadHostQueue;

void road_host_queue_init (RoadHostQueue *self);
void road_host_queue_clear (RoadHostQueue *self);
void road_host_queue_add (RoadHostQueue *self, RoadScanHost *host);
void road_host_queue_remove (RoadHostQueue *self, RoadScanHost *host);
gboolean road_host_queue_contains (RoadHostQueue *self, RoadScanHost *host);
guint road_host_queue_get_n_hosts (RoadHostQueue *self);
GPtrArray *road_host_queue_get_hosts (RoadHostQueue *self);
void road_host_queue_make_ready (RoadHostQueue *self, RoadScanHost *host);
void road_host_queue_put_aside (RoadHostQueue *self, RoadScanHost *host, gint64 until);
RoadScanHost *road_host_queue_peek (RoadHostQueue *self);
void road_host_queue_rotate (RoadHostQueue *self);
void road_host_queue_wake (RoadHostQueue *self, gint64 now);
gint64 road_host_queue_get_wake_time (RoadHostQueue *self);
void road_host_queue_drop_all (RoadHostQueue *self);
void road_host_queue_review_all (RoadHostQueue *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-heap.h"
#include "road-scan-host.h"

G_BEGIN_DECLS

/**
 * RoadTurns:
 * @active: (element-type RoadScanHost): the hosts that are being scanned
 * @ready: those whose turn it is to send, the next one first
 * @waiting: those that will be ready later; they may have ended meanwhile
 *
 * Whose turn it is to send. A slow host never holds a fast one: it waits until its time has come
 * while the others take turns. Clear it with road_turns_clear().
 */
typedef struct
{
  GHashTable *active;
  GQueue ready;
  RoadHeap waiting;
} RoadTurns;

void road_turns_init (RoadTurns *self);
void road_turns_clear (RoadTurns *self);
void road_turns_add (RoadTurns *self, RoadScanHost *host);
void road_turns_remove (RoadTurns *self, RoadScanHost *host);
gboolean road_turns_contains (RoadTurns *self, RoadScanHost *host);
guint road_turns_get_n_hosts (RoadTurns *self);
void road_turns_make_ready (RoadTurns *self, RoadScanHost *host);
void road_turns_put_aside (RoadTurns *self, RoadScanHost *host, gint64 until);
RoadScanHost *road_turns_peek (RoadTurns *self);
void road_turns_next (RoadTurns *self);
void road_turns_wake (RoadTurns *self, gint64 now);
gint64 road_turns_get_time (RoadTurns *self);
void road_turns_drop_all (RoadTurns *self);
GPtrArray *road_turns_get_hosts (RoadTurns *self);
void road_turns_review_all (RoadTurns *self);
void road_turns_free_hosts (RoadTurns *self);

G_END_DECLS

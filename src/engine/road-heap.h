/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoadHeap:
 *
 * Things that wait for their time: a binary heap. Initialise with zeros.
 */
typedef struct
{
  GArray *entries;
} RoadHeap;

void road_heap_push (RoadHeap *self, gint64 time, gpointer data);
gpointer road_heap_pop (RoadHeap *self);
gint64 road_heap_get_time (RoadHeap *self);
void road_heap_clear (RoadHeap *self, GDestroyNotify destroy);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A binary heap of data sorted by time. Initialise with zeros. */
typedef struct
{
  GArray *entries;
  /* (nullable): called with the data of an entry and its new index, for road_heap_remove() */
  void (*moved) (gpointer data, guint place);
} RoadHeap;

void road_heap_push (RoadHeap *self, gint64 time, gpointer data);
gpointer road_heap_pop (RoadHeap *self);
void road_heap_remove (RoadHeap *self, guint place);
gint64 road_heap_get_time (RoadHeap *self);
void road_heap_clear (RoadHeap *self, GDestroyNotify destroy);

G_END_DECLS

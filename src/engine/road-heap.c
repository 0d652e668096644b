/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-heap.h"

typedef struct
{
  gint64 time;
  gpointer data;
} Entry;

static Entry *
get (RoadHeap *self, guint index)
{
  return &g_array_index (self->entries, Entry, index);
}

static void
swap (RoadHeap *self, guint a, guint b)
{
  Entry entry = *get (self, a);

  *get (self, a) = *get (self, b);
  *get (self, b) = entry;
}

/**
 * road_heap_push:
 * @self: a heap
 * @time: when it is due
 * @data: (nullable): what
 */
void
road_heap_push (RoadHeap *self, gint64 time, gpointer data)
{
  const Entry entry = { time, data };
  guint i;

  g_return_if_fail (self != NULL);

  if (self->entries == NULL)
    self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  i = self->entries->len;
  g_array_append_val (self->entries, entry);

  while (i > 0 && get (self, (i - 1) / 2)->time > get (self, i)->time)
    {
      swap (self, i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
}

/**
 * road_heap_pop:
 * @self: a heap that is not empty
 *
 * Returns: (transfer full): what is due first
 */
gpointer
road_heap_pop (RoadHeap *self)
{
  gpointer data;
  guint n, i = 0;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->entries != NULL && self->entries->len > 0, NULL);

  n = self->entries->len - 1;
  data = get (self, 0)->data;
  swap (self, 0, n);
  g_array_set_size (self->entries, n);

  while (TRUE)
    {
      guint least = i;

      for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < n; child++)
        {
          if (get (self, child)->time < get (self, least)->time)
            least = child;
        }

      if (least == i)
        return data;

      swap (self, i, least);
      i = least;
    }
}

/**
 * road_heap_get_time:
 * @self: a heap
 *
 * Returns: when the first thing is due; %G_MAXINT64 if there is none
 */
gint64
road_heap_get_time (RoadHeap *self)
{
  g_return_val_if_fail (self != NULL, G_MAXINT64);

  return self->entries != NULL && self->entries->len > 0 ? get (self, 0)->time : G_MAXINT64;
}

/**
 * road_heap_clear:
 * @self: a heap
 * @destroy: (nullable): called with each thing that is in it
 *
 * Empties it and frees what it holds.
 */
void
road_heap_clear (RoadHeap *self, GDestroyNotify destroy)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; destroy != NULL && self->entries != NULL && i < self->entries->len; i++)
    destroy (get (self, i)->data);

  g_clear_pointer (&self->entries, g_array_unref);
}

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
put (RoadHeap *self, guint index, Entry entry)
{
  *get (self, index) = entry;
  if (self->moved != NULL)
    self->moved (entry.data, index);
}

/* Puts an entry where it belongs: at the free @index or above. */
static void
put_up (RoadHeap *self, guint index, Entry entry)
{
  while (index > 0 && get (self, (index - 1) / 2)->time > entry.time)
    {
      put (self, index, *get (self, (index - 1) / 2));
      index = (index - 1) / 2;
    }

  put (self, index, entry);
}

/* Puts an entry where it belongs: at the free @index or below. */
static void
put_down (RoadHeap *self, guint index, Entry entry)
{
  guint n = self->entries->len;

  while (2 * index + 1 < n)
    {
      guint child = 2 * index + 1;

      if (child + 1 < n && get (self, child + 1)->time < get (self, child)->time)
        child++;
      if (get (self, child)->time >= entry.time)
        break;

      put (self, index, *get (self, child));
      index = child;
    }

  put (self, index, entry);
}

void
road_heap_push (RoadHeap *self, gint64 time, gpointer data)
{
  const Entry entry = { time, data };

  g_return_if_fail (self != NULL);

  if (self->entries == NULL)
    self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  g_array_set_size (self->entries, self->entries->len + 1);
  put_up (self, self->entries->len - 1, entry);
}

/**
 * road_heap_remove:
 * @place: the index that @moved was last called with for the entry to remove
 */
void
road_heap_remove (RoadHeap *self, guint place)
{
  Entry last;
  guint n;

  g_return_if_fail (self != NULL);
  g_return_if_fail (self->entries != NULL && place < self->entries->len);

  n = self->entries->len - 1;
  last = *get (self, n);
  g_array_set_size (self->entries, n);
  if (place == n)
    return;

  if (place > 0 && get (self, (place - 1) / 2)->time > last.time)
    put_up (self, place, last);
  else
    put_down (self, place, last);
}

gpointer
road_heap_pop (RoadHeap *self)
{
  gpointer data;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->entries != NULL && self->entries->len > 0, NULL);

  data = get (self, 0)->data;
  road_heap_remove (self, 0);

  return data;
}

/* Returns: the time of the first entry; %G_MAXINT64 if there is none */
gint64
road_heap_get_time (RoadHeap *self)
{
  g_return_val_if_fail (self != NULL, G_MAXINT64);

  return self->entries != NULL && self->entries->len > 0 ? get (self, 0)->time : G_MAXINT64;
}

/**
 * road_heap_clear:
 * @destroy: (nullable): called with the data of each entry
 */
void
road_heap_clear (RoadHeap *self, GDestroyNotify destroy)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; destroy != NULL && self->entries != NULL && i < self->entries->len; i++)
    destroy (get (self, i)->data);

  g_clear_pointer (&self->entries, g_array_unref);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-queue.h"

/* A binary heap of (due, order of arrival, place of the answer in the pool). Answers stay where they
 * are while the heap is sorted; places are used again. */

typedef struct
{
  gint64 due;
  guint64 serial;
  guint place;
} Item;

struct _SimQueue
{
  GArray *heap; /* of Item */
  GArray *pool; /* of SimAnswer */
  GArray *free; /* of guint: places in the pool */
  guint64 serial;
};

/**
 * sim_queue_new:
 *
 * Returns: (transfer full): a queue; free it with sim_queue_free()
 */
SimQueue *
sim_queue_new (void)
{
  SimQueue *self = g_new0 (SimQueue, 1);

  self->heap = g_array_new (FALSE, FALSE, sizeof (Item));
  self->pool = g_array_new (FALSE, FALSE, sizeof (SimAnswer));
  self->free = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

/**
 * sim_queue_free:
 * @self: (transfer full): a queue
 */
void
sim_queue_free (SimQueue *self)
{
  g_array_unref (self->heap);
  g_array_unref (self->pool);
  g_array_unref (self->free);
  g_free (self);
}

static gboolean
is_before (const Item *a, const Item *b)
{
  return a->due != b->due ? a->due < b->due : a->serial < b->serial;
}

static guint
take_place (SimQueue *self)
{
  if (self->free->len > 0)
    {
      guint place = g_array_index (self->free, guint, self->free->len - 1);

      g_array_set_size (self->free, self->free->len - 1);
      return place;
    }

  g_array_set_size (self->pool, self->pool->len + 1);

  return self->pool->len - 1;
}

/**
 * sim_queue_add:
 * @self: a queue
 * @due: when the answer is due, in µs
 *
 * Returns: (transfer none): a new answer, for the caller to fill in at once
 */
SimAnswer *
sim_queue_add (SimQueue *self, gint64 due)
{
  Item item = { due, self->serial++, take_place (self) };
  Item *items;
  SimAnswer *answer;
  guint i;

  g_array_append_val (self->heap, item);
  items = (gpointer) self->heap->data;
  for (i = self->heap->len - 1; i > 0 && is_before (&item, &items[(i - 1) / 2]); i = (i - 1) / 2)
    items[i] = items[(i - 1) / 2];
  items[i] = item;

  answer = &g_array_index (self->pool, SimAnswer, item.place);
  answer->due = due;

  return answer;
}

/**
 * sim_queue_peek:
 * @self: a queue
 *
 * Returns: (transfer none) (nullable): the answer that is due first
 */
const SimAnswer *
sim_queue_peek (SimQueue *self)
{
  if (self->heap->len == 0)
    return NULL;

  return &g_array_index (self->pool, SimAnswer, g_array_index (self->heap, Item, 0).place);
}

/**
 * sim_queue_pop:
 * @self: a queue that is not empty
 *
 * Removes the answer that is due first.
 */
void
sim_queue_pop (SimQueue *self)
{
  Item *items = (gpointer) self->heap->data;
  guint n = self->heap->len - 1;
  Item last = items[n];
  guint i = 0;

  g_array_append_val (self->free, items[0].place);
  while (2 * i + 1 < n)
    {
      guint child = 2 * i + 1;

      if (child + 1 < n && is_before (&items[child + 1], &items[child]))
        child++;
      if (is_before (&last, &items[child]))
        break;
      items[i] = items[child];
      i = child;
    }
  items[i] = last;
  g_array_set_size (self->heap, n);
}

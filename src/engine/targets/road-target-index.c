/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-index.h"

/* A range and the number of its item. */
typedef struct
{
  RoadAddress first;
  RoadAddress last;
  guint number;
} Span;

/* A pattern with gaps; its octets are not owned. */
typedef struct
{
  RoadTargetItem item;
  guint number;
} Pattern;

/* Once the index is frozen, spans are disjoint and sorted. Patterns with gaps are few and searched one by
 * one. */
struct _RoadTargetIndex
{
  GArray *spans;
  GArray *patterns;
};

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const Span *span_a = a;
  const Span *span_b = b;

  return road_address_compare (&span_a->first, &span_b->first);
}

static int
compare_numbers (gconstpointer a, gconstpointer b, gpointer data)
{
  const Span *span_a = a;
  const Span *span_b = b;

  return span_a->number < span_b->number ? -1 : span_a->number > span_b->number;
}

/* The address before @address, which must not be the first one. */
static RoadAddress
previous (const RoadAddress *address)
{
  RoadAddress result = *address;

  for (int i = result.length - 1; i >= 0 && result.bytes[i]-- == 0; i--)
    ;

  return result;
}

/* Appends the addresses from @first to @last, or extends the last span if they follow it. */
static void
append_span (GArray *spans, const RoadAddress *first, const RoadAddress *last, guint number)
{
  Span span = { *first, *last, number };

  if (spans->len > 0)
    {
      Span *end = &g_array_index (spans, Span, spans->len - 1);
      RoadAddress next = end->last;

      road_address_add (&next, 1);
      if (end->number == number && road_address_equal (&next, first))
        {
          end->last = *last;
          return;
        }
    }
  g_array_append_val (spans, span);
}

RoadTargetIndex *
road_target_index_new (void)
{
  RoadTargetIndex *self = g_new0 (RoadTargetIndex, 1);

  self->spans = g_array_new (FALSE, FALSE, sizeof (Span));
  self->patterns = g_array_new (FALSE, FALSE, sizeof (Pattern));

  return self;
}

void
road_target_index_free (RoadTargetIndex *self)
{
  g_array_unref (self->spans);
  g_array_unref (self->patterns);
  g_free (self);
}

/**
 * road_target_index_add:
 * @self: an index that is not frozen
 * @item: a range, or a pattern, whose octets must live as long as @self
 * @number: its number, not lower than any before
 */
void
road_target_index_add (RoadTargetIndex *self, const RoadTargetItem *item, guint number)
{
  g_assert (item->kind != ROAD_TARGET_NAME);

  if (item->kind == ROAD_TARGET_OCTETS)
    {
      Pattern pattern = { *item, number };

      g_array_append_val (self->patterns, pattern);
    }
  else
    {
      Span span = { item->u.range.first, item->u.range.last, number };

      g_array_append_val (self->spans, span);
    }
}

/* Splits overlapping ranges so that each address is in one range: that of the item with the lowest number.
 * Takes O(n log n). */
void
road_target_index_freeze (RoadTargetIndex *self)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));
  /* The spans that begin at or before the current address and may end after it, by number. */
  g_autoptr (GSequence) active = g_sequence_new (NULL);
  RoadAddress current = ROAD_ADDRESS_NONE;
  guint i = 0;

  g_array_sort (self->spans, compare_starts);
  for (;;)
    {
      GSequenceIter *begin = g_sequence_get_begin_iter (active);
      const Span *top;
      RoadAddress last;

      if (!g_sequence_iter_is_end (begin))
        {
          top = g_sequence_get (begin);
          if (road_address_compare (&top->last, &current) < 0)
            {
              g_sequence_remove (begin);
              continue;
            }
        }
      else if (i < self->spans->len)
        {
          current = g_array_index (self->spans, Span, i).first;
        }
      else
        {
          break;
        }

      for (; i < self->spans->len; i++)
        {
          Span *next = &g_array_index (self->spans, Span, i);

          if (road_address_compare (&next->first, &current) > 0)
            break;
          g_sequence_insert_sorted (active, next, compare_numbers, NULL);
        }

      top = g_sequence_get (g_sequence_get_begin_iter (active));
      last = top->last;
      if (i < self->spans->len)
        {
          const Span *next = &g_array_index (self->spans, Span, i);

          if (road_address_compare (&next->first, &last) <= 0)
            last = previous (&next->first);
        }
      append_span (spans, &current, &last, top->number);

      current = last;
      road_address_add (&current, 1);
      /* The last address wraps around. */
      if (road_address_compare (&current, &last) < 0)
        g_sequence_remove_range (g_sequence_get_begin_iter (active),
                                 g_sequence_get_end_iter (active));
    }

  g_array_unref (self->spans);
  self->spans = spans;
}

/* Returns NULL if the address is in no span. */
static const Span *
find_span (RoadTargetIndex *self, const RoadAddress *address)
{
  guint low = 0;
  guint high = self->spans->len;
  const Span *span;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (road_address_compare (&g_array_index (self->spans, Span, middle).first, address) <= 0)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return NULL;
  span = &g_array_index (self->spans, Span, low - 1);

  return road_address_compare (address, &span->last) <= 0 ? span : NULL;
}

/* Takes O(log n), plus a step for each pattern with gaps.
 * Returns: the lowest number of an item that contains @address, or %ROAD_TARGET_INDEX_NONE */
guint
road_target_index_find (RoadTargetIndex *self, const RoadAddress *address)
{
  const Span *span = find_span (self, address);
  guint number = span != NULL ? span->number : ROAD_TARGET_INDEX_NONE;

  for (guint i = 0; i < self->patterns->len; i++)
    {
      const Pattern *pattern = &g_array_index (self->patterns, Pattern, i);

      if (pattern->number >= number)
        break;
      if (road_target_item_pattern_contains (&pattern->item, address))
        return pattern->number;
    }

  return number;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-count.h"

/* Of targets G and exclusions E, |G ∪ E| − |E| addresses are left and the rest of |G| is excluded, so only
 * unions have to be counted. Ranges are merged and added up. IPv4 patterns with gaps are counted octet by
 * octet: values of an octet that are in the same patterns, and outside all ranges, stand for equally many
 * addresses and are counted once. */

#define N_OCTETS 4

/* Up to 2^128 and a little more, the lowest 64 bits first. */
typedef struct
{
  guint64 words[3];
} Count;

typedef struct
{
  RoadAddress first;
  RoadAddress last;
} Span;

/* A span of IPv4 addresses as numbers. */
typedef struct
{
  guint32 first;
  guint32 last;
} Span4;

static void
count_add_words (Count *count, guint64 low, guint64 high)
{
  const guint64 addends[G_N_ELEMENTS (count->words)] = { low, high, 0 };
  guint64 carry = 0;

  for (guint i = 0; i < G_N_ELEMENTS (count->words); i++)
    {
      const guint64 sum = count->words[i] + addends[i];
      const gboolean overflows = sum < addends[i];

      count->words[i] = sum + carry;
      carry = overflows || count->words[i] < sum;
    }
}

/* @other must not be greater. */
static void
count_subtract (Count *count, const Count *other)
{
  guint64 borrow = 0;

  for (guint i = 0; i < G_N_ELEMENTS (count->words); i++)
    {
      const guint64 difference = count->words[i] - other->words[i];
      const gboolean underflows = count->words[i] < other->words[i];

      count->words[i] = difference - borrow;
      borrow = underflows || difference < borrow;
    }
}

static guint64
count_saturate (const Count *count)
{
  return count->words[1] != 0 || count->words[2] != 0 ? G_MAXUINT64 : count->words[0];
}

static guint64
read_word (const guint8 *bytes, guint n)
{
  guint64 word = 0;

  for (guint i = 0; i < n; i++)
    word = word << 8 | bytes[i];

  return word;
}

static void
count_add_span (Count *count, const Span *span)
{
  Count length = { { 0, 0, 0 } };
  Count first = { { 0, 0, 0 } };

  if (span->first.length == 4)
    {
      length.words[0] = read_word (span->last.bytes, 4);
      first.words[0] = read_word (span->first.bytes, 4);
    }
  else
    {
      length.words[0] = read_word (span->last.bytes + 8, 8);
      length.words[1] = read_word (span->last.bytes, 8);
      first.words[0] = read_word (span->first.bytes + 8, 8);
      first.words[1] = read_word (span->first.bytes, 8);
    }
  count_subtract (&length, &first);
  count_add_words (count, length.words[0], length.words[1]);
  count_add_words (count, 1, 0);
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  return road_address_compare (&((const Span *) a)->first, &((const Span *) b)->first);
}

/* Sorts spans and makes them disjoint. */
static void
merge (GArray *spans)
{
  guint n = 0;

  g_array_sort (spans, compare_starts);
  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);
      Span *end = n > 0 ? &g_array_index (spans, Span, n - 1) : NULL;

      if (end == NULL || road_address_compare (&span->first, &end->last) > 0)
        g_array_index (spans, Span, n++) = *span;
      else if (road_address_compare (&span->last, &end->last) > 0)
        end->last = span->last;
    }
  g_array_set_size (spans, n);
}

static gboolean
pattern_has (const RoadTargetItem *pattern, guint octet, guint value)
{
  return road_octet_set_contains (&pattern->u.octets[octet], (guint8) value);
}

/* Whether two values of an octet are in the same patterns. */
static gboolean
values_are_alike (GPtrArray *patterns, guint octet, guint a, guint b)
{
  for (guint i = 0; i < patterns->len; i++)
    {
      const RoadTargetItem *pattern = g_ptr_array_index (patterns, i);

      if (pattern_has (pattern, octet, a) != pattern_has (pattern, octet, b))
        return FALSE;
    }

  return TRUE;
}

static GPtrArray *
select_patterns (GPtrArray *patterns, guint octet, guint value)
{
  GPtrArray *selected = g_ptr_array_new ();

  for (guint i = 0; i < patterns->len; i++)
    {
      if (pattern_has (g_ptr_array_index (patterns, i), octet, value))
        g_ptr_array_add (selected, g_ptr_array_index (patterns, i));
    }

  return selected;
}

static guint64
count_pattern (const RoadTargetItem *pattern, guint octet)
{
  guint64 n = 1;

  for (guint i = octet; i < N_OCTETS; i++)
    n *= road_octet_set_count (&pattern->u.octets[i]);

  return n;
}

static guint64
count_block (guint32 base, guint octet, const Span4 *spans, guint n_spans, GPtrArray *patterns);

/* Like count_block() for a block that is neither in one span nor free of patterns. */
static guint64
count_values (guint32 base, guint octet, const Span4 *spans, guint n_spans, GPtrArray *patterns)
{
  const guint shift = 8 * (N_OCTETS - 1 - octet);
  gboolean free_of_spans[256] = { FALSE };
  guint64 n = 0;
  guint begin = 0;

  for (guint value = 0; value < 256; value++)
    {
      const guint32 first = base | (guint32) value << shift;
      const guint32 last = first + (guint32) ((G_GUINT64_CONSTANT (1) << shift) - 1);
      guint end;

      while (begin < n_spans && spans[begin].last < first)
        begin++;
      for (end = begin; end < n_spans && spans[end].first <= last;)
        end++;

      if (end > begin)
        {
          g_autoptr (GPtrArray) selected = select_patterns (patterns, octet, value);

          n += count_block (first, octet + 1, spans + begin, end - begin, selected);
        }
      free_of_spans[value] = end == begin;
    }

  for (guint value = 0; value < 256; value++)
    {
      g_autoptr (GPtrArray) selected = NULL;
      guint n_alike = 0;

      if (!free_of_spans[value])
        continue;

      for (guint other = value; other < 256; other++)
        {
          if (free_of_spans[other] && values_are_alike (patterns, octet, value, other))
            {
              free_of_spans[other] = FALSE;
              n_alike++;
            }
        }
      selected = select_patterns (patterns, octet, value);
      n += n_alike * count_block (0, octet + 1, NULL, 0, selected);
    }

  return n;
}

/* How many of the addresses that have the octets of @base before @octet are in @spans, which all overlap the
 * block, or in @patterns, which match these octets. */
static guint64
count_block (guint32 base, guint octet, const Span4 *spans, guint n_spans, GPtrArray *patterns)
{
  const guint64 size = G_GUINT64_CONSTANT (1) << 8 * (N_OCTETS - octet);
  const guint32 last = base + (guint32) (size - 1);
  guint64 n = 0;

  if (n_spans > 0 && spans[0].first <= base && spans[0].last >= last)
    return size;
  if (octet == N_OCTETS)
    return patterns->len > 0 ? 1 : 0;
  if (n_spans == 0 && patterns->len == 1)
    return count_pattern (g_ptr_array_index (patterns, 0), octet);
  if (patterns->len > 0)
    return count_values (base, octet, spans, n_spans, patterns);

  for (guint i = 0; i < n_spans; i++)
    n += (guint64) MIN (spans[i].last, last) - MAX (spans[i].first, base) + 1;

  return n;
}

static void
collect (GArray *items, GArray *spans, GPtrArray *patterns)
{
  for (guint i = 0; i < items->len; i++)
    {
      RoadTargetItem *item = &g_array_index (items, RoadTargetItem, i);

      if (item->kind == ROAD_TARGET_OCTETS)
        {
          g_ptr_array_add (patterns, item);
        }
      else
        {
          const Span span = { item->u.range.first, item->u.range.last };

          g_array_append_val (spans, span);
        }
    }
}

/* How many addresses are in @a or in @b. */
static Count
count_union (GArray *a, GArray *b)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));
  g_autoptr (GArray) spans4 = g_array_new (FALSE, FALSE, sizeof (Span4));
  g_autoptr (GPtrArray) patterns = g_ptr_array_new ();
  Count count = { { 0, 0, 0 } };

  collect (a, spans, patterns);
  if (b != NULL)
    collect (b, spans, patterns);
  merge (spans);

  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      if (span->first.length == 4 && patterns->len > 0)
        {
          const Span4 span4 = { (guint32) read_word (span->first.bytes, 4),
                                (guint32) read_word (span->last.bytes, 4) };

          g_array_append_val (spans4, span4);
        }
      else
        {
          count_add_span (&count, span);
        }
    }

  count_add_words (&count,
                   count_block (0, 0, (const Span4 *) (gpointer) spans4->data, spans4->len,
                                patterns),
                   0);

  return count;
}

/**
 * road_target_count:
 * @given: (element-type RoadTargetItem): ranges and patterns
 * @excluded: (element-type RoadTargetItem): ranges and patterns
 * @n_left: (out): how many addresses are in @given and not in @excluded, saturated at %G_MAXUINT64
 * @n_excluded: (out): how many addresses are in both, saturated at %G_MAXUINT64
 *
 * Counts each address once, however often it occurs.
 */
void
road_target_count (GArray *given, GArray *excluded, guint64 *n_left, guint64 *n_excluded)
{
  Count all = count_union (given, NULL);
  const Count without = count_union (excluded, NULL);
  Count left = count_union (given, excluded);

  count_subtract (&left, &without);
  count_subtract (&all, &left);
  *n_left = count_saturate (&left);
  *n_excluded = count_saturate (&all);
}

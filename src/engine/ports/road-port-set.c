/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-set-private.h"

#include <string.h>

#define MAX_PORT 65535

/* text is what was typed, or the canonical expression once it was needed; before[i] is the number of ports in
 * the ranges before the i-th. */
struct _RoadPortSet
{
  char *text;
  RoadPortRange *ranges;
  guint16 *before;
  guint n_ranges;
  guint n_ports;
};

G_DEFINE_BOXED_TYPE (RoadPortSet, road_port_set, road_port_set_ref, road_port_set_unref)

static GArray *
ranges_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (RoadPortRange));
}

/* Appends a range that does not begin before the last one, and merges the two if they touch. */
static void
ranges_append (GArray *ranges, guint first, guint last)
{
  RoadPortRange range = { (guint16) first, (guint16) last };

  if (ranges->len > 0)
    {
      RoadPortRange *end = &g_array_index (ranges, RoadPortRange, ranges->len - 1);

      if (first <= end->last + 1U)
        {
          end->last = MAX (end->last, range.last);
          return;
        }
    }
  g_array_append_val (ranges, range);
}

/* Takes ownership of @ranges. */
static RoadPortSet *
set_from_ranges (GArray *ranges)
{
  RoadPortSet *self = g_atomic_rc_box_new0 (RoadPortSet);

  self->n_ranges = ranges->len;
  self->before = g_new (guint16, ranges->len);
  for (guint i = 0; i < ranges->len; i++)
    {
      const RoadPortRange *range = &g_array_index (ranges, RoadPortRange, i);

      self->before[i] = (guint16) self->n_ports;
      self->n_ports += range->last - range->first + 1U;
    }
  self->ranges = g_memdup2 (ranges->data, ranges->len * sizeof (RoadPortRange));
  g_array_unref (ranges);

  return self;
}

/* Finds the runs of set bits, a word at a time. */
static RoadPortSet *
set_from_bits (const RoadPortBits *bits)
{
  GArray *ranges = ranges_new ();

  for (guint i = 0; i < G_N_ELEMENTS (bits->words); i++)
    {
      guint64 word = bits->words[i];

      while (word != 0)
        {
          guint first = (guint) __builtin_ctzll (word);
          guint64 gaps = ~word & (G_MAXUINT64 << first);
          guint end = gaps != 0 ? (guint) __builtin_ctzll (gaps) : 64;

          ranges_append (ranges, i * 64 + first, i * 64 + end - 1);
          word = end < 64 ? word & (G_MAXUINT64 << end) : 0;
        }
    }

  return set_from_ranges (ranges);
}

/* The index of the last range that begins at or before @port, or -1. */
static int
find_range (RoadPortSet *self, guint16 port)
{
  int low = 0;
  int high = (int) self->n_ranges;

  while (low < high)
    {
      int middle = (low + high) / 2;

      if (self->ranges[middle].first <= port)
        low = middle + 1;
      else
        high = middle;
    }

  return low - 1;
}

static void
port_set_clear (gpointer data)
{
  RoadPortSet *self = data;

  g_free (self->text);
  g_free (self->ranges);
  g_free (self->before);
}

void
road_port_bits_add_range (RoadPortBits *self, guint first, guint last)
{
  g_assert (first <= last && last <= MAX_PORT);

  for (guint i = first / 64; i <= last / 64; i++)
    {
      guint64 mask = G_MAXUINT64;

      if (i == first / 64)
        mask &= G_MAXUINT64 << (first % 64);
      if (i == last / 64)
        mask &= G_MAXUINT64 >> (63 - last % 64);
      self->words[i] |= mask;
    }
}

/**
 * road_port_set_parse:
 * @text: an expression such as “22,80,1000-2000”, “-100”, “60000-”, “-” (1 to 65535), “http*”,
 *   “[1-1024]” (the ports of the range that have a service name), “top:100” (the most common ports);
 *   or “none”
 * @error: return location for a %ROAD_ERROR_SYNTAX, which has the column of the fault
 *
 * Takes time and memory in proportion to the length of @text.
 *
 * Returns: (transfer full) (nullable): the ports, or %NULL if @text is wrong or empty
 */
RoadPortSet *
road_port_set_parse (const char *text, GError **error)
{
  RoadPortBits bits = { { 0 } };
  RoadPortSet *self;

  g_return_val_if_fail (text != NULL, NULL);

  if (!road_port_parser_run (text, &bits, error))
    return NULL;

  self = set_from_bits (&bits);
  self->text = g_strstrip (g_strdup (text));

  return self;
}

/**
 * road_port_set_new:
 * @ports: (array length=n_ports): ports in any order, repeated or not
 *
 * Returns: (transfer full): a new set
 */
RoadPortSet *
road_port_set_new (const guint16 *ports, gsize n_ports)
{
  GArray *ranges;
  gsize n;

  g_return_val_if_fail (ports != NULL || n_ports == 0, NULL);

  /* Mostly they are sorted, a few for each of thousands of hosts: then no bits are needed. */
  ranges = ranges_new ();
  for (n = 0; n < n_ports && (n == 0 || ports[n - 1] <= ports[n]); n++)
    ranges_append (ranges, ports[n], ports[n]);

  if (n < n_ports)
    {
      RoadPortBits bits = { { 0 } };

      g_array_unref (ranges);
      for (n = 0; n < n_ports; n++)
        road_port_bits_add (&bits, ports[n]);
      return set_from_bits (&bits);
    }

  return set_from_ranges (ranges);
}

RoadPortSet *
road_port_set_new_empty (void)
{
  return road_port_set_new (NULL, 0);
}

RoadPortSet *
road_port_set_union (RoadPortSet *a, RoadPortSet *b)
{
  GArray *ranges;
  guint i = 0;
  guint j = 0;

  g_return_val_if_fail (a != NULL, NULL);
  g_return_val_if_fail (b != NULL, NULL);

  ranges = ranges_new ();
  while (i < a->n_ranges || j < b->n_ranges)
    {
      const RoadPortRange *next;

      if (j == b->n_ranges || (i < a->n_ranges && a->ranges[i].first <= b->ranges[j].first))
        next = &a->ranges[i++];
      else
        next = &b->ranges[j++];
      ranges_append (ranges, next->first, next->last);
    }

  return set_from_ranges (ranges);
}

/* Like road_port_set_union(), but joins the texts: “top:1000” does not become a list of a thousand ports. */
RoadPortSet *
road_port_set_join (RoadPortSet *a, RoadPortSet *b)
{
  RoadPortSet *self;

  g_return_val_if_fail (a != NULL, NULL);
  g_return_val_if_fail (b != NULL, NULL);

  self = road_port_set_union (a, b);
  if (self->n_ports == a->n_ports || self->n_ports == b->n_ports)
    {
      RoadPortSet *whole = self->n_ports == a->n_ports ? a : b;

      road_port_set_unref (self);
      return road_port_set_ref (whole);
    }

  self->text = g_strjoin (",", road_port_set_get_text (a), road_port_set_get_text (b), NULL);

  return self;
}

RoadPortSet *
road_port_set_subtract (RoadPortSet *a, RoadPortSet *b)
{
  GArray *ranges;
  guint j = 0;

  g_return_val_if_fail (a != NULL, NULL);
  g_return_val_if_fail (b != NULL, NULL);

  ranges = ranges_new ();
  for (guint i = 0; i < a->n_ranges; i++)
    {
      guint first = a->ranges[i].first;
      guint last = a->ranges[i].last;

      while (j < b->n_ranges && b->ranges[j].last < first)
        j++;
      /* A range of b that ends after this one of a may cut the next one, too: j stays. */
      for (guint k = j; k < b->n_ranges && b->ranges[k].first <= last; k++)
        {
          if (b->ranges[k].first > first)
            ranges_append (ranges, first, b->ranges[k].first - 1U);
          first = b->ranges[k].last + 1U;
        }
      if (first <= last)
        ranges_append (ranges, first, last);
    }

  return set_from_ranges (ranges);
}

RoadPortSet *
road_port_set_intersect (RoadPortSet *a, RoadPortSet *b)
{
  GArray *ranges;
  guint i = 0;
  guint j = 0;

  g_return_val_if_fail (a != NULL, NULL);
  g_return_val_if_fail (b != NULL, NULL);

  ranges = ranges_new ();
  while (i < a->n_ranges && j < b->n_ranges)
    {
      guint first = MAX (a->ranges[i].first, b->ranges[j].first);
      guint last = MIN (a->ranges[i].last, b->ranges[j].last);

      if (first <= last)
        ranges_append (ranges, first, last);
      if (a->ranges[i].last < b->ranges[j].last)
        i++;
      else
        j++;
    }

  return set_from_ranges (ranges);
}

RoadPortSet *
road_port_set_ref (RoadPortSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
road_port_set_unref (RoadPortSet *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, port_set_clear);
}

/* Returns: the expression as it was typed, without white space around it; for a set that was not typed,
 * road_port_set_to_string(), or “none” for the empty set */
const char *
road_port_set_get_text (RoadPortSet *self)
{
  char *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_atomic_pointer_get (&self->text);
  if (text == NULL)
    {
      text = self->n_ports > 0 ? road_port_set_to_string (self) : g_strdup ("none");
      if (!g_atomic_pointer_compare_and_exchange (&self->text, NULL, text))
        {
          g_free (text);
          text = g_atomic_pointer_get (&self->text);
        }
    }

  return text;
}

/* Returns: (transfer full): the ports in order, as “1-21,23”; empty for the empty set */
char *
road_port_set_to_string (RoadPortSet *self)
{
  GString *string;

  g_return_val_if_fail (self != NULL, NULL);

  string = g_string_new (NULL);
  for (guint i = 0; i < self->n_ranges; i++)
    {
      const RoadPortRange *range = &self->ranges[i];

      if (i > 0)
        g_string_append_c (string, ',');
      g_string_append_printf (string, "%u", range->first);
      if (range->last > range->first)
        g_string_append_printf (string, "-%u", range->last);
    }

  return g_string_free (string, FALSE);
}

guint
road_port_set_get_n_ports (RoadPortSet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_ports;
}

/* Returns: the @n-th port in ascending order, from 0 */
guint16
road_port_set_get_nth (RoadPortSet *self, guint n)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (n < self->n_ports, 0);

  /* The last range with no more than n ports before it. */
  high = self->n_ranges;
  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (self->before[middle] <= n)
        low = middle;
      else
        high = middle;
    }

  return (guint16) (self->ranges[low].first + (n - self->before[low]));
}

gboolean
road_port_set_contains (RoadPortSet *self, guint16 port)
{
  int i;

  g_return_val_if_fail (self != NULL, FALSE);

  i = find_range (self, port);
  return i >= 0 && port <= self->ranges[i].last;
}

/* Returns: (array length=n_ranges): the ranges in ascending order, with a gap between each two */
const RoadPortRange *
road_port_set_get_ranges (RoadPortSet *self, guint *n_ranges)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_ranges != NULL, NULL);

  *n_ranges = self->n_ranges;
  return self->ranges;
}

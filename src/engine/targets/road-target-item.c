/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-item.h"

#include <string.h>

#define N_OCTETS 4

static guint64
read_be64 (const guint8 *bytes)
{
  guint64 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT64_FROM_BE (value);
}

static guint32
read_be32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_BE (value);
}

static guint64
count_range (const RoadAddress *first, const RoadAddress *last)
{
  guint64 high;
  guint64 low;

  if (first->length == 4)
    return (guint64) read_be32 (last->bytes) - read_be32 (first->bytes) + 1;

  low = read_be64 (last->bytes + 8) - read_be64 (first->bytes + 8);
  high = read_be64 (last->bytes) - read_be64 (first->bytes);
  if (read_be64 (last->bytes + 8) < read_be64 (first->bytes + 8))
    high--;

  return high > 0 || low == G_MAXUINT64 ? G_MAXUINT64 : low + 1;
}

guint
road_octet_set_count (const RoadOctetSet *self)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (self->bits); i++)
    n += (guint) __builtin_popcountll (self->bits[i]);

  return n;
}

gboolean
road_octet_set_contains (const RoadOctetSet *self, guint8 value)
{
  return (self->bits[value / 64] >> (value % 64) & 1) != 0;
}

static guint8
octet_set_get_nth (const RoadOctetSet *self, guint n)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->bits); i++)
    {
      guint64 word = self->bits[i];
      guint count = (guint) __builtin_popcountll (word);

      if (n < count)
        {
          while (n-- > 0)
            word &= word - 1;
          return (guint8) (i * 64 + (guint) __builtin_ctzll (word));
        }
      n -= count;
    }
  g_assert_not_reached ();
}

void
road_octet_set_add (RoadOctetSet *self, guint first, guint last)
{
  g_assert (last <= 255);

  for (guint value = first; value <= last; value++)
    self->bits[value / 64] |= G_GUINT64_CONSTANT (1) << (value % 64);
}

/**
 * road_target_item_init_name:
 * @self: (out): the item
 * @name: a host name
 * @prefix: the prefix length of a network, or -1
 *
 * Until it is resolved, a name with a prefix is counted as if it had an IPv4 address.
 */
void
road_target_item_init_name (RoadTargetItem *self, const char *name, int prefix)
{
  int host_bits = prefix < 0 ? 0 : prefix <= 32 ? 32 - prefix : 128 - prefix;

  self->kind = ROAD_TARGET_NAME;
  self->port = 0;
  self->n = host_bits < 64 ? G_GUINT64_CONSTANT (1) << host_bits : G_MAXUINT64;
  self->u.name.text = g_strdup (name);
  self->u.name.prefix = prefix;
}

/**
 * road_target_item_init_range:
 * @self: (out): the item
 * @first: the first address
 * @last: the last address, of the same family and zone and not lower than @first
 */
void
road_target_item_init_range (RoadTargetItem *self,
                             const RoadAddress *first,
                             const RoadAddress *last)
{
  g_assert (first->length == last->length && road_address_compare (first, last) <= 0);

  self->kind = ROAD_TARGET_RANGE;
  self->port = 0;
  self->n = count_range (first, last);
  self->u.range.first = *first;
  self->u.range.last = *last;
}

/**
 * road_target_item_init_network:
 * @self: (out): the item
 * @address: any address of the network
 * @prefix: the prefix length, at most 32 or 128
 *
 * Includes the first and last address, which IPv4 reserves for the network itself and for broadcast: nmap
 * scans them, and on today's networks they are often hosts.
 */
void
road_target_item_init_network (RoadTargetItem *self, const RoadAddress *address, guint prefix)
{
  RoadAddress first = *address;
  RoadAddress last = *address;

  g_assert (prefix <= address->length * 8U);

  for (guint bit = prefix; bit < address->length * 8U; bit++)
    {
      guint8 mask = (guint8) (0x80 >> (bit % 8));

      first.bytes[bit / 8] &= (guint8) ~mask;
      last.bytes[bit / 8] |= mask;
    }
  road_target_item_init_range (self, &first, &last);
}

/**
 * road_target_item_init_resolved:
 * @self: (out): the item
 * @name: a name
 * @address: one of its addresses
 *
 * Initialises @self with @address, or with the network around it if @name has a prefix length.
 *
 * Returns: %FALSE if the prefix is too long for the family of @address
 */
gboolean
road_target_item_init_resolved (RoadTargetItem *self,
                                const RoadTargetName *name,
                                const RoadAddress *address)
{
  int length = address->length * 8;

  if (name->prefix > length)
    return FALSE;
  road_target_item_init_network (self, address, (guint) (name->prefix < 0 ? length : name->prefix));

  return TRUE;
}

/* Whether a pattern has no gaps: the first octet that varies has a run of values, and all octets after it are
 * 0 to 255. */
static gboolean
octets_are_range (const RoadOctetSet octets[N_OCTETS])
{
  gboolean varies = FALSE;

  for (int i = 0; i < N_OCTETS; i++)
    {
      guint n = road_octet_set_count (&octets[i]);
      guint8 first = octet_set_get_nth (&octets[i], 0);
      guint8 last = octet_set_get_nth (&octets[i], n - 1);

      if (varies && n != 256)
        return FALSE;
      if (last - first + 1U != n)
        return FALSE;
      varies = varies || n > 1;
    }

  return TRUE;
}

/**
 * road_target_item_init_octets:
 * @self: (out): the item
 * @octets: (array fixed-size=4): the values of each octet; none is empty
 *
 * Initialises @self with an IPv4 pattern, or with a range if the pattern has no gaps.
 */
void
road_target_item_init_octets (RoadTargetItem *self, const RoadOctetSet octets[N_OCTETS])
{
  RoadTargetItem pattern = { .kind = ROAD_TARGET_OCTETS, .n = 1 };
  RoadAddress first;
  RoadAddress last;

  for (int i = 0; i < N_OCTETS; i++)
    pattern.n *= road_octet_set_count (&octets[i]);
  pattern.u.octets = g_memdup2 (octets, N_OCTETS * sizeof (RoadOctetSet));

  if (octets_are_range (octets))
    {
      road_target_item_get_nth (&pattern, 0, &first);
      road_target_item_get_nth (&pattern, pattern.n - 1, &last);
      road_target_item_clear (&pattern);
      road_target_item_init_range (self, &first, &last);
      return;
    }
  *self = pattern;
}

void
road_target_item_init_copy (RoadTargetItem *self, const RoadTargetItem *other)
{
  *self = *other;
  if (other->kind == ROAD_TARGET_NAME)
    self->u.name.text = g_strdup (other->u.name.text);
  else if (other->kind == ROAD_TARGET_OCTETS)
    self->u.octets = g_memdup2 (other->u.octets, N_OCTETS * sizeof (RoadOctetSet));
}

void
road_target_item_clear (RoadTargetItem *self)
{
  if (self->kind == ROAD_TARGET_NAME)
    g_free (self->u.name.text);
  else if (self->kind == ROAD_TARGET_OCTETS)
    g_free (self->u.octets);
}

/**
 * road_target_item_get_nth:
 * @self: an item that is not a name
 * @n: an index below its number of addresses
 * @address: (out): the address
 *
 * Computes the @n-th address; the last octet varies fastest.
 */
void
road_target_item_get_nth (const RoadTargetItem *self, guint64 n, RoadAddress *address)
{
  g_assert (self->kind != ROAD_TARGET_NAME && n < self->n);

  if (self->kind == ROAD_TARGET_RANGE)
    {
      *address = self->u.range.first;
      road_address_add (address, n);
      return;
    }

  memset (address, 0, sizeof *address);
  address->length = 4;
  for (int i = N_OCTETS - 1; i >= 0; i--)
    {
      guint count = road_octet_set_count (&self->u.octets[i]);

      address->bytes[i] = octet_set_get_nth (&self->u.octets[i], (guint) (n % count));
      n /= count;
    }
}

gboolean
road_target_item_pattern_contains (const RoadTargetItem *self, const RoadAddress *address)
{
  g_assert (self->kind == ROAD_TARGET_OCTETS);

  if (address->length != 4)
    return FALSE;
  for (int i = 0; i < N_OCTETS; i++)
    {
      if (!road_octet_set_contains (&self->u.octets[i], address->bytes[i]))
        return FALSE;
    }

  return TRUE;
}

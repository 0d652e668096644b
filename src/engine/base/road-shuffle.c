/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-shuffle.h"

/* A Feistel network of four rounds permutes the numbers with an even number of bits, whatever its round
 * function (Luby and Rackoff, 1988). A result out of range is fed back until it is in range (cycle walking;
 * Black and Rogaway, 2002): less than four times on average. */

/* The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
static guint64
mix (guint64 x)
{
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return x ^ (x >> 31);
}

/**
 * road_shuffle_init:
 * @n: the number of values, at least 1
 * @seed: equal seeds give equal permutations
 */
void
road_shuffle_init (RoadShuffle *self, guint64 n, guint64 seed)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (n > 0);

  self->n = n;
  self->half_bits = 1;
  while (self->half_bits < 32 && (G_GUINT64_CONSTANT (1) << (2 * self->half_bits)) < n)
    self->half_bits++;

  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    self->keys[i] = mix (seed + (i + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
}

guint64
road_shuffle_get (const RoadShuffle *self, guint64 index)
{
  guint64 mask;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (index < self->n, 0);

  mask = (G_GUINT64_CONSTANT (1) << self->half_bits) - 1;

  do
    {
      guint64 left = index >> self->half_bits;
      guint64 right = index & mask;

      for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
        {
          guint64 next = left ^ (mix (right ^ self->keys[i]) & mask);

          left = right;
          right = next;
        }

      index = left << self->half_bits | right;
    }
  while (index >= self->n);

  return index;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Everything that is random in the simulation is a hash of the seed and of what it is about, so that
 * each fact is the same in every run and can be known without having been stored. */

/* The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input changes half of the
 * bits of the output. */
static inline guint64
sim_mix (guint64 x)
{
  x += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return x ^ (x >> 31);
}

static inline guint64
sim_hash (guint64 seed, guint64 a, guint64 b)
{
  return sim_mix (sim_mix (sim_mix (seed) ^ a) ^ b);
}

/* A hash as a number from 0 to less than 1. */
static inline double
sim_fraction (guint64 hash)
{
  return (double) (hash >> 11) * 0x1p-53;
}

G_END_DECLS

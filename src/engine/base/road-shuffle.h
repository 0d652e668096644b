/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A random permutation of the numbers below @n, computed and never stored. The fields are private. */
typedef struct
{
  guint64 n;
  guint half_bits;
  guint64 keys[4];
} RoadShuffle;

void road_shuffle_init (RoadShuffle *self, guint64 n, guint64 seed);
guint64 road_shuffle_get (const RoadShuffle *self, guint64 index);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The maximum number of shards. */
#define ROAD_MAX_SHARDS 1000000

/* A part of a scan that several machines share: every n-th probe, beginning with the one of that number. If @n
 * is 0, it is the whole scan. */
typedef struct
{
  guint number; /* from 1 to @n */
  guint n;
} RoadShard;

gboolean road_shard_parse (RoadShard *self, const char *text);
char *road_shard_to_string (const RoadShard *self);
guint road_shard_count (const RoadShard *self, guint64 n_before, guint n_probes, guint *first);

G_END_DECLS

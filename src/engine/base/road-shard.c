/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-shard.h"

#include <string.h>

#include "road-syntax.h"

/**
 * road_shard_parse:
 * @self: (out): the shard; unchanged if @text is none
 * @text: such as “3/64”: the third of 64
 *
 * Returns: whether @text is a shard
 */
gboolean
road_shard_parse (RoadShard *self, const char *text)
{
  const char *slash;
  RoadShard shard;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  slash = strchr (text, '/');
  if (slash == NULL || !road_syntax_parse_number (text, slash, ROAD_MAX_SHARDS, &shard.number) ||
      !road_syntax_parse_number (slash + 1, text + strlen (text), ROAD_MAX_SHARDS, &shard.n) ||
      shard.number < 1 || shard.number > shard.n)
    return FALSE;

  *self = shard;

  return TRUE;
}

/* Returns: (transfer full): what road_shard_parse() reads */
char *
road_shard_to_string (const RoadShard *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%u/%u", self->number, self->n);
}

/**
 * road_shard_count:
 * @n_before: how many probes the whole scan has before those of this host
 * @n_probes: how many this host has
 * @first: (out): the first of them that is in the shard; every @n-th after it is, too
 *
 * Returns: how many of them are in the shard
 */
guint
road_shard_count (const RoadShard *self, guint64 n_before, guint n_probes, guint *first)
{
  guint64 skip;

  g_return_val_if_fail (self != NULL && first != NULL, n_probes);

  *first = 0;
  if (self->n == 0)
    return n_probes;

  skip = (self->number - 1 + self->n - n_before % self->n) % self->n;
  if (skip >= n_probes)
    return 0;

  *first = (guint) skip;

  return (n_probes - 1 - *first) / self->n + 1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SimLimit:
 * @rate: how many packets a second pass; 0 is no limit
 * @burst: how many pass at once after a rest
 *
 * A limit, as firewalls and kernels have it.
 */
typedef struct
{
  double rate;
  double burst;
} SimLimit;

/**
 * SimBucket:
 *
 * A token bucket: polices a limit, with no queue: what is too much vanishes. Initialise with zeros.
 */
typedef struct
{
  double tokens;
  gint64 filled_at;
} SimBucket;

gboolean sim_bucket_take (SimBucket *bucket, const SimLimit *limit, gint64 now);

G_END_DECLS

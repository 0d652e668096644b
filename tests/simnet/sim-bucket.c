/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-bucket.h"

/**
 * sim_bucket_take:
 * @bucket: a bucket
 * @limit: its limit
 * @now: the time in µs; never 0
 *
 * Returns: whether a packet may pass now
 */
gboolean
sim_bucket_take (SimBucket *bucket, const SimLimit *limit, gint64 now)
{
  if (limit->rate <= 0)
    return TRUE;

  if (bucket->filled_at == 0)
    bucket->tokens = limit->burst;
  else
    bucket->tokens += (double) (now - bucket->filled_at) * limit->rate / G_USEC_PER_SEC;

  bucket->tokens = MIN (bucket->tokens, limit->burst);
  bucket->filled_at = now;
  if (bucket->tokens < 1)
    return FALSE;

  bucket->tokens -= 1;

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-row-changes.h"

#include "engine/base/road-list-changes.h"
#include "road-result-order.h"

/* Announcing a change costs the views above about as much as replacing this many rows does. */
#define MAX_REPLACED_BETWEEN 500

/* A port that was scanned again can have another result. */
static gboolean
is_same_result (const RoadPortResult *a, const RoadPortResult *b)
{
  return a->state == b->state && a->reason == b->reason && a->latency_us == b->latency_us &&
         road_address_equal (&a->reason_from, &b->reason_from);
}

/**
 * road_row_changes_find:
 * @before: (element-type RoadPortResult): ports of @host, sorted by @order
 * @after: (element-type RoadPortResult): the same, later
 *
 * Returns: (transfer full) (element-type RoadListChange): the differences
 */
GArray *
road_row_changes_find (RoadSortOrder *order, RoadHost *host, GArray *before, GArray *after)
{
  GArray *changes = road_list_changes_new ();
  guint i = 0;
  guint j = 0;

  while (i < before->len || j < after->len)
    {
      int comparison;

      if (i == before->len)
        comparison = 1;
      else if (j == after->len)
        comparison = -1;
      else
        comparison =
            road_result_order_compare (order, host, &g_array_index (before, RoadPortResult, i),
                                       &g_array_index (after, RoadPortResult, j));

      if (comparison != 0)
        road_list_changes_add (changes, j, comparison < 0 ? 1 : 0, comparison > 0 ? 1 : 0);
      else if (!is_same_result (&g_array_index (before, RoadPortResult, i),
                                &g_array_index (after, RoadPortResult, j)))
        road_list_changes_add (changes, j, 1, 1);
      i += comparison <= 0 ? 1 : 0;
      j += comparison >= 0 ? 1 : 0;
    }

  return changes;
}

/* Whether it is better to also replace the rows from @first up to @last, which stay the same, than to
 * announce separately what changes before and after them. */
static gboolean
may_replace (GtkBitset *kept, guint first, guint last)
{
  if (last - first > MAX_REPLACED_BETWEEN)
    return FALSE;

  return first == last || kept == NULL || gtk_bitset_get_size_in_range (kept, first, last - 1) == 0;
}

/**
 * road_row_changes_join:
 * @changes: (element-type RoadListChange): see road_row_changes_find()
 * @kept: (nullable): positions before the changes, of rows that must not be replaced by the same ones
 *
 * Far from what the user sees, several changes become one that also replaces the rows between them.
 *
 * Returns: (transfer full) (element-type RoadListChange): fewer changes, or as many
 */
GArray *
road_row_changes_join (GArray *changes, GtkBitset *kept)
{
  GArray *joined = road_list_changes_new ();
  guint end = 0; /* of the last change, before any was made */

  for (guint i = 0; i < changes->len; i++)
    {
      const RoadListChange *change = &g_array_index (changes, RoadListChange, i);
      RoadListChange *last =
          joined->len > 0 ? &g_array_index (joined, RoadListChange, joined->len - 1) : NULL;
      guint n_between = change->position - (last != NULL ? last->position + last->n_added : 0);

      if (last != NULL && may_replace (kept, end, end + n_between))
        {
          last->n_removed += n_between + change->n_removed;
          last->n_added += n_between + change->n_added;
        }
      else
        {
          g_array_append_val (joined, *change);
        }

      end += n_between + change->n_removed;
    }

  return joined;
}

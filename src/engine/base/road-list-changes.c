/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-list-changes.h"

/* Each change that a list announces costs its views about as much as 1,000 rows in one change, so adjacent
 * changes are announced as one. */

GArray *
road_list_changes_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (RoadListChange));
}

/**
 * road_list_changes_add:
 * @changes: (element-type RoadListChange): changes
 * @position: where, once all of @changes are made; not before the end of the last of them
 *
 * Adds a change, merging it into the last one if that ends at @position.
 */
void
road_list_changes_add (GArray *changes, guint position, guint n_removed, guint n_added)
{
  const RoadListChange change = { position, n_removed, n_added };
  RoadListChange *last = NULL;

  g_return_if_fail (changes != NULL);

  if (changes->len > 0)
    last = &g_array_index (changes, RoadListChange, changes->len - 1);
  g_return_if_fail (last == NULL || last->position + last->n_added <= position);

  if (last != NULL && last->position + last->n_added == position)
    {
      last->n_removed += n_removed;
      last->n_added += n_added;
      return;
    }

  g_array_append_val (changes, change);
}

/**
 * road_list_changes_make:
 * @func: makes one change
 *
 * Makes and announces the changes one by one, so that the list is never different from what was announced.
 */
void
road_list_changes_make (GArray *changes,
                        GListModel *model,
                        RoadListChangeFunc func,
                        gpointer user_data)
{
  g_return_if_fail (changes != NULL);
  g_return_if_fail (G_IS_LIST_MODEL (model));
  g_return_if_fail (func != NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const RoadListChange *change = &g_array_index (changes, RoadListChange, i);

      func (model, change, user_data);
      g_list_model_items_changed (model, change->position, change->n_removed, change->n_added);
    }
}

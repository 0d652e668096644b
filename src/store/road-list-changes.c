/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-list-changes.h"

/* Each change that a list announces costs the views above about as much as 1,000 rows in one change
 * do, so what happens side by side is announced as one. */

/**
 * road_list_changes_new:
 *
 * Returns: (transfer full) (element-type RoadListChange): no changes yet
 */
GArray *
road_list_changes_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (RoadListChange));
}

/**
 * road_list_changes_add:
 * @changes: (element-type RoadListChange): changes
 * @position: where, after all of @changes were made; not before the end of the last of them
 * @n_removed: how many items go from there
 * @n_added: how many come there
 *
 * Adds a change, to the last one where that ends at @position.
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
 * @changes: (element-type RoadListChange): changes
 * @model: a list
 * @func: makes one change
 * @user_data: for @func
 *
 * Makes the changes one after the other and announces each, so that at no time the list is another
 * than what was announced.
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

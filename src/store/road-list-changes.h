/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RoadListChange:
 * @position: where, after all changes before this one were made
 * @n_removed: how many items go from there
 * @n_added: how many come there
 *
 * One items-changed of a list.
 */
typedef struct
{
  guint position;
  guint n_removed;
  guint n_added;
} RoadListChange;

/**
 * RoadListChangeFunc:
 * @model: the list
 * @change: what to do
 * @user_data: what was given to road_list_changes_make()
 *
 * Changes what the list holds, and tells nobody.
 */
typedef void (*RoadListChangeFunc) (GListModel *model,
                                    const RoadListChange *change,
                                    gpointer user_data);

GArray *road_list_changes_new (void);
void road_list_changes_add (GArray *changes, guint position, guint n_removed, guint n_added);
void road_list_changes_make (GArray *changes,
                             GListModel *model,
                             RoadListChangeFunc func,
                             gpointer user_data);

G_END_DECLS

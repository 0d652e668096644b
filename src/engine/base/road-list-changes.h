/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One “items-changed” of a list. */
typedef struct
{
  guint position;  /* where, after all earlier changes */
  guint n_removed; /* how many items are removed there */
  guint n_added;   /* how many are inserted there */
} RoadListChange;

/* Changes the contents of a list without announcing it. */
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

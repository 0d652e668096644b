/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The rows that were selected at one time, taken a few at a time: objects for a million of them at once would take
 * seconds. A host or group all of whose rows were selected is looked at only then, with what came meanwhile. */
typedef struct _RoadPickedRows RoadPickedRows;

RoadPickedRows *road_picked_rows_new (GtkTreeListModel *tree, GtkBitset *positions);
void road_picked_rows_free (RoadPickedRows *self);
gboolean road_picked_rows_take (RoadPickedRows *self, GPtrArray *items, guint n_items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadPickedRows, road_picked_rows_free)

G_END_DECLS

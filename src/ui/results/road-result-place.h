/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keeps what the user looks at in its place while rows are added to a tree in a column view. */
#define ROAD_TYPE_RESULT_PLACE (road_result_place_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultPlace, road_result_place, ROAD, RESULT_PLACE, GObject)

RoadResultPlace *road_result_place_new (GtkColumnView *column_view);
GtkBitset *road_result_place_get_shown (RoadResultPlace *self);
guint road_result_place_get_first (RoadResultPlace *self);
GObject *road_result_place_dup_focused (RoadResultPlace *self);
void road_result_place_focus (RoadResultPlace *self, guint position);
void road_result_place_hold (RoadResultPlace *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Called with the item of the row, a #RoadHost or #RoadPortRow, before the menu opens. */
typedef void (*RoadResultMenuFunc) (GObject *item, gpointer user_data);

void road_result_menu_set_up (GtkColumnView *column_view,
                              GtkPopover *popover,
                              RoadResultMenuFunc prepare,
                              gpointer user_data);
void road_result_menu_pop_up_at_focus (GtkColumnView *column_view, GtkPopover *popover);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Called before the menu opens at a place in the widget. Returns: whether there is something to open it for */
typedef gboolean (*RoadContextMenuFunc) (double x, double y, gpointer user_data);

void road_context_menu_set_up (GtkWidget *widget,
                               GtkPopover *popover,
                               RoadContextMenuFunc prepare,
                               gpointer user_data);
void road_context_menu_pop_up (GtkPopover *popover, GtkWidget *from, double x, double y);
void road_context_menu_name_items (GtkPopover *menu);
void road_context_menu_return_focus (GtkPopover *menu, GtkWidget *to);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-results-view.h"

G_BEGIN_DECLS

void
road_result_menu_set_up (RoadResultsView *view, GtkColumnView *column_view, GtkPopover *popover);
void road_result_menu_pop_up_at_focus (GtkColumnView *column_view, GtkPopover *popover);

G_END_DECLS

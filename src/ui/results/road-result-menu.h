/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-result-cell.h"

G_BEGIN_DECLS

RoadResultCell *road_result_menu_focus_row (GtkColumnView *column_view, double x, double y);
void road_result_menu_pop_up_at_focus (GtkColumnView *column_view, GtkPopover *popover);

G_END_DECLS

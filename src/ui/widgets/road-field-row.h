/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A field of a form: its title, an explanation, the widget that sets it, and what is wrong with its
 * value. */
#define ROAD_TYPE_FIELD_ROW (road_field_row_get_type ())
G_DECLARE_FINAL_TYPE (RoadFieldRow, road_field_row, ROAD, FIELD_ROW, GtkWidget)

void road_field_row_set_fault (RoadFieldRow *self, const char *message);
void road_field_row_name_drop_down (GtkDropDown *list, const char *title);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The columns of a comparison. */
typedef enum
{
  ROAD_CHANGE_COLUMN_TITLE,
  ROAD_CHANGE_COLUMN_CHANGE,
  ROAD_CHANGE_COLUMN_STATE,
  ROAD_CHANGE_COLUMN_SERVICE,
} RoadChangeColumn;

void road_change_columns_set_up (GtkColumnViewColumn *view_column, RoadChangeColumn column);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RoadChangeColumn:
 * @ROAD_CHANGE_COLUMN_TITLE: the host or the port
 * @ROAD_CHANGE_COLUMN_CHANGE: what became of it: a mark and a word
 * @ROAD_CHANGE_COLUMN_STATE: its state before and after
 * @ROAD_CHANGE_COLUMN_SERVICE: what answers on a port
 *
 * The columns of a comparison.
 */
typedef enum
{
  ROAD_CHANGE_COLUMN_TITLE,
  ROAD_CHANGE_COLUMN_CHANGE,
  ROAD_CHANGE_COLUMN_STATE,
  ROAD_CHANGE_COLUMN_SERVICE,
} RoadChangeColumn;

void road_change_columns_set_up (GtkColumnViewColumn *view_column, RoadChangeColumn column);

G_END_DECLS

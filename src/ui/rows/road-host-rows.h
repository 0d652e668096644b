/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-port-row.h"

G_BEGIN_DECLS

GtkTreeListRow *road_host_rows_get_host_row (GtkTreeListRow *row);
GtkTreeListRow *road_host_rows_get_group (GtkTreeListRow *row, guint index);
guint road_host_rows_find_end (GtkTreeListRow *row);
gboolean road_host_rows_find_range (GtkTreeListRow *host_row, RoadPortRow *item, guint *position);
RoadPortSet *road_host_rows_dup_extra (RoadHost *host);

G_END_DECLS

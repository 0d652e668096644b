/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* What is selected in a host, whatever places its rows have. All of its 65,535 ports can be selected, so there are no
 * objects for them. */
typedef struct
{
  RoadHost *host;
  gboolean itself;
  GtkBitset *ports;  /* by number */
  GPtrArray *others; /* of RoadPortRow, those for several ports */
} RoadSelectedRows;

RoadSelectedRows *
road_selected_rows_new (GtkTreeListModel *rows, GtkTreeListRow *host_row, GtkBitset *positions);
void road_selected_rows_free (RoadSelectedRows *self);
void road_selected_rows_add_positions (RoadSelectedRows *self,
                                       GtkTreeListRow *host_row,
                                       GtkBitset *positions);

G_END_DECLS

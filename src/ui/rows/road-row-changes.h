/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-host.h"
#include "road-sort-order.h"

G_BEGIN_DECLS

/* What is to be announced of the listed ports of a host when there are others. */

GArray *road_row_changes_find (RoadSortOrder *order, RoadHost *host, GArray *before, GArray *after);
GArray *road_row_changes_join (GArray *changes, GtkBitset *kept);

G_END_DECLS

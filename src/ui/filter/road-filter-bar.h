/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-filter.h"

G_BEGIN_DECLS

/* A search bar with an entry and a button for each state of a port, which sets a #RoadFilter. */
#define ROAD_TYPE_FILTER_BAR (road_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (RoadFilterBar, road_filter_bar, ROAD, FILTER_BAR, GtkWidget)

RoadFilter *road_filter_bar_get_filter (RoadFilterBar *self);
void road_filter_bar_set_results (RoadFilterBar *self, GtkWidget *results);
void road_filter_bar_set_counts (RoadFilterBar *self, const guint64 n_ports[ROAD_N_PORT_STATES]);
void road_filter_bar_adapt (RoadFilterBar *self, int width);
gboolean road_filter_bar_needs_adapting (RoadFilterBar *self, int width);
gboolean road_filter_bar_get_open (RoadFilterBar *self);
void road_filter_bar_open (RoadFilterBar *self);
void road_filter_bar_close (RoadFilterBar *self);
void road_filter_bar_clear (RoadFilterBar *self);

G_END_DECLS

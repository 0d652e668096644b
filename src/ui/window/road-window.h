/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/scan/road-scan.h"
#include "store/road-profile-store.h"

G_BEGIN_DECLS

/* The main window: targets, one scan or opened file, and its results. */
#define ROAD_TYPE_WINDOW (road_window_get_type ())
G_DECLARE_FINAL_TYPE (RoadWindow, road_window, ROAD, WINDOW, GtkApplicationWindow)

RoadWindow *road_window_new (GtkApplication *application, RoadProfileStore *profiles);
gboolean road_window_is_unused (RoadWindow *self);
void road_window_set_targets (RoadWindow *self, const char *targets);
void road_window_open (RoadWindow *self, GFile *file);
void road_window_end_async (RoadWindow *self, GAsyncReadyCallback callback, gpointer user_data);
RoadScan *road_window_get_scan (RoadWindow *self);

G_END_DECLS

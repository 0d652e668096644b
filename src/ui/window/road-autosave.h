/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "store/road-recent-scans.h"
#include "engine/scan/road-scan.h"

G_BEGIN_DECLS

/* Keeps results from being lost: saves a finished scan among the recent scans, and asks the user before
 * results are discarded that are neither there nor saved to a file. */
#define ROAD_TYPE_AUTOSAVE (road_autosave_get_type ())
G_DECLARE_FINAL_TYPE (RoadAutosave, road_autosave, ROAD, AUTOSAVE, GObject)

RoadAutosave *road_autosave_new (RoadRecentScans *recent);
void road_autosave_set_scan (RoadAutosave *self, RoadScan *scan);
void road_autosave_set_saved (RoadAutosave *self);
void road_autosave_save_again (RoadAutosave *self);
void road_autosave_try_again (RoadAutosave *self);
gboolean road_autosave_would_lose (RoadAutosave *self);

void road_autosave_discard_async (RoadAutosave *self,
                                  GtkWindow *parent,
                                  const char *button,
                                  const char *stop_button,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void road_autosave_end_async (RoadAutosave *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean road_autosave_discard_finish (RoadAutosave *self, GAsyncResult *result);

G_END_DECLS

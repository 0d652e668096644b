/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-autosave.h"
#include "ui/widgets/road-notices.h"
#include "road-opening-page.h"

G_BEGIN_DECLS

/* Files in a window: asks for them, finds out what they are, opens and saves reports, and shows errors in
 * the window. */
#define ROAD_TYPE_FILES (road_files_get_type ())
G_DECLARE_FINAL_TYPE (RoadFiles, road_files, ROAD, FILES, GObject)

RoadFiles *road_files_new (GtkWindow *window,
                           RoadAutosave *autosave,
                           RoadNotices *notices,
                           RoadOpeningPage *page);
void road_files_add_actions (RoadFiles *self, GActionMap *map);
void road_files_open (RoadFiles *self, GFile *file);
void road_files_cancel (RoadFiles *self);
gboolean road_files_get_opening (RoadFiles *self);
gboolean road_files_get_busy (RoadFiles *self);
void road_files_save_as (RoadFiles *self, RoadReport *report);

G_END_DECLS

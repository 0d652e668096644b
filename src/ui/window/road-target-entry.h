/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/targets/road-target-spec.h"

G_BEGIN_DECLS

/* The entry for the targets. Errors are explained in a popover below it, so that nothing in the window
 * moves. */
#define ROAD_TYPE_TARGET_ENTRY (road_target_entry_get_type ())
G_DECLARE_FINAL_TYPE (RoadTargetEntry, road_target_entry, ROAD, TARGET_ENTRY, GtkWidget)

RoadTargetSpec *road_target_entry_parse (RoadTargetEntry *self);
RoadTargetSpec *road_target_entry_peek (RoadTargetEntry *self);
void road_target_entry_set_text (RoadTargetEntry *self, const char *text);
void road_target_entry_take_focus (RoadTargetEntry *self);
void road_target_entry_set_boxes (RoadTargetEntry *self,
                                  GtkBox *wide_box,
                                  GtkBox *narrow_box,
                                  GtkWidget *button);
void road_target_entry_adapt (RoadTargetEntry *self, int window_width);

G_END_DECLS

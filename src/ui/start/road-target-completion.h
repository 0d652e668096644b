/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A list below an entry that offers what was scanned before: what contains the text while that is typed,
 * everything when Down is pressed in an empty entry. The keyboard focus moves into the list, so that screen
 * readers read its rows. */
#define ROAD_TYPE_TARGET_COMPLETION (road_target_completion_get_type ())
G_DECLARE_FINAL_TYPE (
    RoadTargetCompletion, road_target_completion, ROAD, TARGET_COMPLETION, GObject)

RoadTargetCompletion *road_target_completion_new (GtkWidget *parent, GtkEntry *entry);
void road_target_completion_set_text (RoadTargetCompletion *self, const char *text);
void road_target_completion_close (RoadTargetCompletion *self);

G_END_DECLS

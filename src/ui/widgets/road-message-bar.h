/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  ROAD_MESSAGE_INFO,
  ROAD_MESSAGE_WARNING,
  ROAD_MESSAGE_ERROR,
} RoadMessageKind;

/* A message across the window that stays until it is dismissed and does not block anything. */
#define ROAD_TYPE_MESSAGE_BAR (road_message_bar_get_type ())
G_DECLARE_FINAL_TYPE (RoadMessageBar, road_message_bar, ROAD, MESSAGE_BAR, GtkWidget)

void road_message_bar_add_button (RoadMessageBar *self, const char *label, const char *action_name);
void road_message_bar_show (RoadMessageBar *self,
                            RoadMessageKind kind,
                            const char *text,
                            const char *details);
void road_message_bar_hide (RoadMessageBar *self);

G_END_DECLS

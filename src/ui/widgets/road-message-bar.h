/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RoadMessageKind:
 * @ROAD_MESSAGE_INFO: something was done, which can be taken back
 * @ROAD_MESSAGE_WARNING: something needs attention
 * @ROAD_MESSAGE_ERROR: something could not be done
 *
 * How bad it is.
 */
typedef enum
{
  ROAD_MESSAGE_INFO,
  ROAD_MESSAGE_WARNING,
  ROAD_MESSAGE_ERROR,
} RoadMessageKind;

/**
 * RoadMessageBar:
 *
 * A message across the window that waits until it is read and stops nobody from working.
 */
#define ROAD_TYPE_MESSAGE_BAR (road_message_bar_get_type ())
G_DECLARE_FINAL_TYPE (RoadMessageBar, road_message_bar, ROAD, MESSAGE_BAR, GtkWidget)

void road_message_bar_add_button (RoadMessageBar *self, const char *label, const char *action_name);
void road_message_bar_show (RoadMessageBar *self,
                            RoadMessageKind kind,
                            const char *text,
                            const char *details);
void road_message_bar_hide (RoadMessageBar *self);

G_END_DECLS

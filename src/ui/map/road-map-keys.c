/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-map-keys.h"

#include "road-map-layout.h"

static void
add_key (
    GtkWidgetClass *widget_class, GtkShortcutFunc func, guint key, guint keypad, RoadMapMove move)
{
  gtk_widget_class_add_binding (widget_class, key, 0, func, "i", (int) move);
  gtk_widget_class_add_binding (widget_class, keypad, 0, func, "i", (int) move);
}

/* @move: called with a #RoadMapMove as an int
 * @jump: called with %ROAD_MAP_LEFT or %ROAD_MAP_RIGHT */
void
road_map_keys_add (GtkWidgetClass *widget_class,
                   GtkShortcutFunc move,
                   GtkShortcutFunc jump,
                   GtkShortcutFunc activate)
{
  const guint activating[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space };

  add_key (widget_class, move, GDK_KEY_Left, GDK_KEY_KP_Left, ROAD_MAP_LEFT);
  add_key (widget_class, move, GDK_KEY_Right, GDK_KEY_KP_Right, ROAD_MAP_RIGHT);
  add_key (widget_class, move, GDK_KEY_Up, GDK_KEY_KP_Up, ROAD_MAP_UPWARDS);
  add_key (widget_class, move, GDK_KEY_Down, GDK_KEY_KP_Down, ROAD_MAP_DOWNWARDS);
  add_key (widget_class, move, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, ROAD_MAP_PAGE_UP);
  add_key (widget_class, move, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, ROAD_MAP_PAGE_DOWN);
  add_key (widget_class, move, GDK_KEY_Home, GDK_KEY_KP_Home, ROAD_MAP_ROW_START);
  add_key (widget_class, move, GDK_KEY_End, GDK_KEY_KP_End, ROAD_MAP_ROW_END);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, GDK_CONTROL_MASK, move, "i",
                                (int) ROAD_MAP_FIRST);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, GDK_CONTROL_MASK, move, "i",
                                (int) ROAD_MAP_LAST);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_CONTROL_MASK, jump, "i",
                                (int) ROAD_MAP_LEFT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, GDK_CONTROL_MASK, jump, "i",
                                (int) ROAD_MAP_RIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (activating); i++)
    gtk_widget_class_add_binding (widget_class, activating[i], 0, activate, NULL);
}

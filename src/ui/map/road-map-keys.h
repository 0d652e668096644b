/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void road_map_keys_add (GtkWidgetClass *widget_class,
                        GtkShortcutFunc move,
                        GtkShortcutFunc jump,
                        GtkShortcutFunc activate);

G_END_DECLS

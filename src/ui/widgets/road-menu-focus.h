/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void road_menu_focus_return (GtkPopover *menu, GtkWidget *to);

G_END_DECLS

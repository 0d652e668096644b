/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The page while a large file is opened: progress, and a button that activates win.stop. */
#define ROAD_TYPE_OPENING_PAGE (road_opening_page_get_type ())
G_DECLARE_FINAL_TYPE (RoadOpeningPage, road_opening_page, ROAD, OPENING_PAGE, GtkWidget)

void road_opening_page_set_file (RoadOpeningPage *self, GFile *file);
void road_opening_page_set_fraction (RoadOpeningPage *self, double fraction);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The application: its command line, its windows and what they share. */
#define ROAD_TYPE_APPLICATION (road_application_get_type ())
G_DECLARE_FINAL_TYPE (RoadApplication, road_application, ROAD, APPLICATION, GtkApplication)

RoadApplication *road_application_new (void);

G_END_DECLS

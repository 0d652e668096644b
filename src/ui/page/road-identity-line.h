/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* Says what the results below it are: targets, ports, when, for how long, from which file; and what would be
 * scanned instead. Where there is no room, the last of these go first. */
#define ROAD_TYPE_IDENTITY_LINE (road_identity_line_get_type ())
G_DECLARE_FINAL_TYPE (RoadIdentityLine, road_identity_line, ROAD, IDENTITY_LINE, GtkWidget)

void road_identity_line_set_report (RoadIdentityLine *self, RoadReport *report);
void road_identity_line_set_live (RoadIdentityLine *self, gboolean live);
void road_identity_line_set_file_name (RoadIdentityLine *self, const char *name);
void road_identity_line_set_hint (RoadIdentityLine *self, const char *hint);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* Says what the results below it are: targets, ports, when, for how long. */
#define ROAD_TYPE_IDENTITY_LINE (road_identity_line_get_type ())
G_DECLARE_FINAL_TYPE (RoadIdentityLine, road_identity_line, ROAD, IDENTITY_LINE, GtkWidget)

void road_identity_line_set_report (RoadIdentityLine *self, RoadReport *report);

G_END_DECLS

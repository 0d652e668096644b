/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* Tells users of screen readers that a scan starts, from time to time what it has found, and that it has
 * ended; and whatever else is to be announced. It is not seen. */
#define ROAD_TYPE_RESULT_ANNOUNCER (road_result_announcer_get_type ())
G_DECLARE_FINAL_TYPE (RoadResultAnnouncer, road_result_announcer, ROAD, RESULT_ANNOUNCER, GtkWidget)

void road_result_announcer_announce (RoadResultAnnouncer *self, const char *text);
void road_result_announcer_set_report (RoadResultAnnouncer *self, RoadReport *report);

G_END_DECLS

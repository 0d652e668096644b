/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* What was found out about the service on a port: what is remarkable, and a list of facts. */
#define ROAD_TYPE_SERVICE_VIEW (road_service_view_get_type ())
G_DECLARE_FINAL_TYPE (RoadServiceView, road_service_view, ROAD, SERVICE_VIEW, GtkWidget)

void road_service_view_set_port (RoadServiceView *self,
                                 RoadReport *report,
                                 RoadHost *host,
                                 guint16 port);
gboolean road_service_view_is_empty (RoadServiceView *self);

G_END_DECLS

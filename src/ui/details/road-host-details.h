/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"
#include "ui/widgets/road-selection.h"

G_BEGIN_DECLS

/* What is known about a host: its names, addresses, round-trip times and ports. */
#define ROAD_TYPE_HOST_DETAILS (road_host_details_get_type ())
G_DECLARE_FINAL_TYPE (RoadHostDetails, road_host_details, ROAD, HOST_DETAILS, GtkWidget)

void road_host_details_set_selection (RoadHostDetails *self, RoadSelection *selection);
void road_host_details_set_host (RoadHostDetails *self, RoadHost *host);

G_END_DECLS

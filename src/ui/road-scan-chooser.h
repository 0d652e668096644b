/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-profile.h"

G_BEGIN_DECLS

/**
 * RoadScanChooser:
 *
 * What to scan: a menu button with the usual choices of ports and room for a list of one's own.
 */
#define ROAD_TYPE_SCAN_CHOOSER (road_scan_chooser_get_type ())
G_DECLARE_FINAL_TYPE (RoadScanChooser, road_scan_chooser, ROAD, SCAN_CHOOSER, GtkWidget)

RoadProfile *road_scan_chooser_make_profile (RoadScanChooser *self);
void road_scan_chooser_set_ports (RoadScanChooser *self, RoadPortSet *ports);
const char *road_scan_chooser_get_choice (RoadScanChooser *self);
void road_scan_chooser_set_choice (RoadScanChooser *self, const char *choice);

G_END_DECLS

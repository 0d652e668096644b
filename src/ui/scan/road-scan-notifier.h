/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/scan/road-scan.h"

G_BEGIN_DECLS

/* Tells the desktop that a long scan has ended while the user was elsewhere. The notification goes away when
 * the window gets the focus. */
#define ROAD_TYPE_SCAN_NOTIFIER (road_scan_notifier_get_type ())
G_DECLARE_FINAL_TYPE (RoadScanNotifier, road_scan_notifier, ROAD, SCAN_NOTIFIER, GObject)

void road_scan_notifier_add_actions (GApplication *application);
RoadScanNotifier *road_scan_notifier_new (GtkApplicationWindow *window);
void road_scan_notifier_set_scan (RoadScanNotifier *self, RoadScan *scan);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "store/road-profile-store.h"

G_BEGIN_DECLS

/* A menu button to select what to scan: a profile, or custom ports. */
#define ROAD_TYPE_SCAN_CHOOSER (road_scan_chooser_get_type ())
G_DECLARE_FINAL_TYPE (RoadScanChooser, road_scan_chooser, ROAD, SCAN_CHOOSER, GtkWidget)

void road_scan_chooser_set_store (RoadScanChooser *self, RoadProfileStore *store);
RoadProfileItem *road_scan_chooser_get_item (RoadScanChooser *self);
void road_scan_chooser_set_item (RoadScanChooser *self, RoadProfileItem *item);
RoadProfile *road_scan_chooser_make_profile (RoadScanChooser *self);
RoadProfile *road_scan_chooser_peek_profile (RoadScanChooser *self);
void road_scan_chooser_set_profile (RoadScanChooser *self, RoadProfile *profile);
const char *road_scan_chooser_get_list (RoadScanChooser *self);
void road_scan_chooser_choose_list (RoadScanChooser *self, const char *list);
void road_scan_chooser_restore (RoadScanChooser *self,
                                const char *id,
                                const char *list,
                                gboolean list_chosen);

G_END_DECLS

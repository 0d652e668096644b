/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-autosave.h"
#include "road-scan-session.h"
#include "road-target-entry.h"
#include "ui/profiles/road-scan-chooser.h"
#include "ui/widgets/road-notices.h"

G_BEGIN_DECLS

/* Begins scans in a window: of what the target entry says, of a given target, or of what is shown. Asks
 * first if that would lose something. */
#define ROAD_TYPE_SCAN_STARTER (road_scan_starter_get_type ())
G_DECLARE_FINAL_TYPE (RoadScanStarter, road_scan_starter, ROAD, SCAN_STARTER, GObject)

RoadScanStarter *road_scan_starter_new (GtkWindow *window,
                                        RoadScanSession *session,
                                        RoadAutosave *autosave,
                                        RoadNotices *notices);
void road_scan_starter_set_inputs (RoadScanStarter *self,
                                   RoadTargetEntry *target_entry,
                                   RoadScanChooser *scan_chooser);
void road_scan_starter_add_actions (RoadScanStarter *self, GActionMap *map);
void road_scan_starter_set_report (RoadScanStarter *self, RoadReport *report);
void road_scan_starter_repeat (RoadScanStarter *self, RoadReport *report);
void road_scan_starter_continue (RoadScanStarter *self, RoadInterruptedScan *interrupted);
void road_scan_starter_start (RoadScanStarter *self);

G_END_DECLS

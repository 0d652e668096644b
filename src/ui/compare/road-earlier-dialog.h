/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"
#include "store/road-recent-scans.h"

G_BEGIN_DECLS

/* Asks which earlier scan of the same targets to compare a report with, or for another file. */
#define ROAD_TYPE_EARLIER_DIALOG (road_earlier_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoadEarlierDialog, road_earlier_dialog, ROAD, EARLIER_DIALOG, GtkWindow)

RoadEarlierDialog *
road_earlier_dialog_new (GtkWindow *parent, RoadRecentScans *scans, RoadReport *report);

G_END_DECLS

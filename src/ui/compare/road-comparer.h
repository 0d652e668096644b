/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-comparison-view.h"
#include "ui/widgets/road-notices.h"
#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* Comparing in a window: asks for the missing files, opens them, shows the comparison in place of the
 * results, updates it while the scan runs, and saves it. */
#define ROAD_TYPE_COMPARER (road_comparer_get_type ())
G_DECLARE_FINAL_TYPE (RoadComparer, road_comparer, ROAD, COMPARER, GObject)

RoadComparer *road_comparer_new (GtkWindow *window,
                                 GtkStack *stack,
                                 RoadComparisonView *view,
                                 RoadNotices *notices);
void road_comparer_add_actions (RoadComparer *self, GActionMap *map);
void road_comparer_set_report (RoadComparer *self, RoadReport *report);
void road_comparer_compare (RoadComparer *self, RoadReport *report, GFile *file);
void road_comparer_compare_reports (RoadComparer *self, RoadReport *report, RoadReport *other);
void road_comparer_leave (RoadComparer *self);
gboolean road_comparer_get_shown (RoadComparer *self);
void road_comparer_save (RoadComparer *self);

G_END_DECLS

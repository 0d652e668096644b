/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-host-comparison.h"
#include "engine/report/road-report.h"

G_BEGIN_DECLS

/**
 * RoadComparison:
 *
 * What is different between two reports. Immutable: it is made from what the reports say at that
 * time, also of a scan that goes on. It belongs to the main thread, as reports do.
 *
 * Hosts are matched by address. Of those that are left, two to which the user gave the same name are
 * one host that moved. Names from the DNS do not count: they are whoever's who runs it.
 */
#define ROAD_TYPE_COMPARISON (road_comparison_get_type ())
G_DECLARE_FINAL_TYPE (RoadComparison, road_comparison, ROAD, COMPARISON, GObject)

RoadComparison *road_comparison_new (RoadReport *before, RoadReport *after, RoadCompareFlags flags);
void road_comparison_new_async (RoadReport *before,
                                RoadReport *after,
                                RoadCompareFlags flags,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
RoadComparison *road_comparison_new_finish (GAsyncResult *result, GError **error);

RoadReport *road_comparison_get_report (RoadComparison *self, RoadSide side);
RoadReportStatus road_comparison_get_status (RoadComparison *self, RoadSide side);
guint road_comparison_get_n_items (RoadComparison *self);
RoadHostComparison *road_comparison_get_item (RoadComparison *self, guint index);
guint road_comparison_get_n_hosts (RoadComparison *self, RoadChange change);
guint road_comparison_get_n_moved (RoadComparison *self);
guint64 road_comparison_get_n_ports (RoadComparison *self, RoadChange change);
guint64 road_comparison_get_n_open_not_compared (RoadComparison *self);
gboolean road_comparison_is_same (RoadComparison *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-host-comparison.h"
#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* The differences between two reports. Immutable: a snapshot, also of a running scan. Belongs to the main
 * thread, like reports.
 *
 * Hosts are matched by address. Of the rest, two hosts with the same user name are one that moved. Names
 * from DNS are not used: whoever runs the DNS server chooses them. */
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

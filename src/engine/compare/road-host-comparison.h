/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-change.h"
#include "road-coverage.h"
#include "road-service-changes.h"
#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* A row of a comparison: a port, or a count of ports that changed in the same way and are too many to be
 * listed one by one. */
typedef struct
{
  const RoadPortChange *change; /* the change; belongs to the #RoadHostComparison */
  guint16 port;                 /* the port, or the first of several */
  guint n_ports;
} RoadPortChangeRow;

/* The differences between two reports about one host. Immutable: a snapshot. */
#define ROAD_TYPE_HOST_COMPARISON (road_host_comparison_get_type ())
G_DECLARE_FINAL_TYPE (RoadHostComparison, road_host_comparison, ROAD, HOST_COMPARISON, GObject)

RoadHostComparison *road_host_comparison_new (RoadHost *const hosts[ROAD_N_SIDES],
                                              RoadCoverage *const coverages[ROAD_N_SIDES],
                                              RoadCompareFlags flags);
RoadChange road_host_comparison_get_change (RoadHostComparison *self);
RoadHost *road_host_comparison_get_host (RoadHostComparison *self, RoadSide side);
RoadHostFinding road_host_comparison_get_finding (RoadHostComparison *self, RoadSide side);
const RoadAddress *road_host_comparison_get_address (RoadHostComparison *self);
const char *road_host_comparison_get_address_string (RoadHostComparison *self);
const char *road_host_comparison_get_title (RoadHostComparison *self);
gboolean road_host_comparison_get_moved (RoadHostComparison *self);
const char *road_host_comparison_get_mac_text (RoadHostComparison *self, RoadSide side);
gboolean road_host_comparison_get_mac_changed (RoadHostComparison *self);
guint road_host_comparison_get_n_ports (RoadHostComparison *self, RoadChange change);
RoadServiceChanges road_host_comparison_get_service_changes (RoadHostComparison *self,
                                                             guint16 port);
const char *
road_host_comparison_get_version (RoadHostComparison *self, RoadSide side, guint16 port);
const char *road_host_comparison_get_service (RoadHostComparison *self, guint16 port);
guint road_host_comparison_get_n_open_not_compared (RoadHostComparison *self);
GArray *road_host_comparison_get_rows (RoadHostComparison *self, gboolean all);
gboolean road_host_comparison_has_rows (RoadHostComparison *self, gboolean all);
gboolean road_host_comparison_equal (RoadHostComparison *self, RoadHostComparison *other);

G_END_DECLS

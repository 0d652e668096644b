/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-host.h"
#include "road-profile.h"

G_BEGIN_DECLS

/**
 * RoadReportStatus:
 * @ROAD_REPORT_RUNNING: the scan goes on
 * @ROAD_REPORT_FINISHED: everything was scanned
 * @ROAD_REPORT_STOPPED: the user stopped it; what is there is kept
 * @ROAD_REPORT_FAILED: our own machine could not go on; what is there is kept
 */
typedef enum
{
  ROAD_REPORT_RUNNING,
  ROAD_REPORT_FINISHED,
  ROAD_REPORT_STOPPED,
  ROAD_REPORT_FAILED,
} RoadReportStatus;

/* How Roadstead asks ports, in the words of nmap’s XML. */
#define ROAD_SCAN_TYPE_CONNECT "connect"

/**
 * RoadReport:
 *
 * The document: what was scanned, how, when, and what was found. A running scan, a finished one and
 * an opened file are the same type to the window and to the writers. It is a #GListModel of its
 * #RoadHost objects, which only grows. Belongs to the main thread.
 */
#define ROAD_TYPE_REPORT (road_report_get_type ())
G_DECLARE_FINAL_TYPE (RoadReport, road_report, ROAD, REPORT, GObject)

RoadReport *road_report_new (const char *targets, RoadProfile *profile);

const char *road_report_get_targets (RoadReport *self);
RoadProfile *road_report_get_profile (RoadReport *self);
const char *road_report_get_scanner_name (RoadReport *self);
const char *road_report_get_scanner_version (RoadReport *self);
const char *road_report_get_scan_type (RoadReport *self);
GDateTime *road_report_get_started (RoadReport *self);
GDateTime *road_report_get_finished (RoadReport *self);
double road_report_get_elapsed (RoadReport *self);
RoadReportStatus road_report_get_status (RoadReport *self);
const char *const *road_report_get_problems (RoadReport *self);
guint64 road_report_get_n_targets (RoadReport *self);
guint64 road_report_get_n_excluded (RoadReport *self);
GPtrArray *road_report_dup_hosts (RoadReport *self);
guint road_report_get_n_hosts (RoadReport *self, RoadHostState state);
guint64 road_report_get_n_unlisted_down (RoadReport *self);
guint64 road_report_get_n_ports (RoadReport *self, RoadPortState state);

/* For who fills a report in: the scan and the readers of saved reports. */
void road_report_set_scanner (RoadReport *self,
                              const char *name,
                              const char *version,
                              const char *scan_type);
void road_report_set_started (RoadReport *self, GDateTime *started);
void road_report_set_n_targets (RoadReport *self, guint64 n_targets);
void road_report_set_n_excluded (RoadReport *self, guint64 n_excluded);
void road_report_add_problem (RoadReport *self, const char *problem);
void road_report_add_hosts (RoadReport *self, GPtrArray *hosts);
void road_report_update_host (RoadReport *self, RoadHost *newer, RoadPortSet *covered);
void road_report_add_down (RoadReport *self, guint64 n_hosts);
void
road_report_finish (RoadReport *self, RoadReportStatus status, GDateTime *finished, double elapsed);

const char *road_report_status_to_string (RoadReportStatus status);
gboolean road_report_status_from_string (const char *string, RoadReportStatus *status);

G_END_DECLS

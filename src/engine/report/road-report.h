/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/targets/road-target-item.h"
#include "road-host.h"
#include "road-profile.h"

G_BEGIN_DECLS

typedef enum
{
  ROAD_REPORT_RUNNING,  /* the scan is running */
  ROAD_REPORT_FINISHED, /* everything was scanned */
  ROAD_REPORT_STOPPED,  /* the user stopped the scan */
  ROAD_REPORT_FAILED,   /* our own machine could not go on */
} RoadReportStatus;

/* How Roadstead probes ports, in the terms of nmap’s XML. */
#define ROAD_SCAN_TYPE_CONNECT "connect"

/* The document: what was scanned, how, when, and the results, of a running scan, a finished one or an opened
 * file. A #GListModel of #RoadHost objects, which only grows. Belongs to the main thread. */
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
gboolean road_report_get_knows_ended (RoadReport *self);
const RoadOctetSet *road_report_get_ended (RoadReport *self, const RoadAddress *address);
guint64 road_report_get_n_ended (RoadReport *self);

/* For the scan and the readers of saved reports. */
void road_report_set_scanner (RoadReport *self,
                              const char *name,
                              const char *version,
                              const char *scan_type);
void road_report_set_started (RoadReport *self, GDateTime *started);
void road_report_set_n_targets (RoadReport *self, guint64 n_targets);
void road_report_set_n_excluded (RoadReport *self, guint64 n_excluded);
void road_report_add_problem (RoadReport *self, const char *problem);
void road_report_add_problems (RoadReport *self, const char *const *problems);
void road_report_add_hosts (RoadReport *self, GPtrArray *hosts);
void road_report_update_host (RoadReport *self, RoadHost *newer, RoadPortSet *covered);
void road_report_forget_changes (RoadReport *self);
void road_report_add_down (RoadReport *self, guint64 n_hosts);
void road_report_begin_ended (RoadReport *self);
void road_report_add_ended (RoadReport *self, const RoadAddress *address);
void road_report_progress (RoadReport *self);
void
road_report_finish (RoadReport *self, RoadReportStatus status, GDateTime *finished, double elapsed);

const char *road_report_status_to_string (RoadReportStatus status);
gboolean road_report_status_from_string (const char *string, RoadReportStatus *status);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/identify/road-identifier.h"
#include "engine/report/road-report.h"
#include "road-reverse-dns.h"
#include "road-scan-host.h"
#include "road-scan-log.h"

G_BEGIN_DECLS

/* Brings a report up to date with the hosts that are being scanned, and has the names of their addresses
 * looked up and their open ports asked what they are. Changes are collected until the next road_report_feeder_flush(). */
typedef struct _RoadReportFeeder RoadReportFeeder;

RoadReportFeeder *road_report_feeder_new (RoadReport *report,
                                          const RoadScanPlan *plan,
                                          gboolean lists_down,
                                          RoadReverseDns *reverse_dns,
                                          RoadIdentifier *identifier,
                                          const RoadScanLog *log);
void road_report_feeder_free (RoadReportFeeder *self);
void road_report_feeder_note_past (RoadReportFeeder *self);
void road_report_feeder_note_known (RoadReportFeeder *self, RoadScanHost *host);
void road_report_feeder_note_change (RoadReportFeeder *self, RoadScanHost *host);
void road_report_feeder_end_host (RoadReportFeeder *self, RoadScanHost *host);
void road_report_feeder_flush (RoadReportFeeder *self);
void road_report_feeder_end (RoadReportFeeder *self);
gboolean road_report_feeder_get_incomplete (RoadReportFeeder *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"
#include "ui/rows/road-port-row.h"

G_BEGIN_DECLS

const char *road_result_text_port_state (RoadPortState state);
const char *road_result_text_state_before (RoadPortState state);
char *road_result_text_changes (RoadHost *host);
char *road_result_text_host_state (RoadHost *host);
char *road_result_text_ports (RoadPortRow *row);
char *road_result_text_port_title (RoadPortRow *row);
char *road_result_text_found (RoadReportStatus status,
                              guint64 n_up,
                              guint64 n_down,
                              guint64 n_open,
                              gboolean only_hosts,
                              RoadReport *report);
char *road_result_text_open_ports (RoadHost *host, guint max_chars);
char *road_result_text_row (GObject *item);
char *road_result_text_lines (const char *text);
char *road_result_text_version (RoadHost *host, int port);
char *road_result_text_remark (RoadHost *host);
char *road_result_text_notes (RoadHost *host, int port);
char *road_result_text_latency (guint latency_us);
char *road_result_text_duration (double seconds);
const char *road_result_text_usual_service (guint16 port);

G_END_DECLS

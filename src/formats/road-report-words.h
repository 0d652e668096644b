/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-report-writer.h"

G_BEGIN_DECLS

/* The text for a host that was not finished when the scan ended. */
#define ROAD_WORDS_NOT_FINISHED "Not finished"

/* The text for a host that exceeded the host timeout. */
#define ROAD_WORDS_TIMED_OUT "Timed out"

void road_words_append_number (GString *out, const char *format, double number);
void road_words_append_time (GString *out, GDateTime *time);
GDateTime *road_words_dup_end (RoadReport *report, const RoadReportSummary *summary);
const char *road_words_get_verdict (RoadReportStatus status);
void road_words_append_counts (GString *out, const RoadReportSummary *summary);
void road_words_append_progress (GString *out, RoadReport *report, RoadHost *host);
char *road_words_dup_mac (const char *text);
gboolean road_words_lists_host (RoadReport *report, RoadHost *host);
gint64 road_words_get_time (RoadReport *report);
GStrv road_words_list_remarks (RoadReport *report, RoadHost *host, guint16 port);

G_END_DECLS

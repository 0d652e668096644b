/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "formats/road-report-writer.h"

G_BEGIN_DECLS

/* The version of the file format. It is incremented when a reader of the old version would misread a new
 * file; new members alone do not count. */
#define ROAD_JSON_VERSION 1

#define ROAD_JSON_FORMAT "roadstead-report"

extern const RoadReportWriterClass road_json_writer;

G_END_DECLS

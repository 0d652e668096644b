/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "formats/road-report-writer.h"

G_BEGIN_DECLS

extern const RoadReportWriterClass road_html_writer;

G_END_DECLS

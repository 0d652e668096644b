/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "formats/road-report-reader.h"

G_BEGIN_DECLS

extern const RoadReportReaderClass road_xml_reader;

G_END_DECLS

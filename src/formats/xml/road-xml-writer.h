/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "formats/road-report-writer.h"

G_BEGIN_DECLS

/* The first line of “errormsg” when the user stopped the scan. nmap knows only that there was an error. */
#define ROAD_XML_STOPPED "stopped"

/* In a host's “comment”: the text before the addresses of its name that were not scanned. They are separated
 * by spaces and come last. */
#define ROAD_XML_OTHER_ADDRESSES "Other addresses (not scanned): "

extern const RoadReportWriterClass road_xml_writer;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/**
 * ROAD_XML_OTHER_ADDRESSES:
 *
 * What stands in a host's “comment” before those addresses of its name that were not scanned, which
 * are separated by spaces and come last.
 */
#define ROAD_XML_OTHER_ADDRESSES "Other addresses (not scanned): "

void road_xml_append_host (GString *out, RoadReport *report, RoadHost *host);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-report.h"

G_BEGIN_DECLS

void road_xml_append_host (GString *out, RoadReport *report, RoadHost *host);

G_END_DECLS

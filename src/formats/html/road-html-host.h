/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "formats/road-report-writer.h"

G_BEGIN_DECLS

void road_html_host_append (GString *out, RoadReport *report, RoadHost *host, guint index);

G_END_DECLS

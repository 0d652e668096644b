/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

void road_html_append_count (GString *out, guint64 number);
void road_html_append_things (GString *out, guint64 number, const char *one, const char *many);
void road_html_append_name (GString *out, RoadHost *host);
void road_html_append_ignored (GString *out, RoadHost *host, gboolean open_only);
gboolean road_html_lists_ports (RoadHost *host, gboolean open_only);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "formats/road-format.h"

G_BEGIN_DECLS

void road_text_append_table (GString *out, RoadHost *host, GArray *listed, RoadFormatFlags flags);
void road_text_append_notes (GString *out, RoadHost *host);

G_END_DECLS

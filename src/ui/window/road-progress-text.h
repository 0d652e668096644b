/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/scan/road-scan.h"

G_BEGIN_DECLS

char *
road_progress_text (const RoadScanProgress *progress, RoadScanState state, gboolean only_hosts);

G_END_DECLS

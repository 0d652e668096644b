/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

char *road_reason_text_describe (RoadReason reason, const RoadAddress *from);
char *road_reason_text_describe_host (RoadHost *host);
char *road_reason_text_get_name (RoadReason reason, const RoadAddress *from);
const char *road_reason_text_explain (RoadReason reason);
char *road_reason_text_get_details (RoadReason reason, const RoadAddress *from);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

const char *road_service_purpose_get (const char *name);
char *road_service_purpose_describe (RoadHost *host, guint16 port);

G_END_DECLS

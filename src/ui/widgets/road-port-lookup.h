/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

int road_port_lookup (const char *text, RoadHost *host, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

char *road_port_uri_make (RoadHost *host, guint16 port);
char *road_port_uri_make_place (RoadHost *host, guint16 port);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/who/road-device-kind.h"

G_BEGIN_DECLS

/* How the window calls and shows a host: by the name that the user has given it, or else by what the report has. */
char *road_host_look_dup_title (RoadHost *host);
gboolean road_host_look_has_name (RoadHost *host);
const char *road_host_look_get_kind (RoadDeviceKind kind);
const char *road_host_look_get_guess (RoadDeviceKind kind);
const char *road_host_look_get_icon (RoadDeviceKind kind);
char *road_host_look_dup_vendor (RoadHost *host);

G_END_DECLS

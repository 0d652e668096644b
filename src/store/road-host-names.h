/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* The longest name that a user can give a host, in characters. */
#define ROAD_HOST_NAME_MAX 80

const char *road_host_names_find (RoadHost *host);
gboolean road_host_names_set (RoadHost *host, const char *name, GError **error);
gboolean road_host_names_is_same (RoadHost *a, RoadHost *b);

/* For tests: another file, read anew. */
void road_host_names_use_file (const char *path);

G_END_DECLS

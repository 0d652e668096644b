/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *road_services_get_name (guint16 port);
const char *road_services_get_description (guint16 port);
gboolean road_services_find (const char *pattern, GArray *ports);
const guint16 *road_services_get_common_ports (guint *n_ports);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GStrv road_local_network_list (void);
GStrv road_local_network_list_own (void);
char *road_local_network_from_address (guint32 address, guint32 netmask);

G_END_DECLS

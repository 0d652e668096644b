/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void road_limits_raise_files (void);
guint road_limits_get_spare_sockets (void);
guint road_limits_get_free_files (void);

G_END_DECLS

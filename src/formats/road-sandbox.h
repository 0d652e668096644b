/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the program can see and keep when it runs in a Flatpak. Elsewhere nothing is lost or hidden. */

gboolean road_sandbox_is_active (void);
gboolean road_sandbox_loses (const char *path);
gboolean road_sandbox_hides (const char *path);
char *road_sandbox_get_state_dir (void);

G_END_DECLS

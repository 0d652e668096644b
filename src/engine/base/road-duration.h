/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean road_duration_parse (const char *text, guint *ms, GError **error);
char *road_duration_to_string (guint ms);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void road_cli_complain (const char *message);
void road_cli_point_at_fault (GError **error, const char *option, const char *text);
int road_cli_get_width (const char *text);

G_END_DECLS

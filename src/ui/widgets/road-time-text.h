/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *road_time_text (GDateTime *time, GDateTime *now);
char *road_time_text_since (GDateTime *time, GDateTime *now);

G_END_DECLS

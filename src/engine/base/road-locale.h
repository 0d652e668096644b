/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void road_locale_init (void);
const char *road_locale_get_separator (void);
char *road_locale_format_clock (GDateTime *time);
char *road_locale_format_day (GDateTime *time, gboolean with_year);
char *road_locale_format_time (GDateTime *time);

G_END_DECLS

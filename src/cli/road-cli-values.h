/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *road_cli_value_decode (const char *option, const char *value, GError **error);
gboolean road_cli_value_parse_number (const char *option,
                                      const char *value,
                                      guint64 least,
                                      guint64 most,
                                      guint64 *number,
                                      GError **error);

gboolean road_cli_values_decode (const char *option, char **values, GError **error);
gboolean
road_cli_values_check_single (const char *option, char **values, const char *hint, GError **error);

G_END_DECLS

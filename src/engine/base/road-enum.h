/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The names that the values of enumerations have in files and on the command line: their nicks in
 * road-engine-enums.h. They are never translated. */

const char *road_enum_to_string (GType type, int value);
gboolean road_enum_from_string (GType type, const char *string, int *value);

G_END_DECLS

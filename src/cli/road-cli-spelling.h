/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "engine/pacing/road-pacer.h"

G_BEGIN_DECLS

GStrv road_cli_spelling_normalize (int argc, char *argv[], GError **error);
gboolean road_cli_spelling_parse_timing (const char *text, RoadTiming *timing);

G_END_DECLS

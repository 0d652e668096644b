/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-cli-outputs.h"

G_BEGIN_DECLS

gboolean road_cli_sandbox_check_input (const char *path, GError **error);
gboolean road_cli_sandbox_check_output (const RoadCliOutput *output, GError **error);

G_END_DECLS

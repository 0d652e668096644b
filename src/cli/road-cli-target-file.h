/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/targets/road-target-spec.h"

G_BEGIN_DECLS

RoadTargetSpec *road_cli_target_file_read (const char *path, GError **error);

G_END_DECLS

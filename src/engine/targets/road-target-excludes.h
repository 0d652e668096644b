/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-target-resolver.h"

G_BEGIN_DECLS

/* Private to the engine: what is not to be scanned, with its names resolved. */

GArray *road_target_excludes_resolve (RoadTargetSpec *excludes,
                                      RoadTargetResolver *resolver,
                                      GError **error);

G_END_DECLS

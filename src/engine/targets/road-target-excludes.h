/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-target-resolver.h"

G_BEGIN_DECLS

GArray *road_target_excludes_resolve (RoadTargetSpec *excludes,
                                      RoadTargetResolver *resolver,
                                      GError **error);

G_END_DECLS

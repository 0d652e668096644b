/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-profile.h"

G_BEGIN_DECLS

char *road_profile_estimate (RoadProfile *profile, RoadTargetSpec *targets);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-mac.h"

G_BEGIN_DECLS

char *road_vendors_find (const RoadMac *mac);
char *road_vendors_describe (const RoadMac *mac);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-identify.h"

#include "engine/base/road-enum.h"
#include "road-engine-enums.h"

const char *
road_identify_to_string (RoadIdentify identify)
{
  return road_enum_to_string (ROAD_TYPE_IDENTIFY, identify);
}

gboolean
road_identify_from_string (const char *string, RoadIdentify *identify)
{
  return road_enum_from_string (ROAD_TYPE_IDENTIFY, string, (int *) identify);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/ports/road-port-state.h"

G_BEGIN_DECLS

/* The symbol of a state, and the class of the style sheet that has its colour. */
typedef struct
{
  const char *icon_name;
  const char *css_class;
} RoadStateIcon;

const RoadStateIcon *road_state_icon_for_port (RoadPortState state);
const RoadStateIcon *road_state_icon_for_host (RoadHostState state);

G_END_DECLS

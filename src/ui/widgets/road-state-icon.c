/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-state-icon.h"

static const RoadStateIcon port_icons[ROAD_N_PORT_STATES] = {
  [ROAD_PORT_UNKNOWN] = { "road-unknown-symbolic", "state-unknown" },
  [ROAD_PORT_OPEN] = { "road-open-symbolic", "state-open" },
  [ROAD_PORT_CLOSED] = { "road-closed-symbolic", "state-closed" },
  [ROAD_PORT_FILTERED] = { "road-filtered-symbolic", "state-filtered" },
};

static const RoadStateIcon host_icons[] = {
  [ROAD_HOST_UNKNOWN] = { "road-unknown-symbolic", "state-unknown" },
  [ROAD_HOST_UP] = { "road-up-symbolic", "state-up" },
  [ROAD_HOST_DOWN] = { "road-down-symbolic", "state-closed" },
};

const RoadStateIcon *
road_state_icon_for_port (RoadPortState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (port_icons), NULL);

  return &port_icons[state];
}

const RoadStateIcon *
road_state_icon_for_host (RoadHostState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (host_icons), NULL);

  return &host_icons[state];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* What kind of device a host may be. */
typedef enum
{
  ROAD_DEVICE_UNKNOWN,
  ROAD_DEVICE_ROUTER,
  ROAD_DEVICE_PRINTER,
  ROAD_DEVICE_STORAGE,
  ROAD_DEVICE_CAMERA,
  ROAD_DEVICE_PHONE,
  ROAD_DEVICE_MEDIA_PLAYER,
  ROAD_DEVICE_WINDOWS,
  ROAD_DEVICE_MAC,
  ROAD_DEVICE_LINUX,
  ROAD_DEVICE_SERVER,
  ROAD_DEVICE_VIRTUAL_MACHINE,
  ROAD_DEVICE_BOARD,
  ROAD_DEVICE_SMART_HOME,
  ROAD_DEVICE_CONSOLE,
} RoadDeviceKind;

#define ROAD_N_DEVICE_KINDS (ROAD_DEVICE_CONSOLE + 1)

RoadDeviceKind road_device_kind_guess (RoadHost *host);
const char *road_device_kind_get_name (RoadDeviceKind kind);

G_END_DECLS

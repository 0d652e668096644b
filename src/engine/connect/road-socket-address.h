/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/base/road-address.h"

G_BEGIN_DECLS

/* A #RoadAddress and a port in one object for GIO. #GInetSocketAddress needs a second object for the
 * address, and both are constructed through properties, which is slow. */
#define ROAD_TYPE_SOCKET_ADDRESS (road_socket_address_get_type ())
G_DECLARE_FINAL_TYPE (RoadSocketAddress, road_socket_address, ROAD, SOCKET_ADDRESS, GSocketAddress)

RoadSocketAddress *road_socket_address_new (void);
void road_socket_address_set (RoadSocketAddress *self, const RoadAddress *address, guint16 port);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/base/road-address.h"

G_BEGIN_DECLS

/**
 * RoadSocketAddress:
 *
 * What a probe connects to, for GIO: a #RoadAddress and a port in one object. #GInetSocketAddress
 * needs a second one for the address, and both are made by way of their properties.
 */
#define ROAD_TYPE_SOCKET_ADDRESS (road_socket_address_get_type ())
G_DECLARE_FINAL_TYPE (RoadSocketAddress, road_socket_address, ROAD, SOCKET_ADDRESS, GSocketAddress)

RoadSocketAddress *road_socket_address_new (void);
void road_socket_address_set (RoadSocketAddress *self, const RoadAddress *address, guint16 port);

G_END_DECLS

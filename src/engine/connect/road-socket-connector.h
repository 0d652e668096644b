/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-connector.h"

G_BEGIN_DECLS

/* The number of file descriptors of a socket connector, without those of its connects. */
#define ROAD_SOCKET_CONNECTOR_FILES 3

/* Connects with #GSocket in a thread of its own. */
#define ROAD_TYPE_SOCKET_CONNECTOR (road_socket_connector_get_type ())
G_DECLARE_FINAL_TYPE (
    RoadSocketConnector, road_socket_connector, ROAD, SOCKET_CONNECTOR, RoadConnector)

RoadConnector *road_socket_connector_new (RoadConnectorFunc func, gpointer user_data);
gint64 road_socket_connector_get_thread_time (RoadSocketConnector *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-connector.h"

G_BEGIN_DECLS

/* The maximum number of connects in flight; further probes wait. */
#define ROAD_CLIENT_CONNECTOR_SIZE 64

/* Connects with #GSocketClient in the owner's main context. */
#define ROAD_TYPE_CLIENT_CONNECTOR (road_client_connector_get_type ())
G_DECLARE_FINAL_TYPE (
    RoadClientConnector, road_client_connector, ROAD, CLIENT_CONNECTOR, RoadConnector)

RoadConnector *road_client_connector_new (RoadConnectorFunc func, gpointer user_data);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-connector.h"

G_BEGIN_DECLS

/* The connectors of a scan: a #RoadClientConnector in the owner's main context and, for probes that do not
 * fit there, #RoadSocketConnectors, at most one per processor. */
typedef struct _RoadConnectorPool RoadConnectorPool;

typedef enum
{
  ROAD_CONNECTOR_CLIENT = 1 << 0,
  ROAD_CONNECTOR_SOCKET = 1 << 1,
} RoadConnectorKinds;

void road_connector_pool_use_only (RoadConnectorKinds kinds);

RoadConnectorPool *road_connector_pool_new (RoadConnectorFunc func, gpointer user_data);
void road_connector_pool_free (RoadConnectorPool *self);
void road_connector_pool_check (RoadConnectorPool *self, gint64 now);
void road_connector_pool_add (RoadConnectorPool *self, const RoadProbe *probe);
void road_connector_pool_submit (RoadConnectorPool *self);
void road_connector_pool_give_up (RoadConnectorPool *self, gpointer tag);
void road_connector_pool_give_up_all (RoadConnectorPool *self);
guint road_connector_pool_get_n_pending (RoadConnectorPool *self);
guint road_connector_pool_get_n_threads (RoadConnectorPool *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadConnectorPool, road_connector_pool_free)

G_END_DECLS

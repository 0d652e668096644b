/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-outcome.h"

G_BEGIN_DECLS

/* A connect by a #GSocketClient, for one probe. Lives in one thread. */
#define ROAD_TYPE_CLIENT_CONNECT (road_client_connect_get_type ())
G_DECLARE_FINAL_TYPE (
    RoadClientConnect, road_client_connect, ROAD, CLIENT_CONNECT, GSocketAddressEnumerator)

/**
 * RoadClientConnectFunc:
 * @connect: a connect that has ended
 * @outcome: (transfer full): its outcome, to be cleared with road_outcome_clear()
 * @user_data: what road_client_connect_start() was given
 *
 * Called once, from the main loop.
 */
typedef void (*RoadClientConnectFunc) (RoadClientConnect *connect,
                                       RoadOutcome *outcome,
                                       gpointer user_data);

void road_client_connect_drop_debug_messages (void);
GSocketClient *road_client_connect_make_client (void);

RoadClientConnect *road_client_connect_new (const RoadAddress *address, guint16 port);
void road_client_connect_start (RoadClientConnect *self,
                                GSocketClient *client,
                                RoadClientConnectFunc func,
                                gpointer user_data);
gint64 road_client_connect_get_started (RoadClientConnect *self);
guint16 road_client_connect_get_local_port (RoadClientConnect *self);
guint road_client_connect_get_n_retransmits (RoadClientConnect *self);
void road_client_connect_give_up (RoadClientConnect *self);

G_END_DECLS

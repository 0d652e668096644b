/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* Asks machines on our own links for the names that they have given themselves: each with one packet to itself
 * (RFC 6762, 5.5), so that nobody else is disturbed and no answer of another machine is taken. */
typedef struct _RoadMdns RoadMdns;

/**
 * RoadMdnsFunc:
 * @user_data: for the function
 *
 * Called from the main loop when a question has been answered, or was not in time.
 */
typedef void (*RoadMdnsFunc) (gpointer user_data);

RoadMdns *road_mdns_new (RoadMdnsFunc func, gpointer user_data);
void road_mdns_free (RoadMdns *self);
void road_mdns_ask (RoadMdns *self, RoadHost *host);
gboolean road_mdns_is_busy (RoadMdns *self);

G_END_DECLS

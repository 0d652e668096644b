/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/report/road-host.h"
#include "road-neighbours.h"

G_BEGIN_DECLS

/* Looks up the names of addresses during a scan, a few at a time, and gives them to the hosts. Those on our own links
 * that have none in DNS are asked themselves. */
typedef struct _RoadReverseDns RoadReverseDns;

typedef void (*RoadReverseDnsFunc) (gpointer user_data);

RoadReverseDns *
road_reverse_dns_new (RoadNeighbours *neighbours, RoadReverseDnsFunc idle_func, gpointer user_data);
void road_reverse_dns_free (RoadReverseDns *self);
void road_reverse_dns_look_up (RoadReverseDns *self, RoadHost *host);
gboolean road_reverse_dns_is_busy (RoadReverseDns *self);

G_END_DECLS

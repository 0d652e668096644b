/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-address.h"

G_BEGIN_DECLS

/* The machines on our own links that have answered ARP or neighbour discovery, as the kernel remembers them:
 * they are there even if they are silent. */
typedef struct _RoadNeighbours RoadNeighbours;

RoadNeighbours *road_neighbours_new (void);
void road_neighbours_free (RoadNeighbours *self);
gboolean road_neighbours_contain (RoadNeighbours *self, gint64 now, const RoadAddress *address);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-address.h"
#include "engine/base/road-mac.h"

G_BEGIN_DECLS

/* The machines on our own links that have answered ARP or neighbour discovery, and how many more addresses
 * there the kernel can look for, as its neighbour tables tell. */
typedef struct _RoadNeighbours RoadNeighbours;

RoadNeighbours *road_neighbours_new (void);
void road_neighbours_free (RoadNeighbours *self);
gboolean road_neighbours_contain (RoadNeighbours *self, gint64 now, const RoadAddress *address);
gboolean road_neighbours_take_room (RoadNeighbours *self,
                                    gint64 now,
                                    const RoadAddress *address,
                                    gint64 *next);
gboolean road_neighbours_are_on_link (RoadNeighbours *self, const RoadAddress *address);
gboolean road_neighbours_find_mac (RoadNeighbours *self, const RoadAddress *address, RoadMac *mac);
guint road_neighbours_get_limit (RoadNeighbours *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-address.h"
#include "engine/base/road-mac.h"

G_BEGIN_DECLS

/* How full the table of one address family is. All network namespaces share the limit, but only the entries
 * of our own can be read. */
typedef struct
{
  guint limit;     /* how many entries it holds (gc_thresh3); 0 if that is not known */
  guint n_entries; /* how many it has, of all namespaces */
  guint n_own;     /* how many of them are our namespace's */
  guint n_busy;    /* how many of those the kernel would not drop for a new one */
} RoadNeighbourUse;

/* A copy of the kernel's neighbour tables. Clear it with road_neighbour_table_clear(). */
typedef struct
{
  GHashTable *known; /* a set of RoadAddress: machines that have told their hardware address */
  RoadNeighbourUse ipv4;
  RoadNeighbourUse ipv6;
} RoadNeighbourTable;

void road_neighbour_table_read (RoadNeighbourTable *self);
void road_neighbour_table_clear (RoadNeighbourTable *self);
gboolean road_neighbour_table_find_mac (const RoadAddress *address, guint interface, RoadMac *mac);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* A row below a host: one port, or the number of ports with the same result that are not listed
 * individually. Below such a row are those for ranges of these ports, and for the rest of them. */
#define ROAD_TYPE_PORT_ROW (road_port_row_get_type ())
G_DECLARE_FINAL_TYPE (RoadPortRow, road_port_row, ROAD, PORT_ROW, GObject)

RoadPortRow *road_port_row_new (RoadHost *host, const RoadPortResult *result);
RoadPortRow *road_port_row_new_member (RoadHost *host, const RoadPortResult *result);
RoadPortRow *road_port_row_new_count (RoadHost *host, const RoadPortResult *result, guint count);
RoadPortRow *road_port_row_new_range (RoadPortRow *parent, const RoadPortRange *range);
RoadPortRow *road_port_row_new_rest (RoadPortRow *parent, guint count);

RoadHost *road_port_row_get_host (RoadPortRow *self);
const RoadPortResult *road_port_row_get_result (RoadPortRow *self);
gboolean road_port_row_is_member (RoadPortRow *self);
gboolean road_port_row_is_count (RoadPortRow *self);
gboolean road_port_row_is_expandable (RoadPortRow *self);
gboolean road_port_row_is_rest (RoadPortRow *self);
const RoadPortRange *road_port_row_get_range (RoadPortRow *self);
guint road_port_row_get_count (RoadPortRow *self);
void road_port_row_set_count (RoadPortRow *self, guint count, const RoadAddress *reason_from);
gboolean road_port_row_equal (RoadPortRow *self, RoadPortRow *other);

/* Arrays of rows that count ports. */
int road_port_row_compare (gconstpointer a, gconstpointer b);
RoadPortRow *road_port_row_find (GPtrArray *counts, RoadPortRow *row);
void road_port_row_add_count (GPtrArray *counts,
                              RoadHost *host,
                              const RoadPortResult *common,
                              guint n_ports);

G_END_DECLS

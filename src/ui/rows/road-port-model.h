/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-port-row.h"
#include "road-sort-order.h"
#include "ui/filter/road-filter.h"

G_BEGIN_DECLS

/* The rows below a host: a live, sorted #GListModel of #RoadPortRow that announces changes in as few
 * steps as possible, except those of the filter. */
#define ROAD_TYPE_PORT_MODEL (road_port_model_get_type ())
G_DECLARE_FINAL_TYPE (RoadPortModel, road_port_model, ROAD, PORT_MODEL, GObject)

RoadPortModel *road_port_model_new (RoadHost *host, RoadSortOrder *order, RoadFilter *filter);
void road_port_model_sort (RoadPortModel *self);
void road_port_model_refilter (RoadPortModel *self);
void road_port_model_hold (RoadPortModel *self);
void road_port_model_unhold (RoadPortModel *self);
gboolean road_port_model_get_held (RoadPortModel *self);
RoadHost *road_port_model_get_host (RoadPortModel *self);
gboolean road_port_model_get_resetting (RoadPortModel *self);
void road_port_model_keep (RoadPortModel *self, GtkBitset *positions);
guint road_port_model_get_n_listed (RoadPortModel *self);
gboolean road_port_model_get_port (RoadPortModel *self, guint position, guint16 *port);
gboolean road_port_model_find (RoadPortModel *self, RoadPortRow *row, guint *position);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-port-model.h"

G_BEGIN_DECLS

/* The models of the rows below hosts. A tree makes one for each host that may be expanded, and frees it when the host is
 * collapsed, as all are for a moment whenever hosts are replaced by the same ones in another order. */
typedef struct _RoadPortModels RoadPortModels;

RoadPortModels *road_port_models_new (RoadSortOrder *order, RoadFilter *filter);
void road_port_models_free (RoadPortModels *self);

RoadPortModel *road_port_models_ensure (RoadPortModels *self, RoadHost *host, gboolean *is_new);
void road_port_models_keep (RoadPortModels *self);
void road_port_models_release (RoadPortModels *self);
void road_port_models_sort (RoadPortModels *self);
void road_port_models_refilter (RoadPortModels *self);

G_END_DECLS

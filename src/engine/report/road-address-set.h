/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/targets/road-target-item.h"

G_BEGIN_DECLS

/* A set of addresses in little memory: a bit for each address, if they are close to each other. */
typedef struct _RoadAddressSet RoadAddressSet;

RoadAddressSet *road_address_set_new (guint max_networks);
void road_address_set_free (RoadAddressSet *self);
void road_address_set_add (RoadAddressSet *self, const RoadAddress *address);
const RoadOctetSet *road_address_set_get_network (RoadAddressSet *self, const RoadAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadAddressSet, road_address_set_free)

G_END_DECLS

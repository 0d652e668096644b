/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-family.h"
#include "road-target-item.h"
#include "road-target-spec.h"

G_BEGIN_DECLS

/* More IPv4 networks are not listed. */
#define ROAD_TARGET_COVER_MAX_NETWORKS 4096

/* Nor are more single addresses and names. */
#define ROAD_TARGET_COVER_MAX_SINGLES 256

/* What targets cover, as far as it is known without resolving names: which networks of 256 IPv4 addresses,
 * which of their addresses, and what else. */
typedef struct _RoadTargetCover RoadTargetCover;

RoadTargetCover *
road_target_cover_new (const char *targets, RoadTargetSpec *excludes, RoadFamily family);
void road_target_cover_free (RoadTargetCover *self);

gboolean road_target_cover_is_complete (RoadTargetCover *self);
gboolean road_target_cover_has_wide_names (RoadTargetCover *self);
const RoadAddress *road_target_cover_get_networks (RoadTargetCover *self, guint *n_networks);
const RoadAddress *road_target_cover_get_ipv6 (RoadTargetCover *self, guint *n_addresses);
const char *const *road_target_cover_get_names (RoadTargetCover *self);
gboolean road_target_cover_asks (RoadTargetCover *self, const RoadAddress *address);
gboolean road_target_cover_excludes (RoadTargetCover *self, const RoadAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadTargetCover, road_target_cover_free)

G_END_DECLS

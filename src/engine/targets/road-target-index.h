/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-target-item.h"

G_BEGIN_DECLS

/* Finds the range that an address is in: whether it is excluded, or has been given before. */
typedef struct _RoadTargetIndex RoadTargetIndex;

/* The address is in no item. */
#define ROAD_TARGET_INDEX_NONE G_MAXUINT

RoadTargetIndex *road_target_index_new (void);
void road_target_index_free (RoadTargetIndex *self);
void road_target_index_add (RoadTargetIndex *self, const RoadTargetItem *item, guint number);
void road_target_index_freeze (RoadTargetIndex *self);
guint road_target_index_find (RoadTargetIndex *self, const RoadAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadTargetIndex, road_target_index_free)

G_END_DECLS

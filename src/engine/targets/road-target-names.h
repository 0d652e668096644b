/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-address.h"

G_BEGIN_DECLS

/* The user's names by their addresses. */
typedef struct _RoadTargetNames RoadTargetNames;

/* Returns: whether @address is scanned */
typedef gboolean (*RoadTargetScannedFunc) (const RoadAddress *address, gpointer user_data);

RoadTargetNames *road_target_names_new (void);
void road_target_names_free (RoadTargetNames *self);
void road_target_names_add (RoadTargetNames *self,
                            const char *name,
                            const RoadAddress *address,
                            GArray *addresses);
void road_target_names_freeze (RoadTargetNames *self,
                               RoadTargetScannedFunc is_scanned,
                               gpointer user_data);
const char *const *road_target_names_get (RoadTargetNames *self,
                                          const RoadAddress *address,
                                          const char *const **other_addresses);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadTargetNames, road_target_names_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-family.h"
#include "road-target-resolver.h"
#include "road-target-spec.h"

G_BEGIN_DECLS

typedef struct
{
  RoadAddress address;
  const char *name; /* (nullable): the first of @names */
  /* (nullable): %NULL-terminated; the user's names for it, owned by the list */
  const char *const *names;
  /* (nullable): %NULL-terminated; the names' other addresses, which are not scanned, owned by the list */
  const char *const *other_addresses;
} RoadTarget;

/* The addresses of a #RoadTargetSpec whose names are resolved, in the order in which they were written;
 * computed and never stored one by one. */
#define ROAD_TYPE_TARGET_LIST (road_target_list_get_type ())
G_DECLARE_FINAL_TYPE (RoadTargetList, road_target_list, ROAD, TARGET_LIST, GObject)

void road_target_list_new_async (RoadTargetSpec *targets,
                                 RoadTargetSpec *excludes,
                                 RoadFamily family,
                                 gboolean resolve_all,
                                 RoadTargetLookups *lookups,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
RoadTargetList *road_target_list_new_finish (GAsyncResult *result, GError **error);

guint64 road_target_list_get_n_targets (RoadTargetList *self);
guint64 road_target_list_get_n_addresses (RoadTargetList *self);
guint64 road_target_list_get_n_excluded (RoadTargetList *self);
gboolean road_target_list_get (RoadTargetList *self, guint64 index, RoadTarget *target);
const char *const *road_target_list_get_problems (RoadTargetList *self);
guint road_target_list_get_partial (RoadTargetList *self, const char **name, guint *n_addresses);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-target-spec.h"

G_BEGIN_DECLS

/* The names of some targets and all their addresses. */
typedef struct _RoadTargetResolver RoadTargetResolver;

/* How far the lookups are. */
typedef struct
{
  guint n_names;
  guint n_done;       /* names that were found or not, with the next */
  guint n_unanswered; /* names of which no server said anything */
} RoadTargetLookups;

void road_target_resolver_new_async (RoadTargetSpec *const *specs,
                                     guint n_specs,
                                     RoadTargetLookups *lookups,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
RoadTargetResolver *road_target_resolver_new_finish (GAsyncResult *result, GError **error);
void road_target_resolver_unref (RoadTargetResolver *self);

GArray *road_target_resolver_get (RoadTargetResolver *self, const char *name, const char **reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadTargetResolver, road_target_resolver_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-profile-item.h"

G_BEGIN_DECLS

/* A list of #RoadProfileItem: the built-in profiles in their order, then the user's own by name. The user's
 * profiles are files in a folder; changes by another instance or an editor are noticed. */
#define ROAD_TYPE_PROFILE_STORE (road_profile_store_get_type ())
G_DECLARE_FINAL_TYPE (RoadProfileStore, road_profile_store, ROAD, PROFILE_STORE, GObject)

GFile *road_profile_store_get_user_folder (void);
RoadProfileStore *road_profile_store_new (GFile *folder);

gboolean road_profile_store_load (RoadProfileStore *self, GError **error);
void road_profile_store_watch (RoadProfileStore *self);
const char *const *road_profile_store_get_faults (RoadProfileStore *self);

RoadProfileItem *road_profile_store_lookup (RoadProfileStore *self, const char *id);
RoadProfileItem *road_profile_store_find (RoadProfileStore *self, const char *name);
RoadProfileItem *road_profile_store_get_default (RoadProfileStore *self);
gboolean road_profile_store_check_name (RoadProfileStore *self,
                                        const char *name,
                                        RoadProfileItem *owner,
                                        GError **error);
char *road_profile_store_make_name (RoadProfileStore *self, const char *name);

void road_profile_store_add_async (RoadProfileStore *self,
                                   RoadProfile *profile,
                                   RoadProfileItem *origin,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void road_profile_store_replace_async (RoadProfileStore *self,
                                       RoadProfileItem *item,
                                       RoadProfile *profile,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void road_profile_store_delete_async (RoadProfileStore *self,
                                      RoadProfileItem *item,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void road_profile_store_restore_async (RoadProfileStore *self,
                                       RoadProfileItem *item,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void road_profile_store_import_async (RoadProfileStore *self,
                                      GFile *file,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void road_profile_store_export_async (RoadProfileStore *self,
                                      RoadProfileItem *item,
                                      GFile *file,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
RoadProfileItem *
road_profile_store_change_finish (RoadProfileStore *self, GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/report/road-profile.h"

G_BEGIN_DECLS

/* A profile and where it comes from: built in, or a file. Immutable, like the profile; when a file changes,
 * a new item with the same id takes its place. */
#define ROAD_TYPE_PROFILE_ITEM (road_profile_item_get_type ())
G_DECLARE_FINAL_TYPE (RoadProfileItem, road_profile_item, ROAD, PROFILE_ITEM, GObject)

RoadProfileItem *road_profile_item_new_builtin (guint index);
RoadProfileItem *
road_profile_item_new_parsed (GFile *file, const char *text, gsize length, GError **error);
RoadProfileItem *
road_profile_item_new_from_file (GFile *file, GCancellable *cancellable, GError **error);

const char *road_profile_item_get_id (RoadProfileItem *self);
RoadProfile *road_profile_item_get_profile (RoadProfileItem *self);
const char *road_profile_item_get_name (RoadProfileItem *self);
const char *road_profile_item_get_english_name (RoadProfileItem *self);
gboolean road_profile_item_is_builtin (RoadProfileItem *self);
GFile *road_profile_item_get_file (RoadProfileItem *self);
const char *road_profile_item_get_text (RoadProfileItem *self);
char *road_profile_item_print (RoadProfileItem *self, RoadProfile *profile);
int road_profile_item_compare (RoadProfileItem *a, RoadProfileItem *b);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-profile-item.h"

G_BEGIN_DECLS

/**
 * RoadProfileFolder:
 * @items: (element-type RoadProfileItem): the profiles that could be read, by name
 * @faults: (element-type utf8): a sentence for each file that could not
 *
 * What is in a folder of profiles.
 */
typedef struct
{
  GPtrArray *items;
  GPtrArray *faults;
} RoadProfileFolder;

RoadProfileFolder *
road_profile_folder_read (GFile *folder, GCancellable *cancellable, GError **error);
void road_profile_folder_free (RoadProfileFolder *self);
int road_profile_folder_compare (gconstpointer a, gconstpointer b);
char *road_profile_folder_describe_fault (GFile *file, const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadProfileFolder, road_profile_folder_free)

G_END_DECLS

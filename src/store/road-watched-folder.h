/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RoadFolderReader:
 * @attributes: what to query of each file: its name, its type and what else @read_file needs
 * @flags: whether symbolic links are followed
 * @prepare: makes the state of one reading; called in the main context
 * @read_file: reads a regular file; called in a thread
 * @finish: (nullable): called in the thread after the last file
 * @take: takes over what was read; called in the main context
 * @done: (nullable): called in the main context when the folder will not be read again for now
 * @free: frees the state
 *
 * How the files of a #RoadWatchedFolder are read.
 */
typedef struct
{
  const char *attributes;
  GFileQueryInfoFlags flags;
  gpointer (*prepare) (gpointer owner);
  void (*read_file) (gpointer state, GFile *file, GFileInfo *info);
  void (*finish) (gpointer state);
  void (*take) (gpointer owner, gpointer state);
  void (*done) (gpointer owner);
  GDestroyNotify free;
} RoadFolderReader;

/**
 * RoadFolderFlags:
 * @ROAD_FOLDER_FLAGS_NONE: only read the folder
 * @ROAD_FOLDER_WATCH: read it again whenever it changes
 * @ROAD_FOLDER_MAKE: create it if it is missing, readable only by its owner
 */
typedef enum
{
  ROAD_FOLDER_FLAGS_NONE = 0,
  ROAD_FOLDER_WATCH = 1 << 0,
  ROAD_FOLDER_MAKE = 1 << 1,
} RoadFolderFlags;

/**
 * RoadWatchedFolder:
 *
 * A folder whose files are the items of a list, its owner. The files are read in a thread, one reading at a
 * time. A missing folder is an empty one.
 */
#define ROAD_TYPE_WATCHED_FOLDER (road_watched_folder_get_type ())
G_DECLARE_FINAL_TYPE (RoadWatchedFolder, road_watched_folder, ROAD, WATCHED_FOLDER, GObject)

RoadWatchedFolder *
road_watched_folder_new (GFile *file, const RoadFolderReader *reader, GObject *owner);

GFile *road_watched_folder_get_file (RoadWatchedFolder *self);
gboolean road_watched_folder_is_reading (RoadWatchedFolder *self);

void road_watched_folder_read (RoadWatchedFolder *self, RoadFolderFlags flags, GTask *task);
gboolean road_watched_folder_read_sync (RoadWatchedFolder *self, GError **error);
void road_watched_folder_make_async (RoadWatchedFolder *self,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

G_END_DECLS

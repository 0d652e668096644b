/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How the files of a #RoadWatchedFolder are read. */
typedef struct
{
  /* what to query of each file: its name, its type and what else @read_file needs */
  const char *attributes;
  GFileQueryInfoFlags flags; /* whether symbolic links are followed */
  /* makes the state of one reading; called in the main context */
  gpointer (*prepare) (gpointer owner);
  /* reads a regular file; called in a thread */
  void (*read_file) (gpointer state, GFile *file, GFileInfo *info);
  /* (nullable): called in the thread after the last file */
  void (*finish) (gpointer state);
  /* takes over what was read; called in the main context */
  void (*take) (gpointer owner, gpointer state);
  /* (nullable): called in the main context when the folder will not be read again for now */
  void (*done) (gpointer owner);
  GDestroyNotify free; /* frees the state */
} RoadFolderReader;

typedef enum
{
  ROAD_FOLDER_FLAGS_NONE = 0, /* only read the folder */
  ROAD_FOLDER_WATCH = 1 << 0, /* read it again whenever it changes */
  ROAD_FOLDER_MAKE = 1 << 1,  /* create it if it is missing, readable only by its owner */
} RoadFolderFlags;

/* A folder whose files are the items of a list, its owner. The files are read in a thread, one reading at a
 * time. A missing folder is an empty one. */
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

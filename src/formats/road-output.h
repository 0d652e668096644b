/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that is being written. Until road_output_commit() the old file is unchanged. */
typedef struct _RoadOutput RoadOutput;

gboolean road_output_check (GFile *file, GError **error);
RoadOutput *road_output_open (GFile *file, GCancellable *cancellable, GError **error);
void road_output_free (RoadOutput *self);
gboolean road_output_write (
    RoadOutput *self, const char *data, gsize length, GCancellable *cancellable, GError **error);
gboolean road_output_commit (RoadOutput *self, GCancellable *cancellable, GError **error);
gboolean road_output_commit_new (RoadOutput *self, GCancellable *cancellable, GError **error);
int road_output_open_temporary (const char *folder, int flags, mode_t mode, char **hidden_path);
gboolean road_output_give_name (int fd, const char *hidden_path, const char *path);
void road_output_remove_leftover (GFile *file);
gboolean road_output_sync_folder (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadOutput, road_output_free)

G_END_DECLS

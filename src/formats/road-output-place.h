/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/* Where on this computer a file is written to. */
typedef struct
{
  char *path;         /* symbolic links followed */
  int descriptor;     /* the open descriptor that it stands for, or -1 */
  struct stat status; /* of what is there; all 0 if nothing is */
  gboolean replace;   /* whether a new file takes its place; else it is written to */
} RoadOutputPlace;

gboolean road_output_fail (GError **error, GFile *file, int saved_errno);
gboolean road_output_place_find (RoadOutputPlace *self, GFile *file, GError **error);
void road_output_place_clear (RoadOutputPlace *self);
char *road_output_get_identity (GFile *file);
gboolean road_output_is_pipe (GFile *file);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoadOutputPlace, road_output_place_clear)

G_END_DECLS

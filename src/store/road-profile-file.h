/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/report/road-profile.h"

G_BEGIN_DECLS

#define ROAD_PROFILE_SUFFIX ".json"

RoadProfile *
road_profile_file_parse (const char *text, gsize length, char **unknown, GError **error);
char *road_profile_file_print (RoadProfile *profile, const char *unknown);
char *road_profile_file_describe_fault (GFile *file, const GError *error);

char *road_profile_file_make_name (const char *profile_name);

char *
road_profile_file_read (GFile *file, gsize *length, GCancellable *cancellable, GError **error);
GFile *road_profile_file_create (GFile *folder,
                                 const char *profile_name,
                                 const char *text,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean road_profile_file_replace (
    GFile *file, const char *old_text, const char *text, GCancellable *cancellable, GError **error);
gboolean
road_profile_file_write (GFile *file, const char *text, GCancellable *cancellable, GError **error);
gboolean road_profile_file_delete (GFile *file,
                                   const char *old_text,
                                   GCancellable *cancellable,
                                   GError **error);

void road_profile_file_recognise_async (GFile *file,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GFile *road_profile_file_recognise_finish (GAsyncResult *result, gboolean *is_profile);

G_END_DECLS

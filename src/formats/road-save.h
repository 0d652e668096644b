/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RoadPieceFunc:
 * @source: what is saved
 * @out: where to append the next piece of the file
 *
 * Produces a file piece by piece, so that it is never in memory as a whole.
 *
 * Returns: %FALSE if nothing was appended because the file is complete
 */
typedef gboolean (*RoadPieceFunc) (gpointer source, GString *out);

gboolean road_save_to_stream (RoadPieceFunc next,
                              gpointer source,
                              GOutputStream *stream,
                              GCancellable *cancellable,
                              GError **error);
gboolean road_save (
    RoadPieceFunc next, gpointer source, GFile *file, GCancellable *cancellable, GError **error);
void road_save_async (RoadPieceFunc next,
                      gpointer source,
                      GDestroyNotify free_source,
                      GFile *file,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
gboolean road_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS

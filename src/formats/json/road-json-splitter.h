/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoadJsonElementFunc:
 * @text: an element of the list: one complete, valid JSON value in UTF-8
 * @length: its length in bytes
 * @line: the line where it begins, from 1
 * @error: (nullable): why to stop reading
 *
 * Called with each element of the list as soon as it has been read.
 *
 * Returns: %FALSE to stop with an error
 */
typedef gboolean (*RoadJsonElementFunc) (
    const char *text, gsize length, guint line, gpointer user_data, GError **error);

/* Returns: whether a reader knows a member of this name, as it is written in the file, in any object */
typedef gboolean (*RoadJsonKnownFunc) (const char *name);

typedef struct _RoadJsonSplitter RoadJsonSplitter;

RoadJsonSplitter *
road_json_splitter_new (const char *member, RoadJsonElementFunc func, gpointer user_data);
void road_json_splitter_skip_unknown (RoadJsonSplitter *self, RoadJsonKnownFunc is_known);
void road_json_splitter_free (RoadJsonSplitter *self);
gboolean
road_json_splitter_feed (RoadJsonSplitter *self, const char *data, gsize length, GError **error);
gboolean road_json_splitter_end (RoadJsonSplitter *self, GError **error);
const char *road_json_splitter_get_rest (RoadJsonSplitter *self);
guint road_json_splitter_get_line (RoadJsonSplitter *self, const char *member);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadJsonSplitter, road_json_splitter_free)

G_END_DECLS

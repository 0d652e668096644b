/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text to look for, in any case, in time proportional to the text that is searched. */
typedef struct _RoadFilterWord RoadFilterWord;

RoadFilterWord *road_filter_word_new (const char *text);
void road_filter_word_free (RoadFilterWord *self);
gboolean road_filter_word_is_in (RoadFilterWord *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadFilterWord, road_filter_word_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What Unicode has for characters that cannot be shown. */
#define ROAD_TEXT_REPLACEMENT 0xfffd

/* In place of a character: a byte that is not UTF-8. */
#define ROAD_TEXT_NO_CHARACTER ((gunichar) G_MAXUINT32)

gunichar road_text_get_character (const char *text, gsize *length);
gboolean road_text_is_printable (gunichar c);
void road_text_append_bytes (GString *out, const char *bytes, gsize n_bytes);
void road_text_append_escaped (GString *out, const char *text);
void road_text_append_replaced (GString *out, const char *text);
char *road_text_escape (const char *text);
char *road_text_shorten (const char *text);
void road_text_append_label (GString *out, const char *text);
char *road_text_label (const char *text);
char *road_text_excerpt (const char *text);

G_END_DECLS

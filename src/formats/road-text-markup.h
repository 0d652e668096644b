/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void road_text_append_xml (GString *out, const char *text);
void road_text_append_html (GString *out, const char *text);
void road_text_append_csv (GString *out, const char *text);

G_END_DECLS

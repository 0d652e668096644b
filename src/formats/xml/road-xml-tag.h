/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void road_xml_add_text (GString *out, const char *name, const char *text);
void road_xml_add_integer (GString *out, const char *name, gint64 number);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *road_xml_targets_find (const char *command_line, GPtrArray *hosts);

G_END_DECLS

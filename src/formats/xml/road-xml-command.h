/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/ports/road-port-set.h"

G_BEGIN_DECLS

char *road_xml_command_find_targets (const char *command_line, GPtrArray *hosts);
RoadPortSet *road_xml_command_find_ports (const char *command_line, RoadPortSet *scanned);
gboolean road_xml_command_wants_no_ports (const char *command_line);

G_END_DECLS

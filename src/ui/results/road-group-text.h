/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/rows/road-group.h"

G_BEGIN_DECLS

char *road_group_text_port_and_service (RoadHost *host, guint16 port);
char *road_group_text_title (RoadGroup *group);
char *road_group_text_hosts (RoadGroup *group);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/connect/road-port-check.h"
#include "engine/report/road-host.h"

G_BEGIN_DECLS

char *road_port_sentence_describe (RoadHost *host, const RoadPortResult *result);
char *road_port_sentence_describe_check (RoadPortCheck *check);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-address.h"
#include "engine/ports/road-port-state.h"

G_BEGIN_DECLS

gboolean road_icmp_read_error (int fd, RoadReason *reason, RoadAddress *from);

G_END_DECLS

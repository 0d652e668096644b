/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-handshake.h"

G_BEGIN_DECLS

char *road_handshake_text_time (gint64 time_us);
const char *road_handshake_text_packet (RoadPacketKind kind);
char *road_handshake_text_describe (const RoadHandshake *self, const char *host);
char *road_handshake_text_remark (const RoadHandshake *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-handshake.h"

G_BEGIN_DECLS

/* The picture of a handshake: two life lines, time downwards and to scale, and the packets between them. What was
 * measured is drawn solid, what is inferred dashed and lighter. */
#define ROAD_TYPE_HANDSHAKE_VIEW (road_handshake_view_get_type ())
G_DECLARE_FINAL_TYPE (RoadHandshakeView, road_handshake_view, ROAD, HANDSHAKE_VIEW, GtkWidget)

void road_handshake_view_set_handshake (RoadHandshakeView *self,
                                        RoadHandshake *handshake,
                                        const char *host);
void road_handshake_view_set_compact (RoadHandshakeView *self, gboolean compact);
void road_handshake_view_replay (RoadHandshakeView *self);

G_END_DECLS

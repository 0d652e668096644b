/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-handshake.h"

G_BEGIN_DECLS

/* How long a packet flies at least in a replay, as a fraction of the whole. */
#define ROAD_HANDSHAKE_MIN_FLIGHT 0.06

/* What a #RoadHandshakeView draws. */
typedef struct
{
  GtkWidget *widget; /* which draws, and has the style */
  const RoadHandshake *handshake;
  const char *host;
  gboolean compact;
  double replay_us; /* what is later is not drawn; negative to draw all */
} RoadHandshakePicture;

void road_handshake_picture_snapshot (const RoadHandshakePicture *self, GtkSnapshot *snapshot);
int road_handshake_picture_measure (const RoadHandshakePicture *self);

G_END_DECLS

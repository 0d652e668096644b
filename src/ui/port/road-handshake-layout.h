/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-handshake.h"

G_BEGIN_DECLS

/* Where on their way packets have their names, as a fraction of the width between the life lines from this
 * computer. In different columns, names of packets that cross do not overlap. */
#define ROAD_HANDSHAKE_OUT_COLUMN 0.3
#define ROAD_HANDSHAKE_IN_COLUMN 0.7

/* Where packets vanish that nobody replied to. */
#define ROAD_HANDSHAKE_VANISHED 0.62

/* The height of a break in the scale, in pixels; after it there is one moment only. */
#define ROAD_HANDSHAKE_BREAK 30

typedef enum
{
  ROAD_MARK_TIME, /* beside the life line of this computer */
  ROAD_MARK_OUT,  /* in the column of packets that are sent */
  ROAD_MARK_IN,   /* in the column of packets that are received */
} RoadMarkPlace;

/* A text in the picture. */
typedef struct
{
  RoadMarkPlace place;
  char *text;
  gboolean inferred; /* to be drawn lighter */
  gint64 time_us;    /* from when on it is shown in a replay */
  double at;         /* where what it names is, in pixels below the start of the life lines */
  double y;          /* where the middle of the text is, so that no texts overlap */
} RoadHandshakeMark;

gboolean road_handshake_layout_has_break (const RoadHandshake *handshake);
double road_handshake_layout_get_y (const RoadHandshake *handshake, gint64 time_us, double length);
GArray *road_handshake_layout_make_marks (const RoadHandshake *handshake,
                                          double length,
                                          double line_height);
double road_handshake_layout_get_bottom (GArray *marks, double length, double line_height);

G_END_DECLS

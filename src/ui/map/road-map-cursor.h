/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-map-model.h"
#include "ui/widgets/road-selection.h"

G_BEGIN_DECLS

/* The cursor is on no cell. */
#define ROAD_MAP_NO_CELL G_MAXUINT

/* Which cell of a map has the keyboard. It is also what is selected in the window: the host there, or nothing. */
typedef struct
{
  guint position;           /* or %ROAD_MAP_NO_CELL */
  RoadAddress address;      /* of the cell, by which it is found when others come or go */
  RoadSelection *selection; /* (nullable) */
  gboolean selecting;       /* the selection is being changed to the cursor */
} RoadMapCursor;

void road_map_cursor_init (RoadMapCursor *self);
void road_map_cursor_clear (RoadMapCursor *self);
gboolean road_map_cursor_is_set (const RoadMapCursor *self);
void road_map_cursor_put (RoadMapCursor *self, RoadMapModel *model, guint position);
RoadHost *road_map_cursor_select (RoadMapCursor *self, RoadMapModel *model);
gboolean road_map_cursor_follow (RoadMapCursor *self, RoadMapModel *model);
void road_map_cursor_find_again (RoadMapCursor *self, RoadMapModel *model);
guint road_map_cursor_find_up (const RoadMapCursor *self, RoadMapModel *model, gboolean forwards);

G_END_DECLS

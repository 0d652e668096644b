/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What there is to lay out, in pixels where it is a size. */
typedef struct
{
  guint n_networks;
  guint n_singles;
  int width;
  int height;       /* what is visible of it */
  int text_height;  /* of a line */
  int small_height; /* of a line of small text */
  int octet_width;  /* of three small digits */
  int label_width;  /* of the longest network, "255.255.255.0/24" */
  int count_width;  /* of the longest counts, "256 up, 9,999 open" */
} RoadMapRequest;

/* How a network is drawn. */
typedef enum
{
  ROAD_MAP_GRID,       /* as 16 rows of 16 cells: the only network */
  ROAD_MAP_STRIP,      /* as a row of 256 cells, between its label and its counts */
  ROAD_MAP_TALL_STRIP, /* the same, below its label and its counts */
} RoadMapShape;

typedef struct
{
  int x, y, width, height;
} RoadMapArea;

/* Where the cells of a map are: a plain value without pointers. Positions are those of #RoadMapModel. In
 * right-to-left languages, all of it is to be mirrored. */
typedef struct
{
  RoadMapRequest request;
  RoadMapShape shape;
  gboolean has_octets; /* whether there is room for the last octet in each cell of a grid */
  int height;          /* of the whole map */
  RoadMapArea first;   /* the first cell of the first network */
  int network_height;  /* from one network to the next */
  RoadMapArea single;  /* the first single host */
  guint single_columns;
} RoadMapLayout;

typedef enum
{
  ROAD_MAP_LEFT,
  ROAD_MAP_RIGHT,
  ROAD_MAP_UPWARDS,
  ROAD_MAP_DOWNWARDS,
  ROAD_MAP_PAGE_UP,
  ROAD_MAP_PAGE_DOWN,
  ROAD_MAP_ROW_START,
  ROAD_MAP_ROW_END,
  ROAD_MAP_FIRST,
  ROAD_MAP_LAST,
} RoadMapMove;

void road_map_layout_init (RoadMapLayout *self, const RoadMapRequest *request);
RoadMapArea road_map_layout_get_cell (const RoadMapLayout *self, guint position);
int road_map_layout_get_network_y (const RoadMapLayout *self, guint network);
gboolean road_map_layout_find (const RoadMapLayout *self, double x, double y, guint *position);
void road_map_layout_get_networks (
    const RoadMapLayout *self, int top, int bottom, guint *first, guint *n_networks);
void road_map_layout_get_singles (
    const RoadMapLayout *self, int top, int bottom, guint *first, guint *n_singles);
guint road_map_layout_move (const RoadMapLayout *self, guint position, RoadMapMove move);

G_END_DECLS

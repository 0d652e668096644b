/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-map-layout.h"

#define GRID_SIZE 16
#define NETWORK_SIZE 256

/* In pixels. */
#define MARGIN 12
#define NARROW_MARGIN 6
#define NARROW_WIDTH 480
#define SPACING 12 /* between a strip and its label, and between single hosts */
#define MIN_CELL_HEIGHT 20
#define MAX_CELL_WIDTH 72
#define MAX_CELL_HEIGHT 48
#define SINGLE_MIN_WIDTH 200
#define SINGLE_MAX_WIDTH 360

static int
get_margin (const RoadMapRequest *request)
{
  return request->width < NARROW_WIDTH ? NARROW_MARGIN : MARGIN;
}

/* If cells are too small for their octets, these are to the left of the rows. */
static void
lay_out_grid (RoadMapLayout *self)
{
  const RoadMapRequest *request = &self->request;
  const int margin = get_margin (request);
  const int min_height = MAX (MIN_CELL_HEIGHT, request->text_height + 2);
  const int width = request->width - 2 * margin;
  int header, cell_width, cell_height;

  self->has_octets = width / GRID_SIZE >= 2 * request->octet_width + 6;
  header = self->has_octets ? 0 : request->octet_width + 4;
  cell_width = CLAMP ((width - header) / GRID_SIZE, 1, MAX_CELL_WIDTH);
  cell_height = (request->height - 2 * margin) / GRID_SIZE;
  if (request->n_singles > 0)
    cell_height = min_height;
  cell_height =
      CLAMP (cell_height, min_height, MAX (min_height, MIN (MAX_CELL_HEIGHT, cell_width)));

  self->first = (RoadMapArea){
    .x = MAX (0, (request->width - header - GRID_SIZE * cell_width) / 2) + header,
    .y = margin,
    .width = cell_width,
    .height = cell_height,
  };
  self->network_height = GRID_SIZE * cell_height;
}

static void
lay_out_strips (RoadMapLayout *self)
{
  const RoadMapRequest *request = &self->request;
  const int margin = get_margin (request);
  const int width = request->width - 2 * margin;
  const int beside = width - request->label_width - request->count_width - 2 * SPACING;
  int cell_width;

  self->shape = beside >= 2 * NETWORK_SIZE ? ROAD_MAP_STRIP : ROAD_MAP_TALL_STRIP;
  cell_width = MAX (1, (self->shape == ROAD_MAP_STRIP ? beside : width) / NETWORK_SIZE);

  self->first.x = margin;
  self->first.y = margin;
  self->first.width = cell_width;
  self->first.height = MAX (request->text_height, 14);
  self->network_height = self->first.height + 10;
  if (self->shape == ROAD_MAP_STRIP)
    {
      self->first.x += request->label_width + SPACING;
      self->first.y += 5;
    }
  else
    {
      self->first.x += (width - NETWORK_SIZE * cell_width) / 2;
      self->first.y += request->text_height + 2;
      self->network_height += request->text_height + 4;
    }
}

static void
lay_out_singles (RoadMapLayout *self)
{
  const RoadMapRequest *request = &self->request;
  const int margin = get_margin (request);
  const int width = MAX (1, request->width - 2 * margin);
  const int columns = MAX (1, (width + SPACING) / (SINGLE_MIN_WIDTH + SPACING));

  self->single_columns = (guint) columns;
  self->single = (RoadMapArea){
    .x = margin,
    .y = margin,
    .width = MIN (SINGLE_MAX_WIDTH, (width + SPACING) / columns - SPACING),
    .height = 2 * request->text_height + 14,
  };
  if (request->n_networks > 0)
    self->single.y += margin + (int) request->n_networks * self->network_height;
}

/**
 * road_map_layout_init:
 * @self: (out caller-allocates): a layout
 */
void
road_map_layout_init (RoadMapLayout *self, const RoadMapRequest *request)
{
  int margin;

  g_return_if_fail (self != NULL);
  g_return_if_fail (request != NULL);

  *self = (RoadMapLayout){ .request = *request, .shape = ROAD_MAP_GRID };
  if (request->n_networks == 1)
    lay_out_grid (self);
  else if (request->n_networks > 1)
    lay_out_strips (self);
  lay_out_singles (self);

  margin = get_margin (request);
  self->height = 2 * margin + (int) request->n_networks * self->network_height;
  if (request->n_singles > 0)
    {
      const guint n_rows = (request->n_singles - 1) / self->single_columns + 1;

      self->height =
          self->single.y + (int) n_rows * (self->single.height + SPACING) - SPACING + margin;
    }
}

static guint
get_n_network_cells (const RoadMapLayout *self)
{
  return self->request.n_networks * NETWORK_SIZE;
}

static guint
get_n_cells (const RoadMapLayout *self)
{
  return get_n_network_cells (self) + self->request.n_singles;
}

/* Returns: where the cell at @position is, from the top of the whole map */
RoadMapArea
road_map_layout_get_cell (const RoadMapLayout *self, guint position)
{
  RoadMapArea area = { 0 };

  g_return_val_if_fail (self != NULL, area);
  g_return_val_if_fail (position < get_n_cells (self), area);

  if (position < get_n_network_cells (self))
    {
      const int octet = (int) (position % NETWORK_SIZE);
      const int row = self->shape == ROAD_MAP_GRID ? octet / GRID_SIZE : 0;
      const int column = self->shape == ROAD_MAP_GRID ? octet % GRID_SIZE : octet;

      area = self->first;
      area.x += column * area.width;
      area.y += row * area.height + (int) (position / NETWORK_SIZE) * self->network_height;
    }
  else
    {
      const guint index = position - get_n_network_cells (self);

      area = self->single;
      area.x += (int) (index % self->single_columns) * (area.width + SPACING);
      area.y += (int) (index / self->single_columns) * (area.height + SPACING);
    }

  return area;
}

/* Returns: the top of a network with its label, from the top of the whole map */
int
road_map_layout_get_network_y (const RoadMapLayout *self, guint network)
{
  g_return_val_if_fail (self != NULL, 0);

  return get_margin (&self->request) + (int) network * self->network_height;
}

static gboolean
find_in_networks (const RoadMapLayout *self, int x, int y, guint *position)
{
  const RoadMapArea *first = &self->first;
  const int columns = self->shape == ROAD_MAP_GRID ? GRID_SIZE : NETWORK_SIZE;
  int network, column, row;

  if (self->request.n_networks == 0 || x < first->x || y < first->y)
    return FALSE;

  network = (y - first->y) / self->network_height;
  column = (x - first->x) / first->width;
  row = (y - first->y - network * self->network_height) / first->height;
  if (network >= (int) self->request.n_networks || column >= columns ||
      row >= NETWORK_SIZE / columns)
    return FALSE;

  *position = (guint) (network * NETWORK_SIZE + row * columns + column);
  return TRUE;
}

/* Returns: whether there is a cell at a place from the top of the whole map; its position in @position */
gboolean
road_map_layout_find (const RoadMapLayout *self, double x, double y, guint *position)
{
  const RoadMapArea *single;
  int column, row;
  guint index;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  if (find_in_networks (self, (int) x, (int) y, position))
    return TRUE;

  single = &self->single;
  if (x < single->x || y < single->y)
    return FALSE;

  column = ((int) x - single->x) / (single->width + SPACING);
  row = ((int) y - single->y) / (single->height + SPACING);
  index = (guint) row * self->single_columns + (guint) column;
  if (column >= (int) self->single_columns || index >= self->request.n_singles ||
      ((int) x - single->x) % (single->width + SPACING) >= single->width ||
      ((int) y - single->y) % (single->height + SPACING) >= single->height)
    return FALSE;

  *position = get_n_network_cells (self) + index;
  return TRUE;
}

/* The networks of which something is between @top and @bottom, from the top of the whole map. */
void
road_map_layout_get_networks (
    const RoadMapLayout *self, int top, int bottom, guint *first, guint *n_networks)
{
  int margin, begin, end;

  g_return_if_fail (self != NULL);
  g_return_if_fail (first != NULL && n_networks != NULL);

  *first = *n_networks = 0;
  margin = get_margin (&self->request);
  if (self->request.n_networks == 0 || bottom < margin)
    return;

  begin = MAX (0, top - margin) / self->network_height;
  end = MIN ((bottom - margin) / self->network_height + 1, (int) self->request.n_networks);
  if (begin >= end)
    return;

  *first = (guint) begin;
  *n_networks = (guint) (end - begin);
}

/* The single hosts of which something is between @top and @bottom, from the top of the whole map. */
void
road_map_layout_get_singles (
    const RoadMapLayout *self, int top, int bottom, guint *first, guint *n_singles)
{
  int step;
  guint begin, end;

  g_return_if_fail (self != NULL);
  g_return_if_fail (first != NULL && n_singles != NULL);

  *first = *n_singles = 0;
  if (bottom < self->single.y)
    return;

  step = self->single.height + SPACING;
  begin = (guint) (MAX (0, top - self->single.y) / step) * self->single_columns;
  end = (guint) ((bottom - self->single.y) / step + 1) * self->single_columns;
  end = MIN (end, self->request.n_singles);
  if (begin >= end)
    return;

  *first = begin;
  *n_singles = end - begin;
}

/* The number of cells in a row of the part that @position is in; the part is from @begin to before @end. */
static guint
get_row_length (const RoadMapLayout *self, guint position, guint *begin, guint *end)
{
  if (position >= get_n_network_cells (self))
    {
      *begin = get_n_network_cells (self);
      *end = get_n_cells (self);
      return self->single_columns;
    }

  *begin = 0;
  *end = get_n_network_cells (self);
  return self->shape == ROAD_MAP_GRID ? GRID_SIZE : NETWORK_SIZE;
}

/* The cell nearest to @position in the first row of the single hosts or the last row of the networks. */
static guint
cross (const RoadMapLayout *self, guint position)
{
  const RoadMapArea area = road_map_layout_get_cell (self, position);
  const int x = area.x + area.width / 2;
  const guint n = get_n_network_cells (self);
  guint column;

  if (position < n)
    {
      column = (guint) (MAX (0, x - self->single.x) / (self->single.width + SPACING));
      return n + MIN (column, MIN (self->single_columns, self->request.n_singles) - 1);
    }

  column = (guint) (MAX (0, x - self->first.x) / self->first.width);
  return self->shape == ROAD_MAP_GRID ? n - GRID_SIZE + MIN (column, GRID_SIZE - 1)
                                      : n - NETWORK_SIZE + MIN (column, NETWORK_SIZE - 1);
}

static guint
move_rows (const RoadMapLayout *self, guint position, int n_rows)
{
  const guint step = n_rows < 0 ? (guint) -n_rows : (guint) n_rows;
  guint begin, end;
  const guint length = get_row_length (self, position, &begin, &end);
  const guint row = (position - begin) / length;
  const guint last_row = (end - 1 - begin) / length;

  if (n_rows < 0)
    {
      if (row > 0)
        return position - MIN (row, step) * length;
      return begin > 0 ? cross (self, position) : position;
    }

  if (row < last_row)
    return MIN (position + MIN (last_row - row, step) * length, end - 1);
  return end < get_n_cells (self) ? cross (self, position) : position;
}

/* How many rows Page Up and Page Down move by. */
static int
get_page (const RoadMapLayout *self, guint position)
{
  const gboolean single = position >= get_n_network_cells (self);
  const int height = single                         ? self->single.height + SPACING
                     : self->shape == ROAD_MAP_GRID ? self->first.height
                                                    : self->network_height;

  return MAX (1, self->request.height / MAX (1, height) - 1);
}

/* Returns: where the cursor gets from @position in a left-to-right language; the same if there is nothing in
 * that direction */
guint
road_map_layout_move (const RoadMapLayout *self, guint position, RoadMapMove move)
{
  guint n_cells, length, begin, end;

  g_return_val_if_fail (self != NULL, 0);

  n_cells = get_n_cells (self);
  g_return_val_if_fail (position < n_cells, 0);
  length = get_row_length (self, position, &begin, &end);

  switch (move)
    {
    case ROAD_MAP_LEFT:
      return position > 0 ? position - 1 : 0;
    case ROAD_MAP_RIGHT:
      return MIN (position + 1, n_cells - 1);
    case ROAD_MAP_UPWARDS:
      return move_rows (self, position, -1);
    case ROAD_MAP_DOWNWARDS:
      return move_rows (self, position, 1);
    case ROAD_MAP_PAGE_UP:
      return move_rows (self, position, -get_page (self, position));
    case ROAD_MAP_PAGE_DOWN:
      return move_rows (self, position, get_page (self, position));
    case ROAD_MAP_ROW_START:
      return position - (position - begin) % length;
    case ROAD_MAP_ROW_END:
      return MIN (position - (position - begin) % length + length, end) - 1;
    case ROAD_MAP_LAST:
      return n_cells - 1;
    case ROAD_MAP_FIRST:
    default:
      return 0;
    }
}

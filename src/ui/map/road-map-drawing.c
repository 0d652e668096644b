/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-map-drawing.h"

#include "road-map-text.h"

#include "ui/results/road-result-text.h"
#include "ui/widgets/road-host-look.h"

/* The visible part of a map: its layout filled with what the model has. */

#define GRID_SIZE 16
#define SPACING 12
#define SYMBOL_SIZE 40

typedef struct
{
  RoadMapPainter *painter;
  GtkSnapshot *snapshot;
  RoadMapModel *model;
  const RoadMapLayout *layout;
  gboolean mirrored;
} Drawing;

/* Returns: where @area is in right-to-left languages */
RoadMapArea
road_map_drawing_mirror (const RoadMapLayout *layout, const RoadMapArea *area)
{
  RoadMapArea mirrored = *area;

  mirrored.x = layout->request.width - area->x - area->width;

  return mirrored;
}

static RoadMapArea
place (const Drawing *self, const RoadMapArea *area)
{
  return self->mirrored ? road_map_drawing_mirror (self->layout, area) : *area;
}

static void
draw_text (
    const Drawing *self, const RoadMapArea *area, const char *text, gboolean at_end, gboolean dim)
{
  const RoadMapArea placed = place (self, area);

  road_map_painter_draw_text (self->painter, self->snapshot, &placed, text,
                              at_end != self->mirrored ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT, dim);
}

static void
draw_grid (const Drawing *self)
{
  RoadMapCell cells[ROAD_MAP_NETWORK_SIZE];

  road_map_model_get_cells (self->model, 0, cells);
  for (guint i = 0; i < ROAD_MAP_NETWORK_SIZE; i++)
    {
      RoadMapArea area = road_map_layout_get_cell (self->layout, i);

      area = place (self, &area);
      road_map_painter_draw_cell (self->painter, self->snapshot, &area, &cells[i],
                                  self->layout->has_octets ? (int) i : ROAD_MAP_NO_OCTET);
    }

  for (guint i = 0; !self->layout->has_octets && i < ROAD_MAP_NETWORK_SIZE; i += GRID_SIZE)
    {
      RoadMapArea area = road_map_layout_get_cell (self->layout, i);

      area.width = self->layout->request.octet_width;
      area.x -= area.width + 4;
      area = place (self, &area);
      road_map_painter_draw_small_number (self->painter, self->snapshot, &area, i);
    }
}

static void
draw_strip (const Drawing *self, guint network)
{
  const RoadMapRequest *request = &self->layout->request;
  const guint begin = network * ROAD_MAP_NETWORK_SIZE;
  RoadMapArea first = road_map_layout_get_cell (self->layout, begin);
  const int strip_end = first.x + first.width * ROAD_MAP_NETWORK_SIZE;
  RoadMapArea label = { first.x, first.y, request->label_width, first.height };
  RoadMapArea counts = { first.x, first.y, 0, first.height };
  RoadMapCell cells[ROAD_MAP_NETWORK_SIZE];
  RoadMapCounts sums = { .n_open = 0 };
  g_autofree char *name = road_map_text_network (self->model, network);
  g_autofree char *found = NULL;

  road_map_model_get_cells (self->model, network, cells);
  road_map_model_count_cells (cells, &sums);
  found = road_map_text_network_counts (&sums);

  if (self->layout->shape == ROAD_MAP_STRIP)
    {
      label.x = first.x - SPACING - request->label_width;
      counts.x = strip_end + SPACING;
    }
  else
    {
      label.y = counts.y = road_map_layout_get_network_y (self->layout, network);
      label.height = counts.height = request->text_height;
      counts.x = label.x + label.width + SPACING;
    }
  counts.width = request->width - counts.x - label.x / 2;
  if (self->layout->shape != ROAD_MAP_STRIP)
    counts.width = strip_end - counts.x;

  draw_text (self, &label, name, FALSE, TRUE);
  if (*found != '\0')
    draw_text (self, &counts, found, self->layout->shape != ROAD_MAP_STRIP, FALSE);

  if (self->mirrored)
    {
      for (guint i = 0; i < ROAD_MAP_NETWORK_SIZE / 2; i++)
        {
          const RoadMapCell cell = cells[i];

          cells[i] = cells[ROAD_MAP_NETWORK_SIZE - 1 - i];
          cells[ROAD_MAP_NETWORK_SIZE - 1 - i] = cell;
        }
      first.x = request->width - strip_end;
    }
  road_map_painter_draw_strip (self->painter, self->snapshot, &first, cells, ROAD_MAP_NETWORK_SIZE);
}

static void
draw_single (const Drawing *self, guint position)
{
  const RoadMapArea area = road_map_layout_get_cell (self->layout, position);
  const int text_height = self->layout->request.text_height;
  const int padding = (area.height - 2 * text_height) / 2;
  const RoadMapArea cell_area = { area.x, area.y, MIN (SYMBOL_SIZE, area.height), area.height };
  const RoadMapArea symbol = place (self, &cell_area);
  RoadMapArea line = { area.x + cell_area.width + SPACING / 2, area.y + padding, 0, text_height };
  RoadMapCell cell;
  RoadAddress address;
  g_autofree char *title = NULL;
  g_autofree char *state = NULL;

  road_map_model_get_cell (self->model, position, &cell);
  if (cell.host != NULL)
    {
      title = road_host_look_dup_title (cell.host);
      state = road_result_text_host_state (cell.host);
    }
  else
    {
      state = g_strdup (road_map_text_state (cell.state, road_map_model_get_report (self->model)));
      if (road_map_model_get_address (self->model, position, &address))
        title = road_address_to_string (&address);
      else
        title = g_strdup (road_map_model_get_name (self->model, position));
    }

  line.width = area.x + area.width - line.x;
  road_map_painter_draw_cell (self->painter, self->snapshot, &symbol, &cell, ROAD_MAP_NO_OCTET);
  draw_text (self, &line, title, FALSE, FALSE);
  line.y += text_height;
  draw_text (self, &line, state, FALSE, TRUE);
}

/* Draws what is between @top and @bottom, from the top of the whole map. */
void
road_map_drawing_draw (RoadMapPainter *painter,
                       GtkSnapshot *snapshot,
                       RoadMapModel *model,
                       const RoadMapLayout *layout,
                       int top,
                       int bottom,
                       gboolean mirrored)
{
  const Drawing self = { painter, snapshot, model, layout, mirrored };
  guint first, n;

  road_map_layout_get_networks (layout, top, bottom, &first, &n);
  for (guint i = first; i < first + n; i++)
    {
      if (layout->shape == ROAD_MAP_GRID)
        draw_grid (&self);
      else
        draw_strip (&self, i);
    }

  road_map_layout_get_singles (layout, top, bottom, &first, &n);
  for (guint i = first; i < first + n; i++)
    draw_single (&self, layout->request.n_networks * ROAD_MAP_NETWORK_SIZE + i);
}

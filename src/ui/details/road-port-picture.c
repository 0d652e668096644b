/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-picture.h"

#include <math.h>

/* Each pixel shows the port of the cell that it is in. States differ by brightness and by pattern: closed
 * ports are a plain dim area, filtered ones a brighter check, those not scanned a hatching on the background.
 * A cell may be a single pixel, so the ports that matter also get a mark around them: open ones a disc;
 * where there are only a few filtered ones, a small square. */

/* In units. */
#define HATCH_PERIOD 8
#define CHECK_SIZE 2
#define SMALL_OPEN_RADIUS 3
#define FILTERED_RADIUS 3
#define GAP 1 /* around the mark */

/* With more open ports than the first, discs are smaller; with more than the second, there are none. */
#define MANY_OPEN 256
#define TOO_MANY_OPEN 4096
#define MANY_FILTERED 64

typedef struct
{
  guint32 *pixels;
  int side;
  int unit;
  const RoadPortColors *colors;
} Picture;

static inline guint32
get_pixel (const Picture *self, RoadPortState state, int x, int y)
{
  const int size = CHECK_SIZE * self->unit;

  switch (state)
    {
    case ROAD_PORT_OPEN:
      return self->colors->open;
    case ROAD_PORT_CLOSED:
      return self->colors->closed;
    case ROAD_PORT_FILTERED:
      return (x / size + y / size) % 2 == 0 ? self->colors->filtered : self->colors->filtered_weak;
    case ROAD_PORT_UNKNOWN:
    default:
      return (x + y) % (HATCH_PERIOD * self->unit) < self->unit ? self->colors->unknown : 0;
    }
}

/* The picture is drawn ten times a second, so that patterns are not worked out for each pixel: all rows show
 * the same line of each, shifted. */
static void
draw_cells (const Picture *self, const RoadPortCells *cells)
{
  const int side = self->side;
  const int hatch = HATCH_PERIOD * self->unit;
  const int check = CHECK_SIZE * self->unit;
  const int length = side + MAX (hatch, 2 * check);
  g_autofree guint32 *patterns = g_new (guint32, ROAD_N_PORT_STATES * (gsize) length);
  g_autofree guint8 *columns = g_new (guint8, side);

  for (int x = 0; x < side; x++)
    columns[x] = (guint8) (x * ROAD_PORT_CELLS_SIDE / side);
  for (int state = 0; state < ROAD_N_PORT_STATES; state++)
    {
      for (int x = 0; x < length; x++)
        patterns[state * length + x] = get_pixel (self, (RoadPortState) state, x, 0);
    }

  for (int y = 0; y < side; y++)
    {
      const int row = y * ROAD_PORT_CELLS_SIDE / side;
      const guint8 *states = &cells->states[row * ROAD_PORT_CELLS_SIDE];
      const guint32 *lines[ROAD_N_PORT_STATES];

      for (int state = 0; state < ROAD_N_PORT_STATES; state++)
        lines[state] = &patterns[state * length];
      lines[ROAD_PORT_UNKNOWN] += y % hatch;
      lines[ROAD_PORT_FILTERED] += y / check % 2 * check;
      for (int x = 0; x < side; x++)
        self->pixels[y * side + x] = lines[states[columns[x]]][x];
    }
}

/* Returns where the mark of a cell goes, which is not cut off at the edge. */
static int
get_middle (const Picture *self, int cell, int radius)
{
  const int middle = (2 * cell + 1) * self->side / (2 * ROAD_PORT_CELLS_SIDE);

  return CLAMP (middle, radius, self->side - 1 - radius);
}

typedef struct
{
  RoadPortState state;
  int radius; /* in pixels */
  gboolean round;
} Mark;

/* @share: how much of the pixel is covered, from 0 to 256 */
static inline guint32
blend (guint32 below, guint32 above, guint share)
{
  const guint32 mask = 0xff00ff;
  const guint32 even = ((below & mask) * (256 - share) + (above & mask) * share) >> 8 & mask;
  const guint32 odd = (below >> 8 & mask) * (256 - share) + (above >> 8 & mask) * share;

  return even | (odd & ~mask);
}

/* Draws a mark around a place, or clears what is there. Discs have smooth edges. */
static void
draw_mark (const Picture *self, const Mark *mark, int middle_x, int middle_y, gboolean clear)
{
  const int radius = mark->radius + (clear ? GAP * self->unit : 0);
  const int last = self->side - 1;

  for (int y = MAX (middle_y - radius, 0); y <= MIN (middle_y + radius, last); y++)
    {
      for (int x = MAX (middle_x - radius, 0); x <= MIN (middle_x + radius, last); x++)
        {
          guint32 *pixel = &self->pixels[y * self->side + x];
          const float distance = hypotf ((float) (x - middle_x), (float) (y - middle_y));
          const float share = mark->round ? CLAMP ((float) radius + 1 - distance, 0, 1) : 1;

          *pixel = blend (*pixel, clear ? 0 : get_pixel (self, mark->state, x, y),
                          (guint) (share * 256));
        }
    }
}

/* First all gaps, so that none cuts into the mark of a neighbour. */
static void
draw_marks (const Picture *self, const RoadPortCells *cells, const Mark *mark)
{
  for (int clear = TRUE; clear >= FALSE; clear--)
    {
      for (int port = 0; port < ROAD_PORT_CELLS_N; port++)
        {
          if (cells->states[port] == mark->state)
            draw_mark (self, mark, get_middle (self, port % ROAD_PORT_CELLS_SIDE, mark->radius),
                       get_middle (self, port / ROAD_PORT_CELLS_SIDE, mark->radius), clear);
        }
    }
}

/**
 * road_port_picture_draw:
 * @pixels: (array length=side*side): what is drawn into
 * @side: the width and height, in pixels
 * @unit: how many pixels a logical pixel has
 */
void
road_port_picture_draw (guint32 *pixels,
                        guint side,
                        guint unit,
                        const RoadPortCells *cells,
                        const RoadPortColors *colors)
{
  const Picture self = { pixels, (int) side, (int) unit, colors };
  guint n_open, n_filtered;

  g_return_if_fail (pixels != NULL && side > 0 && unit > 0);
  g_return_if_fail (cells != NULL && colors != NULL);

  n_open = cells->n_ports[ROAD_PORT_OPEN];
  n_filtered = cells->n_ports[ROAD_PORT_FILTERED];
  draw_cells (&self, cells);
  if (n_filtered > 0 && n_filtered <= MANY_FILTERED)
    draw_marks (&self, cells,
                &(const Mark){ ROAD_PORT_FILTERED, FILTERED_RADIUS * self.unit, FALSE });
  if (n_open > 0 && n_open <= TOO_MANY_OPEN)
    draw_marks (&self, cells,
                &(const Mark){ ROAD_PORT_OPEN,
                               (n_open <= MANY_OPEN ? ROAD_PORT_MARK_RADIUS : SMALL_OPEN_RADIUS) *
                                   self.unit,
                               TRUE });
}

static guint32
make_pixel (GdkRGBA color, float opacity)
{
  const float alpha = color.alpha * opacity;
  const guint32 a = (guint32) (alpha * 255 + 0.5f);
  const guint32 r = (guint32) (color.red * alpha * 255 + 0.5f);
  const guint32 g = (guint32) (color.green * alpha * 255 + 0.5f);
  const guint32 b = (guint32) (color.blue * alpha * 255 + 0.5f);

  return a << 24 | r << 16 | g << 8 | b;
}

/* The style sheet has a class for each state. Brightness is what tells them apart, so that comes from here. */
static GdkRGBA
read_color (GtkWidget *widget, const char *css_class)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA color;

  gtk_style_context_save (context);
  gtk_style_context_add_class (context, css_class);
  gtk_style_context_get_color (context, &color);
  gtk_style_context_restore (context);

  return color;
}

static RoadPortColors
read_colors (GtkWidget *widget)
{
  const GdkRGBA open = read_color (widget, "state-open");
  const GdkRGBA filtered = read_color (widget, "state-filtered");
  const GdkRGBA closed = read_color (widget, "state-closed");

  return (RoadPortColors){
    .open = make_pixel (open, 1),
    .closed = make_pixel (closed, 0.4f),
    .filtered = make_pixel (filtered, 0.8f),
    .filtered_weak = make_pixel (filtered, 0.35f),
    .unknown = make_pixel (closed, 0.4f),
  };
}

static GdkTexture *
make_texture (guint32 *pixels, guint side)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, (gsize) side * side * sizeof (guint32));

  return gdk_memory_texture_new ((int) side, (int) side, GDK_MEMORY_DEFAULT, bytes,
                                 side * sizeof (guint32));
}

/**
 * road_port_picture_new:
 * @widget: the widget that will show it, whose colours and scale are used
 * @side: the width and height, in logical pixels
 *
 * Returns: (transfer full): the ports in the pixels of the display, so that nothing is scaled later
 */
GdkTexture *
road_port_picture_new (GtkWidget *widget, const RoadPortCells *cells, guint side)
{
  const guint unit = (guint) gtk_widget_get_scale_factor (widget);
  const RoadPortColors colors = read_colors (widget);
  guint32 *pixels = g_new (guint32, (gsize) side * unit * side * unit);

  road_port_picture_draw (pixels, side * unit, unit, cells, &colors);

  return make_texture (pixels, side * unit);
}

/**
 * road_port_picture_new_swatch:
 * @widget: the widget that will show it, whose colours and scale are used
 * @side: the width and height, in logical pixels
 *
 * Returns: (transfer full): what ports in that state look like, for a legend
 */
GdkTexture *
road_port_picture_new_swatch (GtkWidget *widget, RoadPortState state, guint side)
{
  const int unit = gtk_widget_get_scale_factor (widget);
  const RoadPortColors colors = read_colors (widget);
  guint32 *pixels = g_new0 (guint32, (gsize) side * side * (gsize) unit * (gsize) unit);
  const Picture self = { pixels, (int) side * unit, unit, &colors };

  const gboolean round = state == ROAD_PORT_OPEN;
  const Mark mark = { state, round ? ROAD_PORT_MARK_RADIUS * unit : self.side / 2, round };

  draw_mark (&self, &mark, self.side / 2, self.side / 2, FALSE);

  return make_texture (pixels, side * (guint) unit);
}

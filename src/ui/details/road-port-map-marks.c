/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-map-marks.h"

#include "road-port-picture.h"

#include <glib/gi18n.h>

/* In logical pixels: around the bracket between the picture and the names of the regions. */
#define BRACKET_GAP 3
#define BRACKET_WIDTH 2

#define RING_RADIUS 8

/* Makes the names again, in the font of @widget. */
void
road_port_regions_make (RoadPortRegions *self, GtkWidget *widget)
{
  static const char *const names[ROAD_N_PORT_REGIONS] = {
    /* Translators: the ranges of port numbers, as IANA calls them */
    [ROAD_PORT_REGION_SYSTEM] = NC_ ("ports", "System"),
    [ROAD_PORT_REGION_REGISTERED] = NC_ ("ports", "Registered"),
    [ROAD_PORT_REGION_DYNAMIC] = NC_ ("ports", "Dynamic"),
  };

  for (guint i = 0; i < ROAD_N_PORT_REGIONS; i++)
    {
      const RoadPortRange range = road_port_region_get_range ((RoadPortRegion) i);
      g_autofree char *text =
          /* Translators: the name of a range of ports, its first and its last port */
          g_strdup_printf (_ ("%s\n%d–%d"), g_dpgettext2 (NULL, "ports", names[i]), range.first,
                           range.last);

      g_clear_object (&self->names[i]);
      self->names[i] = gtk_widget_create_pango_layout (widget, text);
    }
}

void
road_port_regions_clear (RoadPortRegions *self)
{
  for (guint i = 0; i < ROAD_N_PORT_REGIONS; i++)
    g_clear_object (&self->names[i]);
}

/* Returns: how much room they need beside the picture, in logical pixels */
int
road_port_regions_get_width (const RoadPortRegions *self)
{
  int width = 0;

  for (guint i = 0; i < ROAD_N_PORT_REGIONS; i++)
    {
      int name_width;

      pango_layout_get_pixel_size (self->names[i], &name_width, NULL);
      width = MAX (width, name_width);
    }

  return width + 2 * BRACKET_GAP + BRACKET_WIDTH;
}

static void
draw_region (const RoadPortRegions *self,
             GtkWidget *widget,
             GtkSnapshot *snapshot,
             RoadPortRegion region,
             float edge,
             int side)
{
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const RoadPortRange range = road_port_region_get_range (region);
  const float scale = (float) side / ROAD_PORT_CELLS_N;
  const float top = (float) range.first * scale + 1;
  const float bottom = ((float) range.last + 1) * scale - 1;
  PangoLayout *name = self->names[region];
  float y = top;
  GdkRGBA color;
  int width, height;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  color.alpha *= 0.75f;
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (rtl ? edge - BRACKET_WIDTH : edge, top,
                                                  BRACKET_WIDTH, bottom - top));

  /* The first region is too low for its name, which is beside its top. */
  pango_layout_get_pixel_size (name, &width, &height);
  if (bottom - top > (float) height)
    y = (top + bottom - (float) height) / 2;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rtl ? edge - BRACKET_WIDTH - BRACKET_GAP -
                                                                    (float) width
                                                              : edge + BRACKET_WIDTH + BRACKET_GAP,
                                                          y));
  gtk_snapshot_append_layout (snapshot, name, &color);
  gtk_snapshot_restore (snapshot);
}

/**
 * road_port_regions_draw:
 * @widget: the widget that has the picture, whose colours are used
 * @left: where the picture begins
 * @side: its width and height, in logical pixels
 *
 * Draws a bracket and a name for each region: on the right of the picture, or on the left where people read
 * from right to left.
 */
void
road_port_regions_draw (
    const RoadPortRegions *self, GtkWidget *widget, GtkSnapshot *snapshot, int left, int side)
{
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const int edge = rtl ? left - BRACKET_GAP : left + side + BRACKET_GAP;

  for (guint i = 0; i < ROAD_N_PORT_REGIONS; i++)
    draw_region (self, widget, snapshot, (RoadPortRegion) i, (float) edge, side);
}

/* Returns the middle of a cell, as a distance from the edge of the picture. */
static float
get_middle (int cell, int side)
{
  return ((float) cell + 0.5f) * (float) side / ROAD_PORT_CELLS_SIDE;
}

/* Dark on light and light on dark, so that it is visible on everything. */
static void
draw_line (GtkSnapshot *snapshot,
           const GdkRGBA *color,
           const GdkRGBA *halo,
           graphene_rect_t rectangle)
{
  graphene_rect_t around = rectangle;

  graphene_rect_inset (&around, -1, -1);
  gtk_snapshot_append_color (snapshot, halo, &around);
  gtk_snapshot_append_color (snapshot, color, &rectangle);
}

static void
draw_ring (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float radius, float width)
{
  const GdkRGBA colors[] = { *color, *color, *color, *color };
  const float widths[] = { width, width, width, width };
  GskRoundedRect ring;

  gsk_rounded_rect_init_from_rect (
      &ring, &GRAPHENE_RECT_INIT (x - radius, y - radius, 2 * radius, 2 * radius), radius);
  gtk_snapshot_append_border (snapshot, &ring, widths, colors);
}

/**
 * road_port_crosshair_draw:
 * @widget: the widget that has the picture, whose colours are used
 * @snapshot: where to draw; the picture begins at 0, 0
 * @side: width and height of the picture, in logical pixels
 * @port: where the crosshair is
 *
 * Draws four lines that leave the middle free, and a ring around that, which may reach beyond the picture.
 */
void
road_port_crosshair_draw (GtkWidget *widget, GtkSnapshot *snapshot, int side, int port)
{
  const float size = (float) side;
  const float x = get_middle (port % ROAD_PORT_CELLS_SIDE, side);
  const float y = get_middle (port / ROAD_PORT_CELLS_SIDE, side);
  const float ring_x = CLAMP (x, ROAD_PORT_MARK_RADIUS, size - ROAD_PORT_MARK_RADIUS);
  const float ring_y = CLAMP (y, ROAD_PORT_MARK_RADIUS, size - ROAD_PORT_MARK_RADIUS);
  const float before_x = ring_x - RING_RADIUS, after_x = ring_x + RING_RADIUS;
  const float before_y = ring_y - RING_RADIUS, after_y = ring_y + RING_RADIUS;
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA color, halo;

  gtk_style_context_get_color (context, &color);
  if (!gtk_style_context_lookup_color (context, "theme_bg_color", &halo))
    halo = (GdkRGBA){ 0.5f, 0.5f, 0.5f, 1 };
  halo.alpha = 0.8f;

  if (before_x > 0)
    draw_line (snapshot, &color, &halo, GRAPHENE_RECT_INIT (0, y - 0.5f, before_x, 1));
  if (after_x < size)
    draw_line (snapshot, &color, &halo, GRAPHENE_RECT_INIT (after_x, y - 0.5f, size - after_x, 1));
  if (before_y > 0)
    draw_line (snapshot, &color, &halo, GRAPHENE_RECT_INIT (x - 0.5f, 0, 1, before_y));
  if (after_y < size)
    draw_line (snapshot, &color, &halo, GRAPHENE_RECT_INIT (x - 0.5f, after_y, 1, size - after_y));
  draw_ring (snapshot, &halo, ring_x, ring_y, RING_RADIUS + 1, 4);
  draw_ring (snapshot, &color, ring_x, ring_y, RING_RADIUS, 2);
}

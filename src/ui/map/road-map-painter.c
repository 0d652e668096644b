/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-map-painter.h"

#include "road-map-icon.h"

#include <math.h>

/* In pixels. */
#define CELL_GAP 2
#define CELL_RADIUS 3
#define OCTET_MARGIN 4
#define HATCH_STEP 5
#define RING_SIZE 13
#define CURSOR_WIDTH 2

#define SMALL_SCALE 0.75

typedef enum
{
  FONT_NORMAL,
  FONT_NUMBER, /* bold */
  FONT_SMALL,
} Font;

struct _RoadMapPainter
{
  GtkWidget *widget; /* which owns the painter */

  gboolean ready;      /* whether the colours are those of the widget */
  GHashTable *layouts; /* text and font -> PangoLayout */
  GdkRGBA base;
  GdkRGBA text;
  GdkRGBA open;
  GdkRGBA cursor;
};

/* There are about 300 different numbers and octets; names of hosts come and go. */
#define MAX_LAYOUTS 2000

RoadMapPainter *
road_map_painter_new (GtkWidget *widget)
{
  RoadMapPainter *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  self = g_new0 (RoadMapPainter, 1);
  self->widget = widget;
  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  return self;
}

void
road_map_painter_free (RoadMapPainter *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->layouts);
  g_free (self);
}

/* To be called when the colours or the font of the widget may have changed. */
void
road_map_painter_reset (RoadMapPainter *self)
{
  g_return_if_fail (self != NULL);

  self->ready = FALSE;
  g_hash_table_remove_all (self->layouts);
}

static GdkRGBA
mix (const GdkRGBA *a, const GdkRGBA *b, float part)
{
  const GdkRGBA result = {
    a->red + (b->red - a->red) * part,
    a->green + (b->green - a->green) * part,
    a->blue + (b->blue - a->blue) * part,
    1,
  };

  return result;
}

static void
look_up (GtkStyleContext *context, const char *name, const GdkRGBA *otherwise, GdkRGBA *colour)
{
  if (!gtk_style_context_lookup_color (context, name, colour))
    *colour = *otherwise;
}

static void
prepare (RoadMapPainter *self)
{
  GtkStyleContext *context = gtk_widget_get_style_context (self->widget);
  GdkRGBA success;

  if (self->ready)
    return;

  gtk_style_context_get_color (context, &self->text);
  look_up (context, "theme_base_color", &(GdkRGBA){ 1, 1, 1, 1 }, &self->base);
  look_up (context, "success_color", &self->text, &success);
  look_up (context, "theme_selected_bg_color", &self->text, &self->cursor);
  self->open = mix (&success, &self->text, 0.4F);
  self->ready = TRUE;
}

static PangoLayout *
get_layout (RoadMapPainter *self, const char *text, Font font)
{
  g_autofree char *key = g_strdup_printf ("%d%s", font, text);
  PangoLayout *layout = g_hash_table_lookup (self->layouts, key);
  g_autoptr (PangoAttrList) attributes = NULL;

  if (layout != NULL)
    return layout;

  if (g_hash_table_size (self->layouts) >= MAX_LAYOUTS)
    g_hash_table_remove_all (self->layouts);

  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (font == FONT_SMALL)
    pango_attr_list_insert (attributes, pango_attr_scale_new (SMALL_SCALE));
  else if (font == FONT_NUMBER)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  layout = gtk_widget_create_pango_layout (self->widget, text);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  g_hash_table_insert (self->layouts, g_steal_pointer (&key), layout);

  return layout;
}

/* Fills in the sizes of texts.
 * @counts: the longest counts of a network */
void
road_map_painter_measure (RoadMapPainter *self, const char *counts, RoadMapRequest *request)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (request != NULL);

  pango_layout_get_pixel_size (get_layout (self, "255.255.255.0/24", FONT_NORMAL),
                               &request->label_width, &request->text_height);
  pango_layout_get_pixel_size (get_layout (self, "255", FONT_SMALL), &request->octet_width,
                               &request->small_height);
  pango_layout_get_pixel_size (get_layout (self, counts, FONT_NORMAL), &request->count_width, NULL);
}

static float
get_luminance (const GdkRGBA *colour)
{
  const float parts[] = { colour->red, colour->green, colour->blue };
  float linear[3];

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    linear[i] =
        parts[i] <= 0.04045F ? parts[i] / 12.92F : powf ((parts[i] + 0.055F) / 1.055F, 2.4F);

  return 0.2126F * linear[0] + 0.7152F * linear[1] + 0.0722F * linear[2];
}

/* Black or white, whichever has the better contrast, which is then at least 4.5 to 1. */
static GdkRGBA
get_text_colour (const GdkRGBA *background)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  const GdkRGBA white = { 1, 1, 1, 1 };

  return get_luminance (background) > 0.179F ? black : white;
}

/* The more open ports the stronger, by doublings: 1, 2, 3 to 4, 5 to 8, 9 to 16, more. */
static GdkRGBA
get_open_colour (RoadMapPainter *self, guint n_open)
{
  const float doublings = n_open > 1 ? ceilf (log2f ((float) n_open)) : 0;

  return mix (&self->base, &self->open, MIN (1, 0.25F + 0.15F * doublings));
}

/* The text colour, less of it. */
static GdkRGBA
get_dim_colour (RoadMapPainter *self, float part)
{
  return mix (&self->base, &self->text, part);
}

static void
draw_layout (GtkSnapshot *snapshot, PangoLayout *layout, int x, int y, const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_centred (GtkSnapshot *snapshot,
              PangoLayout *layout,
              const RoadMapArea *area,
              const GdkRGBA *colour)
{
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  draw_layout (snapshot, layout, area->x + (area->width - width) / 2,
               area->y + (area->height - height) / 2, colour);
}

static void
draw_circle (GtkSnapshot *snapshot,
             const RoadMapArea *area,
             float diameter,
             float line,
             const GdkRGBA *colour)
{
  const GdkRGBA colours[] = { *colour, *colour, *colour, *colour };
  const float widths[] = { line, line, line, line };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (
      &outline,
      &GRAPHENE_RECT_INIT ((float) area->x + ((float) area->width - diameter) / 2,
                           (float) area->y + ((float) area->height - diameter) / 2, diameter,
                           diameter),
      diameter / 2);
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);
}

static void
draw_hatch (RoadMapPainter *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  const GdkRGBA stripe = get_dim_colour (self, 0.4F);
  const GdkRGBA gap = get_dim_colour (self, 0.04F);
  const GskColorStop stops[] = {
    { 0, stripe }, { 0.14F, stripe }, { 0.28F, gap }, { 0.86F, gap }, { 1, stripe }
  };

  /* The same everywhere, so that it goes on from one cell to the next. */
  gtk_snapshot_append_repeating_linear_gradient (snapshot, bounds, &GRAPHENE_POINT_INIT (0, 0),
                                                 &GRAPHENE_POINT_INIT (HATCH_STEP, HATCH_STEP),
                                                 stops, G_N_ELEMENTS (stops));
}

static PangoLayout *
get_number_layout (RoadMapPainter *self, guint n_open, int max_width)
{
  char number[16];
  PangoLayout *layout;
  int width;

  g_snprintf (number, sizeof number, "%u", n_open);
  layout = get_layout (self, number, FONT_NUMBER);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > max_width - CELL_GAP)
    {
      layout = get_layout (self, number, FONT_SMALL);
      pango_layout_get_pixel_size (layout, &width, NULL);
    }
  if (width > max_width)
    layout = get_layout (self, "+", FONT_NUMBER);

  return layout;
}

static void
draw_number (RoadMapPainter *self, GtkSnapshot *snapshot, const RoadMapArea *area, guint n_open)
{
  const GdkRGBA fill = get_open_colour (self, n_open);
  const GdkRGBA text = get_text_colour (&fill);

  draw_centred (snapshot, get_number_layout (self, n_open, area->width), area, &text);
}

static void
draw_bar (RoadMapPainter *self, GtkSnapshot *snapshot, const RoadMapArea *area)
{
  const GdkRGBA colour = get_dim_colour (self, 0.6F);
  const int width = MIN (12, area->width - 4);

  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT ((float) (area->x + (area->width - width) / 2),
                                                  (float) (area->y + area->height / 2 - 1),
                                                  (float) width, 2));
}

/* The part of a cell beside its last octet. */
static RoadMapArea
get_symbol_area (RoadMapPainter *self, const RoadMapArea *area, int octet)
{
  RoadMapArea symbol = *area;
  int width;

  if (octet == ROAD_MAP_NO_OCTET)
    return symbol;

  pango_layout_get_pixel_size (get_layout (self, "255", FONT_SMALL), &width, NULL);
  symbol.x += width + OCTET_MARGIN;
  symbol.width -= width + OCTET_MARGIN;

  return symbol;
}

/* The last octet of an address, in the corner of a high cell, else in the middle of its height. */
static void
draw_octet (RoadMapPainter *self,
            GtkSnapshot *snapshot,
            const RoadMapArea *area,
            int octet,
            const GdkRGBA *colour)
{
  char text[16];
  PangoLayout *layout;
  int height;

  g_snprintf (text, sizeof text, "%d", octet);
  layout = get_layout (self, text, FONT_SMALL);
  pango_layout_get_pixel_size (layout, NULL, &height);
  draw_layout (snapshot, layout, area->x + OCTET_MARGIN,
               area->y + MIN (OCTET_MARGIN, (area->height - height) / 2), colour);
}

static void
draw_symbol (RoadMapPainter *self,
             GtkSnapshot *snapshot,
             const RoadMapArea *area,
             const RoadMapCell *cell)
{
  const GdkRGBA dim = get_dim_colour (self, 0.55F);

  switch (cell->state)
    {
    case ROAD_MAP_OPEN:
      draw_number (self, snapshot, area, cell->n_open);
      break;
    case ROAD_MAP_UP:
      draw_circle (snapshot, area, (float) MIN (RING_SIZE, MIN (area->width, area->height) - 4), 2,
                   &self->open);
      break;
    case ROAD_MAP_SILENT:
      draw_circle (snapshot, area, 4, 2, &dim);
      break;
    case ROAD_MAP_PENDING:
      draw_hatch (self, snapshot,
                  &GRAPHENE_RECT_INIT ((float) area->x, (float) area->y, (float) area->width,
                                       (float) area->height));
      break;
    case ROAD_MAP_EXCLUDED:
      draw_bar (self, snapshot, area);
      break;
    case ROAD_MAP_NOT_ASKED:
    case ROAD_N_MAP_STATES:
    default:
      break;
    }
}

/* Draws what kind of device a host is, if there is room for it beside the octet and the number. */
static void
draw_kind (RoadMapPainter *self,
           GtkSnapshot *snapshot,
           const RoadMapArea *inner,
           const RoadMapCell *cell,
           const GdkRGBA *colour,
           RoadMapArea *symbol)
{
  const RoadDeviceKind kind = road_device_kind_guess (cell->host);
  RoadMapArea octet = { inner->x + OCTET_MARGIN, inner->y, 0, 0 };
  RoadMapArea icon;
  int width = RING_SIZE;

  if (kind == ROAD_DEVICE_UNKNOWN)
    return;

  pango_layout_get_pixel_size (get_layout (self, "255", FONT_SMALL), &octet.width, &octet.height);
  octet.y += MIN (OCTET_MARGIN, (inner->height - octet.height) / 2);
  if (cell->state == ROAD_MAP_OPEN)
    pango_layout_get_pixel_size (get_number_layout (self, cell->n_open, symbol->width), &width,
                                 NULL);
  if (road_map_icon_place (inner, &octet, width, &icon, symbol))
    road_map_icon_draw (self->widget, snapshot, &icon, kind, colour);
}

/* Draws a cell of a grid, a single host or the legend.
 * @octet: what to write into its corner, or %ROAD_MAP_NO_OCTET */
void
road_map_painter_draw_cell (RoadMapPainter *self,
                            GtkSnapshot *snapshot,
                            const RoadMapArea *area,
                            const RoadMapCell *cell,
                            int octet)
{
  const RoadMapArea inner = { area->x + CELL_GAP / 2, area->y + CELL_GAP / 2,
                              area->width - CELL_GAP, area->height - CELL_GAP };
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) inner.x, (float) inner.y,
                                                     (float) inner.width, (float) inner.height);
  RoadMapArea symbol;
  GskRoundedRect clip;
  GdkRGBA fill, text;

  g_return_if_fail (self != NULL);

  if (cell->state == ROAD_MAP_NOT_ASKED)
    return;

  prepare (self);
  symbol = get_symbol_area (self, &inner, octet);
  fill = get_dim_colour (self, 0.06F);
  text = get_dim_colour (self, 0.75F);
  if (cell->state == ROAD_MAP_OPEN)
    {
      fill = get_open_colour (self, cell->n_open);
      text = get_text_colour (&fill);
    }

  gsk_rounded_rect_init_from_rect (&clip, &bounds, CELL_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  gtk_snapshot_append_color (snapshot, &fill, &bounds);
  if (octet != ROAD_MAP_NO_OCTET && cell->host != NULL && cell->state >= ROAD_MAP_UP)
    draw_kind (self, snapshot, &inner, cell, &text, &symbol);
  draw_symbol (self, snapshot, &symbol, cell);
  if (octet != ROAD_MAP_NO_OCTET)
    draw_octet (self, snapshot, &inner, octet, &text);
  gtk_snapshot_pop (snapshot);
}

/* The part of its height that a cell of a strip has, so that its state is seen without colours. */
static void
draw_strip_run (RoadMapPainter *self,
                GtkSnapshot *snapshot,
                const RoadMapArea *area,
                const RoadMapCell *cell)
{
  const float x = (float) area->x;
  const float y = (float) area->y;
  const float width = (float) area->width;
  const float height = (float) area->height;
  GdkRGBA colour;

  switch (cell->state)
    {
    case ROAD_MAP_OPEN:
      /* So thin a line must be strong to be seen. */
      colour = get_open_colour (self, MAX (cell->n_open, 4));
      gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (x, y, width, height));
      break;
    case ROAD_MAP_UP:
      gtk_snapshot_append_color (snapshot, &self->open,
                                 &GRAPHENE_RECT_INIT (x, y + floorf (height * 0.3F), width,
                                                      ceilf (height * 0.4F)));
      break;
    case ROAD_MAP_SILENT:
      colour = get_dim_colour (self, 0.55F);
      gtk_snapshot_append_color (snapshot, &colour,
                                 &GRAPHENE_RECT_INIT (x, y + floorf (height / 2) - 1, width, 2));
      break;
    case ROAD_MAP_PENDING:
      draw_hatch (self, snapshot, &GRAPHENE_RECT_INIT (x, y, width, height));
      break;
    case ROAD_MAP_EXCLUDED:
      colour = get_dim_colour (self, 0.55F);
      gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (x, y, width, 1));
      gtk_snapshot_append_color (snapshot, &colour,
                                 &GRAPHENE_RECT_INIT (x, y + height - 1, width, 1));
      break;
    case ROAD_MAP_NOT_ASKED:
    case ROAD_N_MAP_STATES:
    default:
      break;
    }
}

static gboolean
looks_the_same (const RoadMapCell *a, const RoadMapCell *b)
{
  return a->state == b->state && a->n_open == b->n_open;
}

/* Draws the cells of a network in a row that begins with @first. */
void
road_map_painter_draw_strip (RoadMapPainter *self,
                             GtkSnapshot *snapshot,
                             const RoadMapArea *first,
                             const RoadMapCell *cells,
                             guint n_cells)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (first != NULL && cells != NULL);

  prepare (self);
  for (guint i = 0, end; i < n_cells; i = end)
    {
      /* Hatching is drawn once for all, and narrow cells have no gaps. */
      const gboolean joined = cells[i].state == ROAD_MAP_PENDING || first->width < 3;
      RoadMapArea run = *first;

      for (end = i + 1; joined && end < n_cells && looks_the_same (&cells[i], &cells[end]); end++)
        ;
      run.x += (int) i * first->width;
      run.width = (int) (end - i) * first->width - (first->width >= 3);
      draw_strip_run (self, snapshot, &run, &cells[i]);
    }
}

/* Draws a line of text into the middle of the height of @area. */
void
road_map_painter_draw_text (RoadMapPainter *self,
                            GtkSnapshot *snapshot,
                            const RoadMapArea *area,
                            const char *text,
                            PangoAlignment alignment,
                            gboolean dim)
{
  PangoLayout *layout;
  GdkRGBA colour;
  int width, height, x = area->x;

  g_return_if_fail (self != NULL);

  prepare (self);
  layout = get_layout (self, text, FONT_NORMAL);
  colour = dim ? get_dim_colour (self, 0.75F) : self->text;
  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > area->width)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (layout, area->width * PANGO_SCALE);
    }
  else if (alignment == PANGO_ALIGN_RIGHT)
    x += area->width - width;

  draw_layout (snapshot, layout, x, area->y + (area->height - height) / 2, &colour);
}

/* Draws a number, to the right of @area. */
void
road_map_painter_draw_small_number (RoadMapPainter *self,
                                    GtkSnapshot *snapshot,
                                    const RoadMapArea *area,
                                    guint number)
{
  char text[16];
  PangoLayout *layout;
  GdkRGBA colour;
  int width, height;

  g_return_if_fail (self != NULL);

  prepare (self);
  colour = get_dim_colour (self, 0.75F);
  g_snprintf (text, sizeof text, "%u", number);
  layout = get_layout (self, text, FONT_SMALL);
  pango_layout_get_pixel_size (layout, &width, &height);
  draw_layout (snapshot, layout, area->x + area->width - width,
               area->y + (area->height - height) / 2, &colour);
}

/* Draws a frame around a cell, which is stronger while the keyboard is there. */
void
road_map_painter_draw_cursor (RoadMapPainter *self,
                              GtkSnapshot *snapshot,
                              const RoadMapArea *area,
                              gboolean has_focus)
{
  const float width = has_focus ? CURSOR_WIDTH : 1;
  const float widths[] = { width, width, width, width };
  const int grow = area->width < 8 ? CURSOR_WIDTH + 1 : 0;
  GdkRGBA colours[4];
  GskRoundedRect outline;

  g_return_if_fail (self != NULL);

  prepare (self);
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    colours[i] = self->text;
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((float) (area->x - grow),
                                                        (float) (area->y - grow),
                                                        (float) (area->width + 2 * grow),
                                                        (float) (area->height + 2 * grow)),
                                   CELL_RADIUS + 1);
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);
}

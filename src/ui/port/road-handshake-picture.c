/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-handshake-picture.h"

#include "road-handshake-layout.h"
#include "road-handshake-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* In pixels. */
#define LENGTH 170 /* of the life lines */
#define COMPACT_LENGTH 90
#define RIGHT_MARGIN 18 /* beside the life line of the host */
#define TICK 8          /* from the life line of this computer to a time */
#define GAP 6
#define ARROW 7
#define CROSS 4
#define BREAK 5

/* Where the life line of a router is, as a fraction of the way to the host. */
#define ROUTER_PLACE 0.6

/* Keeps the colon before a port in a right-to-left language. */
#define LEFT_TO_RIGHT "\xe2\x80\x8e"

typedef struct
{
  GdkRGBA text;
  GdkRGBA background;
  GdkRGBA accepted;
  GdkRGBA blocked;
} Colors;

/* The picture while it is drawn. */
typedef struct
{
  const RoadHandshakePicture *self;
  GtkSnapshot *snapshot;
  cairo_t *cr; /* for the lines */
  Colors colors;
  double width;
  double left; /* the life lines */
  double right;
  double middle; /* of whoever replied instead of the host */
  double top;
  double length;
  double line_height;
} Picture;

static double
get_length (const RoadHandshakePicture *self)
{
  return self->compact ? COMPACT_LENGTH : LENGTH;
}

static double
measure_line (const RoadHandshakePicture *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (self->widget, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);

  return height;
}

/* The names at the head of the life lines. */
static double
get_head_height (const RoadHandshakePicture *self, double line_height)
{
  return (self->compact ? 1 : 2) * line_height + GAP + line_height / 2;
}

static void
mix (GdkRGBA *color, const GdkRGBA *with)
{
  color->red = (color->red + with->red) / 2;
  color->green = (color->green + with->green) / 2;
  color->blue = (color->blue + with->blue) / 2;
}

/* Mixed as in style.css. */
static Colors
get_colors (const RoadHandshakePicture *self)
{
  GtkStyleContext *context = gtk_widget_get_style_context (self->widget);
  Colors colors;

  gtk_style_context_get_color (context, &colors.text);
  colors.background = (GdkRGBA){ 1, 1, 1, 0 };
  colors.accepted = colors.blocked = colors.text;
  gtk_style_context_lookup_color (context, "theme_bg_color", &colors.background);
  gtk_style_context_lookup_color (context, "success_color", &colors.accepted);
  gtk_style_context_lookup_color (context, "warning_color", &colors.blocked);
  mix (&colors.accepted, &colors.text);
  mix (&colors.blocked, &colors.text);

  return colors;
}

static const GdkRGBA *
get_packet_color (const Picture *picture, const RoadPacket *packet)
{
  if (packet->kind == ROAD_PACKET_SYN_ACK)
    return &picture->colors.accepted;

  return packet->kind == ROAD_PACKET_ICMP ? &picture->colors.blocked : &picture->colors.text;
}

/* Lines. */

static void
set_color (const Picture *picture, const GdkRGBA *color, double alpha)
{
  cairo_set_source_rgba (picture->cr, color->red, color->green, color->blue, color->alpha * alpha);
}

static void
draw_line (const Picture *picture, double x1, double y1, double x2, double y2)
{
  cairo_move_to (picture->cr, x1, y1);
  cairo_line_to (picture->cr, x2, y2);
  cairo_stroke (picture->cr);
}

/* Two strokes across say that the scale is broken there. */
static void
draw_break (const Picture *picture, double x)
{
  const double y = picture->top + picture->length + ROAD_HANDSHAKE_BREAK * 0.5;

  for (int i = -1; i <= 1; i += 2)
    draw_line (picture, x - BREAK, y + i * 2 + BREAK / 2.0, x + BREAK, y + i * 2 - BREAK / 2.0);
}

static void
draw_life_line (const Picture *picture, double x)
{
  const double start = picture->top - GAP;
  const double end = picture->top + picture->length + GAP;

  set_color (picture, &picture->colors.text, 0.4);
  cairo_set_line_width (picture->cr, 1);
  x = floor (x) + 0.5;
  if (!road_handshake_layout_has_break (picture->self->handshake))
    {
      draw_line (picture, x, start, x, end);
      return;
    }

  draw_line (picture, x, start, x, end + ROAD_HANDSHAKE_BREAK / 2.0 - GAP - 3);
  draw_line (picture, x, end + ROAD_HANDSHAKE_BREAK / 2.0 - GAP + 3, x, end + ROAD_HANDSHAKE_BREAK);
  draw_break (picture, x);
}

static void
draw_cross (const Picture *picture, double x, double y)
{
  set_color (picture, &picture->colors.blocked, 1);
  cairo_set_line_width (picture->cr, 2);
  draw_line (picture, x - CROSS, y - CROSS, x + CROSS, y + CROSS);
  draw_line (picture, x - CROSS, y + CROSS, x + CROSS, y - CROSS);
}

static void
draw_head (const Picture *picture, double x1, double y1, double x2, double y2)
{
  const double angle = atan2 (y2 - y1, x2 - x1);

  for (int side = -1; side <= 1; side += 2)
    draw_line (picture, x2, y2, x2 - ARROW * cos (angle + side * 0.45),
               y2 - ARROW * sin (angle + side * 0.45));
}

/* How much of a packet's way it has gone, from 0 to 1; negative if it was not sent yet. */
static double
get_progress (const Picture *picture, const RoadPacket *packet)
{
  const double duration = (double) road_handshake_get_scale (picture->self->handshake);
  const double flight =
      MAX ((double) (packet->arrived_us - packet->sent_us), duration * ROAD_HANDSHAKE_MIN_FLIGHT);

  if (picture->self->replay_us < 0)
    return 1;

  return MIN ((picture->self->replay_us - (double) packet->sent_us) / flight, 1);
}

static gboolean
is_waiting (const RoadHandshake *handshake, const RoadPacket *packet)
{
  return !handshake->ended &&
         packet == &g_array_index (handshake->packets, RoadPacket, handshake->packets->len - 1);
}

static void
draw_packet (const Picture *picture, const RoadPacket *packet)
{
  const RoadHandshake *handshake = picture->self->handshake;
  const double progress = get_progress (picture, packet);
  const double far_end = handshake->has_router && !packet->lost ? picture->middle : picture->right;
  const double dashes[] = { 4, 3 };
  const double fraction = packet->lost ? ROAD_HANDSHAKE_VANISHED : 1;
  double x1 = packet->incoming ? far_end : picture->left;
  double x2 = packet->incoming ? picture->left : far_end;
  double y1, y2;

  if (progress < 0 || (progress == 0 && picture->self->replay_us >= 0))
    return;

  y1 = picture->top + road_handshake_layout_get_y (handshake, packet->sent_us, picture->length);
  y2 = picture->top + road_handshake_layout_get_y (handshake, packet->arrived_us, picture->length);
  x2 = x1 + (x2 - x1) * fraction * progress;
  y2 = y1 + (y2 - y1) * fraction * progress;

  set_color (picture, get_packet_color (picture, packet), packet->measured ? 1 : 0.65);
  cairo_set_line_width (picture->cr, 1.5);
  cairo_set_dash (picture->cr, dashes, packet->measured ? 0 : 2, 0);
  draw_line (picture, x1, y1, x2, y2);
  cairo_set_dash (picture->cr, NULL, 0, 0);

  if (packet->lost && progress >= 1 && !is_waiting (handshake, packet))
    draw_cross (picture, x2, y2);
  else
    draw_head (picture, x1, y1, x2, y2);
}

static void
draw_tick (const Picture *picture, const RoadHandshakeMark *mark)
{
  set_color (picture, &picture->colors.text, 0.5);
  cairo_set_line_width (picture->cr, 1);
  draw_line (picture, picture->left - TICK, picture->top + mark->y, picture->left,
             picture->top + mark->at);
}

/* Texts. */

static PangoLayout *
make_layout (const Picture *picture, const char *text, double max_width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (picture->self->widget, text);

  if (max_width > 0)
    {
      pango_layout_set_width (layout, (int) (max_width * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (layout, -1);
    }

  return layout;
}

/* Right to left, the picture is mirrored, but not its texts. */
static double
mirror (const Picture *picture, double x)
{
  return gtk_widget_get_direction (picture->self->widget) == GTK_TEXT_DIR_RTL ? picture->width - x
                                                                              : x;
}

/* @align: which part of the text is at @x, from 0 to 1; @y is its middle */
static void
draw_text (const Picture *picture,
           PangoLayout *layout,
           double x,
           double y,
           double align,
           gboolean boxed,
           double alpha)
{
  GdkRGBA color = picture->colors.text;
  PangoRectangle extents;
  double left;

  pango_layout_get_pixel_extents (layout, NULL, &extents);
  if (gtk_widget_get_direction (picture->self->widget) == GTK_TEXT_DIR_RTL)
    align = 1 - align;
  left = floor (mirror (picture, x) - align * extents.width);
  y = floor (y - extents.height / 2.0);
  left = CLAMP (left, 0, MAX (picture->width - extents.width, 0));

  if (boxed)
    gtk_snapshot_append_color (picture->snapshot, &picture->colors.background,
                               &GRAPHENE_RECT_INIT ((float) left - 2, (float) y + 1,
                                                    (float) extents.width + 4,
                                                    (float) extents.height - 2));

  color.alpha *= (float) alpha;
  gtk_snapshot_save (picture->snapshot);
  gtk_snapshot_translate (picture->snapshot,
                          &GRAPHENE_POINT_INIT ((float) (left - extents.x), (float) y));
  gtk_snapshot_append_layout (picture->snapshot, layout, &color);
  gtk_snapshot_restore (picture->snapshot);
}

static void
draw_head_text (const Picture *picture,
                const char *name,
                guint16 port,
                double x,
                double align,
                double max_width)
{
  g_autoptr (PangoLayout) layout = make_layout (picture, name, max_width);
  g_autofree char *text = port != 0 ? g_strdup_printf (LEFT_TO_RIGHT ":%d", port) : NULL;
  g_autoptr (PangoLayout) port_layout = NULL;

  draw_text (picture, layout, x, picture->line_height / 2, align, FALSE, 1);
  if (text == NULL || picture->self->compact)
    return;

  port_layout = make_layout (picture, text, 0);
  draw_text (picture, port_layout, x, picture->line_height * 1.5, align, FALSE, 0.75);
}

static void
draw_heads (const Picture *picture)
{
  const RoadHandshake *handshake = picture->self->handshake;
  const double max_width = picture->width / 2 - GAP;
  g_autofree char *router =
      handshake->router.length != 0 ? road_address_to_string (&handshake->router) : NULL;
  g_autoptr (PangoLayout) layout = NULL;

  draw_head_text (picture,
                  /* Translators: above the side of a picture that is this computer */
                  _ ("this computer"), handshake->local_port, 0, 0, max_width);
  draw_head_text (picture, picture->self->host, handshake->port, picture->width, 1, max_width);
  if (!handshake->has_router)
    return;

  /* Translators: who rejected a connection, if it is not known */
  layout = make_layout (picture, router != NULL ? router : _ ("a router"), max_width);
  /* Between the ports of the others there is room. */
  draw_text (picture, layout, picture->middle, picture->line_height * 1.5, 0.5, FALSE, 1);
}

static void
draw_mark (const Picture *picture, const RoadHandshakeMark *mark)
{
  const double far_end = picture->self->handshake->has_router ? picture->middle : picture->right;
  g_autoptr (PangoLayout) layout = make_layout (picture, mark->text, 0);
  const double y = picture->top + mark->y;
  const double alpha = mark->inferred ? 0.75 : 1;

  if (mark->place == ROAD_MARK_TIME)
    draw_text (picture, layout, picture->left - TICK - 3, y, 1, FALSE, alpha);
  else
    draw_text (picture, layout,
               picture->left + (far_end - picture->left) * (mark->place == ROAD_MARK_OUT
                                                                ? ROAD_HANDSHAKE_OUT_COLUMN
                                                                : ROAD_HANDSHAKE_IN_COLUMN),
               y, 0.5, TRUE, alpha);
}

static gboolean
is_shown (const Picture *picture, const RoadHandshakeMark *mark)
{
  if (picture->self->replay_us < 0)
    return TRUE;

  /* A packet that is about to be sent has no name yet. */
  return mark->place == ROAD_MARK_TIME ? (double) mark->time_us <= picture->self->replay_us
                                       : (double) mark->time_us < picture->self->replay_us;
}

static double
measure_times (const RoadHandshakePicture *self, GArray *marks)
{
  double widest = 0;

  for (guint i = 0; i < marks->len; i++)
    {
      const RoadHandshakeMark *mark = &g_array_index (marks, RoadHandshakeMark, i);
      g_autoptr (PangoLayout) layout = NULL;
      int width;

      if (mark->place != ROAD_MARK_TIME)
        continue;

      layout = gtk_widget_create_pango_layout (self->widget, mark->text);
      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }

  return widest;
}

static void
draw_lines (Picture *picture, GArray *marks)
{
  const RoadHandshake *handshake = picture->self->handshake;

  if (mirror (picture, 0) != 0)
    {
      cairo_translate (picture->cr, picture->width, 0);
      cairo_scale (picture->cr, -1, 1);
    }

  draw_life_line (picture, picture->left);
  draw_life_line (picture, picture->right);
  if (handshake->has_router)
    draw_life_line (picture, picture->middle);
  for (guint i = 0; i < marks->len; i++)
    {
      const RoadHandshakeMark *mark = &g_array_index (marks, RoadHandshakeMark, i);

      if (mark->place == ROAD_MARK_TIME && is_shown (picture, mark))
        draw_tick (picture, mark);
    }
  for (guint i = 0; i < handshake->packets->len; i++)
    draw_packet (picture, &g_array_index (handshake->packets, RoadPacket, i));
}

void
road_handshake_picture_snapshot (const RoadHandshakePicture *self, GtkSnapshot *snapshot)
{
  Picture picture = { .self = self, .snapshot = snapshot, .colors = get_colors (self) };
  const int height = gtk_widget_get_height (self->widget);
  g_autoptr (GArray) marks = NULL;

  g_return_if_fail (self->handshake != NULL);

  picture.width = gtk_widget_get_width (self->widget);
  picture.line_height = measure_line (self);
  picture.length = get_length (self);
  picture.top = get_head_height (self, picture.line_height);
  marks = road_handshake_layout_make_marks (self->handshake, picture.length, picture.line_height);
  picture.left = MAX (measure_times (self, marks) + TICK + 4, 16);
  picture.right = picture.width - RIGHT_MARGIN;
  picture.middle = picture.left + (picture.right - picture.left) * ROUTER_PLACE;

  picture.cr =
      gtk_snapshot_append_cairo (snapshot,
                                 &GRAPHENE_RECT_INIT (0, 0, (float) picture.width, (float) height));
  draw_lines (&picture, marks);
  cairo_destroy (picture.cr);

  draw_heads (&picture);
  for (guint i = 0; i < marks->len; i++)
    {
      const RoadHandshakeMark *mark = &g_array_index (marks, RoadHandshakeMark, i);

      if (is_shown (&picture, mark))
        draw_mark (&picture, mark);
    }
}

/* Returns: the height that the picture needs, in pixels */
int
road_handshake_picture_measure (const RoadHandshakePicture *self)
{
  const double line_height = measure_line (self);
  g_autoptr (GArray) marks = NULL;

  if (self->handshake == NULL)
    return 0;

  marks = road_handshake_layout_make_marks (self->handshake, get_length (self), line_height);

  return (int) ceil (get_head_height (self, line_height) + GAP +
                     road_handshake_layout_get_bottom (marks, get_length (self), line_height));
}

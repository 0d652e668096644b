/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-rate-graph.h"

#include <glib/gi18n.h>
#include <math.h>

/* In logical pixels. */
#define MIN_WIDTH 200
#define NATURAL_WIDTH 320
#define HEIGHT 96
#define DASH 4
#define LABEL_GAP 2

struct _RoadRateGraph
{
  GtkWidget parent_instance;

  RoadRateHistory history;
};

G_DEFINE_FINAL_TYPE (RoadRateGraph, road_rate_graph, GTK_TYPE_WIDGET)

static char *
format_rate (double rate)
{
  return g_strdup_printf ("%'u", (guint) CLAMP (rate + 0.5, 0, G_MAXUINT));
}

/* Before a limit is found, a scan is much faster for a moment. That may go beyond the top: what matters is the
 * time after it. */
static double
get_top (RoadRateGraph *self)
{
  guint age;
  const double limit = road_rate_history_get_limit (&self->history, &age);
  const double peak = road_rate_history_get_peak (&self->history);

  return road_rate_history_round_up (limit > 0 ? 2 * limit : peak);
}

static void
road_rate_graph_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : HEIGHT;
}

/* Time goes in the direction of reading. Returns where a time begins. */
static float
get_x (GtkWidget *widget, guint age)
{
  const float width = (float) gtk_widget_get_width (widget);
  const float step = width / ROAD_RATE_HISTORY_N;
  const float x = width - (float) (age + 1) * step;

  return gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width - x - step : x;
}

/* A filled area and its edge. */
static void
draw_rates (RoadRateGraph *self, GtkSnapshot *snapshot, const GdkRGBA *color, double top)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const float step = (float) gtk_widget_get_width (widget) / ROAD_RATE_HISTORY_N;
  const float bottom = (float) gtk_widget_get_height (widget);
  GdkRGBA area = *color;
  float last_height = 0;

  area.alpha *= 0.25f;
  for (guint age = ROAD_RATE_HISTORY_N; age-- > 0;)
    {
      const double rate = road_rate_history_get (&self->history, age);
      const float height = (float) (MAX (rate, 0) / top) * (bottom - 1);
      const float highest = MAX (height, last_height);
      const float edge = fabsf (height - last_height) + 2;
      const float x = get_x (widget, age);

      last_height = height;
      if (rate < 0)
        continue;

      gtk_snapshot_append_color (snapshot, &area,
                                 &GRAPHENE_RECT_INIT (x, bottom - height, step, height));
      gtk_snapshot_append_color (snapshot, color,
                                 &GRAPHENE_RECT_INIT (x, bottom - highest - 1, MIN (step, 2),
                                                      edge));
      gtk_snapshot_append_color (snapshot, color,
                                 &GRAPHENE_RECT_INIT (x, bottom - height - 1, step, 2));
    }
}

/* At a height, on the side where reading begins or ends. */
static void
draw_text (RoadRateGraph *self,
           GtkSnapshot *snapshot,
           const char *text,
           float y,
           gboolean at_end,
           const GdkRGBA *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  GdkRGBA background;
  int width, height;
  float x;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = at_end != rtl ? (float) (gtk_widget_get_width (widget) - width) : 0;
  /* Above the line, or below if there is no room. */
  y = y - (float) height - LABEL_GAP >= 0 ? y - (float) height - LABEL_GAP : y + LABEL_GAP;

  /* The graph may be behind it. */
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "theme_bg_color",
                                       &background))
    background = (GdkRGBA){ 0, 0, 0, 0 };
  background.alpha *= 0.8f;
  gtk_snapshot_append_color (snapshot, &background,
                             &GRAPHENE_RECT_INIT (x, y, (float) width, (float) height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/* Returns: (transfer full): “Limit found: 800 a second”; empty if none is known */
static char *
describe_limit (const RoadRateHistory *history)
{
  g_autofree char *number = NULL;

  if (history->limit <= 0)
    return g_strdup ("");

  number = format_rate (history->limit);

  /* Translators: how many probes a second the network lets through, as the scan has found out */
  return g_strdup_printf (_ ("Limit found: %s a second"), number);
}

/* A dashed line since the limit was found. */
static void
draw_limit (RoadRateGraph *self, GtkSnapshot *snapshot, const GdkRGBA *color, double top)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  g_autofree char *text = describe_limit (&self->history);
  guint age;
  const double limit = road_rate_history_get_limit (&self->history, &age);
  const float y = height - (float) (limit / top) * (height - 1);
  const float found = get_x (widget, MIN (age, ROAD_RATE_HISTORY_N - 1));
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const float end = rtl ? found : width;

  for (float x = rtl ? 0 : found; x < end; x += 2 * DASH)
    gtk_snapshot_append_color (snapshot, color,
                               &GRAPHENE_RECT_INIT (x, y - 1, MIN (DASH, end - x), 2));
  draw_text (self, snapshot, text, y, TRUE, color);
}

static void
road_rate_graph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RoadRateGraph *self = ROAD_RATE_GRAPH (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  const double top = get_top (self);
  g_autofree char *number = format_rate (top);
  /* Translators: the top of the scale of a graph: probes a second, as short as possible */
  g_autofree char *top_text = g_strdup_printf (_ ("%s/s"), number);
  GdkRGBA color, weak;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  weak = color;
  weak.alpha *= 0.3f;
  gtk_snapshot_append_color (snapshot, &weak, &GRAPHENE_RECT_INIT (0, 0, width, 1));
  gtk_snapshot_append_color (snapshot, &weak, &GRAPHENE_RECT_INIT (0, height - 1, width, 1));
  weak.alpha = color.alpha * 0.75f;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_rates (self, snapshot, &weak, top);
  gtk_snapshot_pop (snapshot);
  draw_text (self, snapshot, top_text, 0, FALSE, &weak);
  if (self->history.limit > 0)
    draw_limit (self, snapshot, &color, top);
}

static void
road_rate_graph_class_init (RoadRateGraphClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = road_rate_graph_measure;
  widget_class->snapshot = road_rate_graph_snapshot;

  gtk_widget_class_set_css_name (widget_class, "rategraph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
road_rate_graph_init (RoadRateGraph *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Probes a second in the last minute"), -1);
}

/* @history: what to show, copied
 * @running: whether the scan goes on */
void
road_rate_graph_set_history (RoadRateGraph *self, const RoadRateHistory *history, gboolean running)
{
  g_autofree char *text = NULL;

  g_return_if_fail (ROAD_IS_RATE_GRAPH (self));
  g_return_if_fail (history != NULL);

  self->history = *history;
  text = road_rate_graph_describe (history, running);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Returns: (transfer full): the graph in words: “230 probes a second, at most 1,240 in the last minute”; empty
 * before anything is known */
char *
road_rate_graph_describe (const RoadRateHistory *history, gboolean running)
{
  g_autofree char *rate = NULL;
  g_autofree char *peak = NULL;

  g_return_val_if_fail (history != NULL, NULL);

  if (history->n == 0)
    return g_strdup ("");

  peak = format_rate (road_rate_history_get_peak (history));
  if (!running)
    /* Translators: how many probes a scan sent a second */
    return g_strdup_printf (_ ("At most %s probes a second"), peak);

  rate = format_rate (road_rate_history_get (history, 0));

  /* Translators: how many probes a scan sends a second, and how many it sent at most */
  return g_strdup_printf (_ ("%s probes a second, at most %s in the last minute"), rate, peak);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-latency-histogram.h"

#include "ui/results/road-result-text.h"

#include <glib/gi18n.h>

/* In logical pixels. */
#define MIN_WIDTH 160
#define NATURAL_WIDTH 256
#define BARS_HEIGHT 48
#define BAR_GAP 1
#define MEDIAN_OVERHANG 6 /* above the bars */

struct _RoadLatencyHistogram
{
  GtkWidget parent_instance;

  RoadLatencyBins bins;
  PangoLayout *least;
  PangoLayout *greatest;
};

G_DEFINE_FINAL_TYPE (RoadLatencyHistogram, road_latency_histogram, GTK_TYPE_WIDGET)

static void
replace_layout (RoadLatencyHistogram *self, PangoLayout **layout, guint32 latency)
{
  g_autofree char *text = road_result_text_latency (latency);

  g_clear_object (layout);
  *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
}

static void
make_layouts (RoadLatencyHistogram *self)
{
  replace_layout (self, &self->least, self->bins.least);
  replace_layout (self, &self->greatest, self->bins.greatest);
}

static void
road_latency_histogram_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline)
{
  int height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }

  pango_layout_get_pixel_size (ROAD_LATENCY_HISTOGRAM (widget)->least, NULL, &height);
  *minimum = *natural = MEDIAN_OVERHANG + BARS_HEIGHT + 1 + height;
}

/* Times grow in the direction of reading. */
static float
mirror (GtkWidget *widget, float x, float width)
{
  return gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL
             ? (float) gtk_widget_get_width (widget) - x - width
             : x;
}

static void
draw_bars (RoadLatencyHistogram *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const float step = (float) gtk_widget_get_width (widget) / ROAD_LATENCY_N_BINS;

  for (guint i = 0; i < ROAD_LATENCY_N_BINS; i++)
    {
      const float share = (float) self->bins.counts[i] / (float) self->bins.largest;
      const float height = MAX (share * BARS_HEIGHT, 1);
      const float width = step - BAR_GAP;
      const float x = mirror (widget, (float) i * step, width);

      if (self->bins.counts[i] > 0)
        gtk_snapshot_append_color (snapshot, color,
                                   &GRAPHENE_RECT_INIT (x, MEDIAN_OVERHANG + BARS_HEIGHT - height,
                                                        width, height));
    }
}

static void
draw_label (RoadLatencyHistogram *self,
            GtkSnapshot *snapshot,
            PangoLayout *layout,
            gboolean at_end,
            const GdkRGBA *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width;
  float x;

  pango_layout_get_pixel_size (layout, &width, NULL);
  x = at_end ? (float) (gtk_widget_get_width (widget) - width) : 0;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (mirror (widget, x, (float) width),
                                                          MEDIAN_OVERHANG + BARS_HEIGHT + 1));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
road_latency_histogram_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RoadLatencyHistogram *self = ROAD_LATENCY_HISTOGRAM (widget);
  const float width = (float) gtk_widget_get_width (widget);
  float median;
  GdkRGBA color, weak;

  if (self->bins.n == 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  weak = color;
  weak.alpha *= 0.45f;
  draw_bars (self, snapshot, &weak);
  weak.alpha = color.alpha * 0.75f;
  gtk_snapshot_append_color (snapshot, &weak,
                             &GRAPHENE_RECT_INIT (0, MEDIAN_OVERHANG + BARS_HEIGHT, width, 1));
  draw_label (self, snapshot, self->least, FALSE, &weak);
  draw_label (self, snapshot, self->greatest, TRUE, &weak);

  median = (float) road_latency_bins_locate (&self->bins, self->bins.median) * (width - 2);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (mirror (widget, median, 2), 0, 2,
                                                  MEDIAN_OVERHANG + BARS_HEIGHT));
}

static void
road_latency_histogram_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (road_latency_histogram_parent_class)->css_changed (widget, change);

  make_layouts (ROAD_LATENCY_HISTOGRAM (widget));
  gtk_widget_queue_resize (widget);
}

static void
road_latency_histogram_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (road_latency_histogram_parent_class)->system_setting_changed (widget, setting);

  make_layouts (ROAD_LATENCY_HISTOGRAM (widget));
  gtk_widget_queue_resize (widget);
}

static void
road_latency_histogram_dispose (GObject *object)
{
  RoadLatencyHistogram *self = ROAD_LATENCY_HISTOGRAM (object);

  g_clear_object (&self->least);
  g_clear_object (&self->greatest);

  G_OBJECT_CLASS (road_latency_histogram_parent_class)->dispose (object);
}

static void
road_latency_histogram_class_init (RoadLatencyHistogramClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_latency_histogram_dispose;
  widget_class->measure = road_latency_histogram_measure;
  widget_class->snapshot = road_latency_histogram_snapshot;
  widget_class->css_changed = road_latency_histogram_css_changed;
  widget_class->system_setting_changed = road_latency_histogram_system_setting_changed;

  gtk_widget_class_set_css_name (widget_class, "histogram");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
road_latency_histogram_init (RoadLatencyHistogram *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Histogram of round-trip times"), -1);
  make_layouts (self);
}

/* @bins: what to show, copied */
void
road_latency_histogram_set_bins (RoadLatencyHistogram *self, const RoadLatencyBins *bins)
{
  g_autofree char *text = NULL;

  g_return_if_fail (ROAD_IS_LATENCY_HISTOGRAM (self));
  g_return_if_fail (bins != NULL);

  self->bins = *bins;
  text = road_latency_histogram_describe (bins);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  make_layouts (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Returns: (transfer full): the histogram in words: “Median 12 ms of 998 ports, 9.8 ms to 51 ms”; empty if
 * there are no times */
char *
road_latency_histogram_describe (const RoadLatencyBins *bins)
{
  g_autofree char *least = NULL;
  g_autofree char *median = NULL;
  g_autofree char *greatest = NULL;

  g_return_val_if_fail (bins != NULL, NULL);

  if (bins->n == 0)
    return g_strdup ("");

  least = road_result_text_latency (bins->least);
  median = road_result_text_latency (bins->median);
  greatest = road_result_text_latency (bins->greatest);

  /* Translators: round-trip times: the median, of how many ports, the shortest and the longest */
  return g_strdup_printf (ngettext ("Median %s of %'u port, %s to %s",
                                    "Median %s of %'u ports, %s to %s", bins->n),
                          median, bins->n, least, greatest);
}

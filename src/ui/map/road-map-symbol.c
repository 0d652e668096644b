/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-map-symbol.h"

#include "road-map-painter.h"

/* In pixels. */
#define SIZE 22
#define NARROW_WIDTH 6
#define NARROW_HEIGHT 14

/* A number of open ports that has a middling colour. */
#define N_OPEN 3

struct _RoadMapSymbol
{
  GtkWidget parent_instance;

  RoadMapPainter *painter;
  RoadMapState state;
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (RoadMapSymbol, road_map_symbol, GTK_TYPE_WIDGET)

static void
road_map_symbol_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = SIZE;
  *natural = SIZE;
}

static void
road_map_symbol_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RoadMapSymbol *self = ROAD_MAP_SYMBOL (widget);
  const RoadMapCell cell = { .state = self->state, .n_open = N_OPEN };
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  RoadMapArea area = { (width - SIZE) / 2, (height - SIZE) / 2, SIZE, SIZE };

  if (!self->narrow)
    {
      road_map_painter_draw_cell (self->painter, snapshot, &area, &cell, ROAD_MAP_NO_OCTET);
      return;
    }

  area = (RoadMapArea){ (width - NARROW_WIDTH) / 2, (height - NARROW_HEIGHT) / 2, NARROW_WIDTH,
                        NARROW_HEIGHT };
  road_map_painter_draw_strip (self->painter, snapshot, &area, &cell, 1);
}

static void
road_map_symbol_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (road_map_symbol_parent_class)->css_changed (widget, change);
  road_map_painter_reset (ROAD_MAP_SYMBOL (widget)->painter);
}

static void
road_map_symbol_finalize (GObject *object)
{
  g_clear_pointer (&ROAD_MAP_SYMBOL (object)->painter, road_map_painter_free);

  G_OBJECT_CLASS (road_map_symbol_parent_class)->finalize (object);
}

static void
road_map_symbol_class_init (RoadMapSymbolClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = road_map_symbol_finalize;
  widget_class->measure = road_map_symbol_measure;
  widget_class->snapshot = road_map_symbol_snapshot;
  widget_class->css_changed = road_map_symbol_css_changed;

  /* The words beside it say what it is. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
road_map_symbol_init (RoadMapSymbol *self)
{
  self->painter = road_map_painter_new (GTK_WIDGET (self));
}

GtkWidget *
road_map_symbol_new (RoadMapState state)
{
  RoadMapSymbol *self = g_object_new (ROAD_TYPE_MAP_SYMBOL, NULL);

  self->state = state;

  return GTK_WIDGET (self);
}

/* @narrow: whether the map draws networks as rows of narrow cells */
void
road_map_symbol_set_narrow (RoadMapSymbol *self, gboolean narrow)
{
  g_return_if_fail (ROAD_IS_MAP_SYMBOL (self));

  self->narrow = narrow;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

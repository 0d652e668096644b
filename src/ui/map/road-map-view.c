/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-map-view.h"

#include "road-map-cursor.h"
#include "road-map-drawing.h"
#include "road-map-keys.h"
#include "road-map-text.h"

#include <math.h>

/* How often it shows something new at most, in µs. */
#define UPDATE_INTERVAL (G_USEC_PER_SEC / 10)

struct _RoadMapView
{
  GtkWidget parent_instance;

  RoadReport *report;
  RoadMapModel *model;
  RoadMapPainter *painter;
  RoadMapLayout layout;

  GtkAdjustment *adjustments[2]; /* by orientation */
  GtkScrollablePolicy policies[2];

  RoadMapCursor cursor;
  char *cell_text;   /* what was said of it */
  gboolean outdated; /* the report has changed while the map was hidden */
  guint update_source;
  gint64 updated_at;
};

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
  N_PROPS
};

enum
{
  ACTIVATED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadMapView,
                               road_map_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static double
get_top (RoadMapView *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  return adjustment != NULL ? floor (gtk_adjustment_get_value (adjustment)) : 0;
}

static gboolean
is_mirrored (RoadMapView *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static void
lay_out (RoadMapView *self)
{
  RoadMapRequest request = {
    .width = gtk_widget_get_width (GTK_WIDGET (self)),
    .height = gtk_widget_get_height (GTK_WIDGET (self)),
  };

  const RoadMapCounts most = { .n_cells[ROAD_MAP_UP] = 256, .n_open = 9999 };
  g_autofree char *counts = road_map_text_network_counts (&most);

  if (self->model != NULL)
    {
      request.n_networks = road_map_model_get_n_networks (self->model);
      request.n_singles = road_map_model_get_n_singles (self->model);
    }
  road_map_painter_measure (self->painter, counts, &request);
  road_map_layout_init (&self->layout, &request);

  if (self->adjustments[GTK_ORIENTATION_VERTICAL] != NULL)
    gtk_adjustment_configure (self->adjustments[GTK_ORIENTATION_VERTICAL], get_top (self), 0,
                              MAX (self->layout.height, request.height), self->layout.first.height,
                              request.height * 0.9, request.height);
  if (self->adjustments[GTK_ORIENTATION_HORIZONTAL] != NULL)
    gtk_adjustment_configure (self->adjustments[GTK_ORIENTATION_HORIZONTAL], 0, 0, request.width, 1,
                              request.width, request.width);
}

/* Says what the cursor is on. Where it is is left out if that is known. */
static void
name_cursor (RoadMapView *self, gboolean moved)
{
  g_autofree char *cell = NULL;
  g_autofree char *place = NULL;
  g_autofree char *name = NULL;

  if (!road_map_cursor_is_set (&self->cursor))
    {
      g_clear_pointer (&self->cell_text, g_free);
      if (self->model != NULL)
        name = road_map_text_summary (self->model);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      name != NULL ? name : "", -1);
      return;
    }

  cell = road_map_text_cell (self->model, self->cursor.position);
  if (!moved && g_strcmp0 (cell, self->cell_text) == 0)
    return;

  g_free (self->cell_text);
  self->cell_text = g_strdup (cell);
  place = road_map_text_place (self->model, self->cursor.position);
  name = g_strdup_printf ("%s; %s", cell, place);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Where a cell is in the widget. */
static GdkRectangle
get_area (RoadMapView *self, guint position)
{
  RoadMapArea area = road_map_layout_get_cell (&self->layout, position);

  if (is_mirrored (self))
    area = road_map_drawing_mirror (&self->layout, &area);

  return (GdkRectangle){ area.x, area.y - (int) get_top (self), area.width, area.height };
}

static void
scroll_to_cursor (RoadMapView *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  const RoadMapArea area = road_map_layout_get_cell (&self->layout, self->cursor.position);
  const int above = area.y < 2 * self->layout.first.y ? area.y : 6;

  if (adjustment != NULL)
    gtk_adjustment_clamp_page (adjustment, area.y - above, area.y + area.height + 6);
}

/* To be called when the cursor is somewhere else. */
static void
show_cursor (RoadMapView *self)
{
  scroll_to_cursor (self);
  name_cursor (self, TRUE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Moves the cursor and selects the host that is there. */
static void
move_cursor (RoadMapView *self, guint position)
{
  road_map_cursor_put (&self->cursor, self->model, position);
  show_cursor (self);
  road_map_cursor_select (&self->cursor, self->model);
}

static void
on_selection_changed (RoadMapView *self)
{
  if (self->model != NULL && road_map_cursor_follow (&self->cursor, self->model))
    show_cursor (self);
}

static gboolean
update (gpointer user_data)
{
  RoadMapView *self = user_data;

  self->update_source = 0;
  self->outdated = FALSE;
  self->updated_at = g_get_monotonic_time ();
  if (road_map_model_update (self->model))
    {
      road_map_cursor_find_again (&self->cursor, self->model);
      lay_out (self);
    }
  name_cursor (self, FALSE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static void
queue_update (RoadMapView *self)
{
  const gint64 age = g_get_monotonic_time () - self->updated_at;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->outdated = TRUE;
      return;
    }
  if (self->update_source == 0)
    self->update_source =
        g_timeout_add ((guint) (CLAMP (UPDATE_INTERVAL - age, 0, UPDATE_INTERVAL) / 1000), update,
                       self);
}

static void
road_map_view_map (GtkWidget *widget)
{
  RoadMapView *self = ROAD_MAP_VIEW (widget);

  GTK_WIDGET_CLASS (road_map_view_parent_class)->map (widget);
  if (self->outdated && self->model != NULL)
    {
      g_clear_handle_id (&self->update_source, g_source_remove);
      update (self);
    }
}

static void
road_map_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 300 : 100;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 400;
}

static void
road_map_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (ROAD_MAP_VIEW (widget));
}

static void
road_map_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  RoadMapView *self = ROAD_MAP_VIEW (widget);

  GTK_WIDGET_CLASS (road_map_view_parent_class)->css_changed (widget, change);
  road_map_painter_reset (self->painter);
  gtk_widget_queue_resize (widget);
}

static void
road_map_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RoadMapView *self = ROAD_MAP_VIEW (widget);
  const int top = (int) get_top (self);

  if (self->model == NULL)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) -top));
  road_map_drawing_draw (self->painter, snapshot, self->model, &self->layout, top,
                         top + gtk_widget_get_height (widget), is_mirrored (self));
  if (road_map_cursor_is_set (&self->cursor))
    {
      RoadMapArea area = road_map_layout_get_cell (&self->layout, self->cursor.position);

      if (is_mirrored (self))
        area = road_map_drawing_mirror (&self->layout, &area);
      road_map_painter_draw_cursor (self->painter, snapshot, &area, gtk_widget_has_focus (widget));
    }
  gtk_snapshot_restore (snapshot);
}

static gboolean
find_cell (RoadMapView *self, double x, double y, guint *position)
{
  if (self->model == NULL)
    return FALSE;
  if (is_mirrored (self))
    x = self->layout.request.width - x;

  return road_map_layout_find (&self->layout, x, y + get_top (self), position);
}

static gboolean
road_map_view_query_tooltip (
    GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  RoadMapView *self = ROAD_MAP_VIEW (widget);
  guint position = self->cursor.position;
  g_autofree char *text = NULL;
  GdkRectangle area;
  RoadMapCell cell;

  if (keyboard ? !road_map_cursor_is_set (&self->cursor) : !find_cell (self, x, y, &position))
    return FALSE;

  road_map_model_get_cell (self->model, position, &cell);
  if (cell.state == ROAD_MAP_NOT_ASKED)
    return FALSE;

  area = get_area (self, position);
  text = road_map_text_cell (self->model, position);
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &area);

  return TRUE;
}

static void
on_focus_enter (RoadMapView *self)
{
  if (!road_map_cursor_is_set (&self->cursor) && self->model != NULL &&
      road_map_model_get_n_cells (self->model) > 0)
    {
      road_map_cursor_put (&self->cursor, self->model, 0);
      show_cursor (self);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_move (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  RoadMapView *self = ROAD_MAP_VIEW (widget);
  RoadMapMove move = (RoadMapMove) g_variant_get_int32 (args);
  guint position;

  if (!road_map_cursor_is_set (&self->cursor))
    return FALSE;

  if (is_mirrored (self) && (move == ROAD_MAP_LEFT || move == ROAD_MAP_RIGHT))
    move = move == ROAD_MAP_LEFT ? ROAD_MAP_RIGHT : ROAD_MAP_LEFT;
  position = road_map_layout_move (&self->layout, self->cursor.position, move);
  if (position == self->cursor.position)
    gtk_widget_error_bell (widget);
  else
    move_cursor (self, position);

  return TRUE;
}

/* Goes to the next host that is up, or to the one before. */
static gboolean
on_jump (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  RoadMapView *self = ROAD_MAP_VIEW (widget);
  const gboolean forwards = (g_variant_get_int32 (args) == ROAD_MAP_RIGHT) != is_mirrored (self);
  guint position;

  if (!road_map_cursor_is_set (&self->cursor))
    return FALSE;

  position = road_map_cursor_find_up (&self->cursor, self->model, forwards);
  if (position == ROAD_MAP_NO_CELL)
    gtk_widget_error_bell (widget);
  else
    move_cursor (self, position);

  return TRUE;
}

static gboolean
on_activate (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  RoadMapView *self = ROAD_MAP_VIEW (widget);

  if (!road_map_cursor_is_set (&self->cursor))
    return FALSE;

  if (road_map_cursor_select (&self->cursor, self->model) != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0);
  else
    gtk_widget_error_bell (widget);

  return TRUE;
}

static void
on_pressed (RoadMapView *self, int n_press, double x, double y)
{
  if (road_map_view_select_at (self, x, y) && n_press == 2)
    on_activate (GTK_WIDGET (self), NULL, NULL);
}

static void
set_adjustment (RoadMapView *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  if (adjustment != NULL && self->adjustments[orientation] == adjustment)
    return;

  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustments[orientation], self);
  g_set_object (&self->adjustments[orientation], adjustment);
  if (adjustment != NULL)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                             G_CONNECT_SWAPPED);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Horizontally before vertically, first the adjustments, then the policies. */
static void
road_map_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RoadMapView *self = ROAD_MAP_VIEW (object);

  if (prop_id == PROP_HADJUSTMENT || prop_id == PROP_VADJUSTMENT)
    set_adjustment (self, (GtkOrientation) (prop_id - PROP_HADJUSTMENT),
                    g_value_get_object (value));
  else
    self->policies[prop_id - PROP_HSCROLL_POLICY] = (GtkScrollablePolicy) g_value_get_enum (value);
}

static void
road_map_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadMapView *self = ROAD_MAP_VIEW (object);

  if (prop_id == PROP_HADJUSTMENT || prop_id == PROP_VADJUSTMENT)
    g_value_set_object (value, self->adjustments[prop_id - PROP_HADJUSTMENT]);
  else
    g_value_set_enum (value, self->policies[prop_id - PROP_HSCROLL_POLICY]);
}

static void
road_map_view_dispose (GObject *object)
{
  RoadMapView *self = ROAD_MAP_VIEW (object);

  road_map_view_set_report (self, NULL);
  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  road_map_cursor_clear (&self->cursor);

  G_OBJECT_CLASS (road_map_view_parent_class)->dispose (object);
}

static void
road_map_view_finalize (GObject *object)
{
  RoadMapView *self = ROAD_MAP_VIEW (object);

  g_clear_pointer (&self->cell_text, g_free);
  g_clear_pointer (&self->painter, road_map_painter_free);

  G_OBJECT_CLASS (road_map_view_parent_class)->finalize (object);
}

static void
road_map_view_class_init (RoadMapViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = road_map_view_set_property;
  object_class->get_property = road_map_view_get_property;
  object_class->dispose = road_map_view_dispose;
  object_class->finalize = road_map_view_finalize;
  widget_class->map = road_map_view_map;
  widget_class->measure = road_map_view_measure;
  widget_class->size_allocate = road_map_view_size_allocate;
  widget_class->css_changed = road_map_view_css_changed;
  widget_class->snapshot = road_map_view_snapshot;
  widget_class->query_tooltip = road_map_view_query_tooltip;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  road_map_keys_add (widget_class, on_move, on_jump, on_activate);
  gtk_widget_class_set_css_name (widget_class, "roadmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
road_map_view_init (RoadMapView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  road_map_cursor_init (&self->cursor);
  self->painter = road_map_painter_new (GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (focus, "enter", G_CALLBACK (on_focus_enter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/* Shares what is selected with others. */
void
road_map_view_set_selection (RoadMapView *self, RoadSelection *selection)
{
  g_return_if_fail (ROAD_IS_MAP_VIEW (self));
  g_return_if_fail (ROAD_IS_SELECTION (selection));

  if (!g_set_object (&self->cursor.selection, selection))
    return;

  g_signal_connect_object (selection, "changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
}

/* @report: (nullable) */
void
road_map_view_set_report (RoadMapView *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_MAP_VIEW (self));
  g_return_if_fail (report == NULL || ROAD_IS_REPORT (report));

  if (self->report == report)
    return;

  if (self->report != NULL)
    g_signal_handlers_disconnect_by_data (self->report, self);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->model);
  road_map_cursor_put (&self->cursor, NULL, ROAD_MAP_NO_CELL);
  g_set_object (&self->report, report);
  if (report == NULL)
    return;

  self->model = road_map_model_new (report);
  g_signal_connect_object (report, "progressed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (report, "items-changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (report, "notify::status", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  lay_out (self);
  update (self);
}

/* Returns: (transfer none) (nullable): what it shows */
RoadMapModel *
road_map_view_get_model (RoadMapView *self)
{
  g_return_val_if_fail (ROAD_IS_MAP_VIEW (self), NULL);

  return self->model;
}

/* Returns: whether networks are drawn as rows of narrow cells */
gboolean
road_map_view_shows_strips (RoadMapView *self)
{
  g_return_val_if_fail (ROAD_IS_MAP_VIEW (self), FALSE);

  return self->layout.request.n_networks > 1;
}

/* Moves the cursor to the cell at a place and takes the focus. Returns: %FALSE if there is no cell */
gboolean
road_map_view_select_at (RoadMapView *self, double x, double y)
{
  guint position;

  g_return_val_if_fail (ROAD_IS_MAP_VIEW (self), FALSE);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!find_cell (self, x, y, &position))
    return FALSE;

  move_cursor (self, position);

  return TRUE;
}

/* Selects the host at the cursor. Returns: %FALSE if there is no cursor, else where it is in the widget, in @area */
gboolean
road_map_view_select_cursor (RoadMapView *self, GdkRectangle *area)
{
  g_return_val_if_fail (ROAD_IS_MAP_VIEW (self) && area != NULL, FALSE);

  if (!road_map_cursor_is_set (&self->cursor))
    return FALSE;

  road_map_cursor_select (&self->cursor, self->model);
  *area = get_area (self, self->cursor.position);

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-place.h"

/* GTK itself keeps one row in place, but which one depends on how far the list is scrolled, and before GTK
 * 4.12 nothing else can be asked for. So the list is scrolled to where the row was, after it was laid out
 * and before it is drawn. */
#define MAX_LAYOUTS 3 /* in a frame, until the row is where it was */

struct _RoadResultPlace
{
  GObject parent_instance;

  GtkWidget *list; /* of rows, below the headers */
  GtkAdjustment *adjustment;

  GtkTreeListRow *held; /* NULL: nothing is held, or the top of the list */
  gboolean holding;     /* until the next layout */
  double y;             /* where the held row was, in the list's widget */
  double value;         /* of the adjustment, when last seen */
  gboolean laying_out;
  guint n_layouts;
  GdkFrameClock *clock;
};

G_DEFINE_FINAL_TYPE (RoadResultPlace, road_result_place, G_TYPE_OBJECT)

/* The expander is in the first column. */
static GtkTreeListRow *
get_tree_row (GtkWidget *row)
{
  GtkWidget *widget = row;

  while (widget != NULL && !GTK_IS_TREE_EXPANDER (widget))
    widget = gtk_widget_get_first_child (widget);

  return widget != NULL ? gtk_tree_expander_get_list_row (GTK_TREE_EXPANDER (widget)) : NULL;
}

/* Returns: whether the row has a place in the list, which is then in @y */
static gboolean
get_y (RoadResultPlace *self, GtkWidget *row, double *y)
{
  double x;

  return gtk_widget_get_child_visible (row) && gtk_widget_get_height (row) > 0 &&
         gtk_widget_translate_coordinates (row, self->list, 0, 0, &x, y);
}

static gboolean
is_visible (RoadResultPlace *self, GtkWidget *row)
{
  double y;

  return get_y (self, row, &y) && y >= 0 &&
         y + gtk_widget_get_height (row) <= gtk_widget_get_height (self->list);
}

static GtkWidget *
find_focused (RoadResultPlace *self)
{
  GtkRoot *root = gtk_widget_get_root (self->list);
  GtkWidget *row = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (row == NULL || row == self->list || !gtk_widget_is_ancestor (row, self->list))
    return NULL;

  while (gtk_widget_get_parent (row) != self->list)
    row = gtk_widget_get_parent (row);

  return row;
}

/* Returns: (nullable): of the visible rows, the one that the user works with, else the first; NULL if the
 * list is at its top */
static GtkWidget *
choose_row (RoadResultPlace *self)
{
  GtkWidget *focused = find_focused (self);
  GtkWidget *first = NULL;

  if (focused != NULL && is_visible (self, focused))
    return focused;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (!is_visible (self, row))
        continue;
      if ((gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED) != 0)
        return row;
      if (first == NULL)
        first = row;
    }

  return self->value > 0 ? first : NULL;
}

/* Where the held row is now. That is estimated if it is out of sight: most rows have the same height.
 *
 * Returns: whether it is exact */
static gboolean
find_held (RoadResultPlace *self, double *y)
{
  const guint position = gtk_tree_list_row_get_position (self->held);

  *y = self->y;
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkTreeListRow *tree_row = get_tree_row (row);
      double row_y;

      if (tree_row == NULL || !get_y (self, row, &row_y))
        continue;

      *y = row_y + ((double) position - gtk_tree_list_row_get_position (tree_row)) *
                       gtk_widget_get_height (row);
      if (tree_row == self->held)
        return TRUE;
    }

  return FALSE;
}

static void
release (RoadResultPlace *self)
{
  self->holding = FALSE;
  g_clear_object (&self->held);
}

/* Scrolling makes the frame clock lay out once more. */
static void
on_layout (RoadResultPlace *self)
{
  double value = 0;
  gboolean done = TRUE;

  if (!self->holding)
    return;

  if (self->held != NULL)
    {
      double y;

      done = find_held (self, &y);
      value = gtk_adjustment_get_value (self->adjustment) + y - self->y;
    }

  if (done || ++self->n_layouts == MAX_LAYOUTS)
    release (self);
  self->laying_out = TRUE;
  gtk_adjustment_set_value (self->adjustment, value);
}

static void
on_bounds_changed (RoadResultPlace *self)
{
  self->laying_out = TRUE;
}

/* Also by the user, between two layouts. */
static void
on_value_changed (RoadResultPlace *self)
{
  double value = gtk_adjustment_get_value (self->adjustment);

  if (self->holding && !self->laying_out)
    {
      self->y -= value - self->value;
      if (self->held == NULL)
        release (self);
    }
  self->value = value;
}

static void
set_clock (RoadResultPlace *self, GdkFrameClock *clock)
{
  if (self->clock == clock)
    return;

  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_set_object (&self->clock, clock);
  if (clock != NULL)
    g_signal_connect_object (clock, "layout", G_CALLBACK (on_layout), self,
                             G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

static void
road_result_place_dispose (GObject *object)
{
  RoadResultPlace *self = ROAD_RESULT_PLACE (object);

  set_clock (self, NULL);
  g_clear_object (&self->held);

  G_OBJECT_CLASS (road_result_place_parent_class)->dispose (object);
}

static void
road_result_place_class_init (RoadResultPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = road_result_place_dispose;
}

static void
road_result_place_init (RoadResultPlace *self)
{
}

/* @column_view owns the object and is in a #GtkScrolledWindow */
RoadResultPlace *
road_result_place_new (GtkColumnView *column_view)
{
  RoadResultPlace *self;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (column_view), NULL);

  self = g_object_new (ROAD_TYPE_RESULT_PLACE, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (column_view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LIST_VIEW (child))
        self->list = child;
    }
  self->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (column_view));
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (on_bounds_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (on_value_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* Returns: (transfer full): the positions of the rows that have a widget: those near the visible ones, and
 * the one with the focus */
GtkBitset *
road_result_place_get_shown (RoadResultPlace *self)
{
  GtkBitset *shown = gtk_bitset_new_empty ();

  g_return_val_if_fail (ROAD_IS_RESULT_PLACE (self), shown);

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkTreeListRow *tree_row = get_tree_row (row);

      if (tree_row != NULL)
        gtk_bitset_add (shown, gtk_tree_list_row_get_position (tree_row));
    }

  return shown;
}

/* Returns: the position of the first row that is visible as a whole; %GTK_INVALID_LIST_POSITION if the list is at its
 * top, or not shown */
guint
road_result_place_get_first (RoadResultPlace *self)
{
  guint first = GTK_INVALID_LIST_POSITION;

  g_return_val_if_fail (ROAD_IS_RESULT_PLACE (self), GTK_INVALID_LIST_POSITION);

  if (gtk_adjustment_get_value (self->adjustment) <= 0)
    return GTK_INVALID_LIST_POSITION;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkTreeListRow *tree_row = is_visible (self, row) ? get_tree_row (row) : NULL;

      if (tree_row != NULL)
        first = MIN (first, gtk_tree_list_row_get_position (tree_row));
    }

  return first;
}

/* To be called before rows are added: the focused row, else a selected one, else the first one stays where
 * it is, if it is visible. A list that is at its top stays there. */
void
road_result_place_hold (RoadResultPlace *self)
{
  GtkWidget *row;

  g_return_if_fail (ROAD_IS_RESULT_PLACE (self));

  if (self->holding)
    return;

  set_clock (self, gtk_widget_get_frame_clock (self->list));
  if (self->clock == NULL)
    return;

  self->holding = TRUE;
  self->laying_out = FALSE;
  self->n_layouts = 0;
  self->value = gtk_adjustment_get_value (self->adjustment);
  row = choose_row (self);
  if (row != NULL && get_y (self, row, &self->y))
    g_set_object (&self->held, get_tree_row (row));
}

/* Returns: (transfer full) (nullable): the #RoadHost or #RoadPortRow whose row has the focus */
GObject *
road_result_place_dup_focused (RoadResultPlace *self)
{
  GtkWidget *focused;
  GtkTreeListRow *tree_row;

  g_return_val_if_fail (ROAD_IS_RESULT_PLACE (self), NULL);

  focused = find_focused (self);
  tree_row = focused != NULL ? get_tree_row (focused) : NULL;

  return tree_row != NULL ? gtk_tree_list_row_get_item (tree_row) : NULL;
}

/* Gives the focus to the row at @position, which has been scrolled to. */
void
road_result_place_focus (RoadResultPlace *self, guint position)
{
  g_return_if_fail (ROAD_IS_RESULT_PLACE (self));

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkTreeListRow *tree_row = get_tree_row (row);

      if (tree_row == NULL || gtk_tree_list_row_get_position (tree_row) != position)
        continue;
      gtk_widget_grab_focus (row);
      return;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-menu.h"

#include "road-result-cell.h"

/* Where the context menu opens and for which row. RoadResultActions creates its items. */

typedef struct
{
  GtkPopover *popover;
  RoadResultMenuFunc prepare;
  gpointer user_data;
} Menu;

static void
menu_free (gpointer menu, GClosure *closure)
{
  g_free (menu);
}

static void
pop_up (GtkPopover *popover, GtkWidget *from, double x, double y)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (popover));
  GdkRectangle place = { 0, 0, 1, 1 };
  double parent_x, parent_y;

  if (!gtk_widget_translate_coordinates (from, parent, x, y, &parent_x, &parent_y))
    return;

  place.x = (int) parent_x;
  place.y = (int) parent_y;
  gtk_popover_set_pointing_to (popover, &place);
  gtk_popover_popup (popover);
}

static RoadResultCell *
find_cell (GtkWidget *widget)
{
  if (ROAD_IS_RESULT_CELL (widget))
    return ROAD_RESULT_CELL (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      RoadResultCell *cell = find_cell (child);

      if (cell != NULL)
        return cell;
    }

  return NULL;
}

/* A cell of the row at a position, which may be between two cells. Before GTK 4.12 a column view does not
 * tell which row that is. */
static RoadResultCell *
find_cell_at (GtkWidget *column_view, double x, double y)
{
  for (GtkWidget *widget = gtk_widget_pick (column_view, x, y, GTK_PICK_DEFAULT);
       widget != NULL && widget != column_view && !GTK_IS_LIST_VIEW (widget);
       widget = gtk_widget_get_parent (widget))
    {
      RoadResultCell *cell = find_cell (widget);

      if (cell != NULL)
        return cell;
    }

  return NULL;
}

static void
focus_row (RoadResultCell *cell)
{
  GtkWidget *widget = GTK_WIDGET (cell);

  while (widget != NULL && !gtk_widget_get_focusable (widget))
    widget = gtk_widget_get_parent (widget);

  if (widget != NULL)
    gtk_widget_grab_focus (widget);
}

static void
pop_up_at (GtkGesture *gesture, const Menu *menu, double x, double y)
{
  GtkWidget *column_view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  RoadResultCell *cell = find_cell_at (column_view, x, y);

  if (cell == NULL)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  focus_row (cell);
  menu->prepare (road_result_cell_get_item (cell), menu->user_data);
  pop_up (menu->popover, column_view, x, y);
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  GdkEvent *event =
      gtk_gesture_get_last_event (GTK_GESTURE (gesture), gtk_gesture_single_get_current_sequence (
                                                             GTK_GESTURE_SINGLE (gesture)));

  if (event != NULL && gdk_event_triggers_context_menu (event))
    pop_up_at (GTK_GESTURE (gesture), user_data, x, y);
}

static void
on_long_pressed (GtkGestureLongPress *gesture, double x, double y, gpointer user_data)
{
  pop_up_at (GTK_GESTURE (gesture), user_data, x, y);
}

/* Opens @popover, which lives as long as @column_view, on a right click or a long press on a row. Before that,
 * @prepare is called. */
void
road_result_menu_set_up (GtkColumnView *column_view,
                         GtkPopover *popover,
                         RoadResultMenuFunc prepare,
                         gpointer user_data)
{
  const Menu menu = { popover, prepare, user_data };
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();

  g_return_if_fail (GTK_IS_COLUMN_VIEW (column_view) && GTK_IS_POPOVER (popover));
  g_return_if_fail (prepare != NULL);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_data (click, "pressed", G_CALLBACK (on_pressed), g_memdup2 (&menu, sizeof menu),
                         menu_free, 0);
  gtk_widget_add_controller (GTK_WIDGET (column_view), GTK_EVENT_CONTROLLER (click));

  /* Otherwise the focus would move to the start of the window. */
  g_signal_connect_object (popover, "closed", G_CALLBACK (gtk_widget_grab_focus), column_view,
                           G_CONNECT_SWAPPED);

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect_data (long_press, "pressed", G_CALLBACK (on_long_pressed),
                         g_memdup2 (&menu, sizeof menu), menu_free, 0);
  gtk_widget_add_controller (GTK_WIDGET (column_view), GTK_EVENT_CONTROLLER (long_press));
}

void
road_result_menu_pop_up_at_focus (GtkColumnView *column_view, GtkPopover *popover)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (column_view));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  RoadResultCell *cell;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (column_view)) ||
      GTK_IS_LIST_VIEW (focus))
    return;

  /* Below the first words of the row. */
  cell = find_cell (focus);
  if (cell != NULL)
    pop_up (popover, GTK_WIDGET (cell), gtk_widget_get_width (GTK_WIDGET (cell)) / 2.0,
            gtk_widget_get_height (GTK_WIDGET (cell)));
}

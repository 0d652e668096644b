/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-context-menu.h"

typedef struct
{
  GtkPopover *popover;
  RoadContextMenuFunc prepare;
  gpointer user_data;
} Menu;

static void
menu_free (gpointer menu, GClosure *closure)
{
  g_free (menu);
}

static void
pop_up_at (GtkGesture *gesture, const Menu *menu, double x, double y)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (!menu->prepare (x, y, menu->user_data))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  road_context_menu_pop_up (menu->popover, widget, x, y);
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

static gboolean
is_menu_item (GtkWidget *widget)
{
  const GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  return role == GTK_ACCESSIBLE_ROLE_MENU_ITEM || role == GTK_ACCESSIBLE_ROLE_MENU_ITEM_CHECKBOX ||
         role == GTK_ACCESSIBLE_ROLE_MENU_ITEM_RADIO;
}

/* Gives an item the name of its first label; its shortcut comes after that. */
static void
name_item (GtkWidget *item)
{
  for (GtkWidget *child = gtk_widget_get_first_child (item); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child))
      {
        /* The relation comes first, and has no name. */
        gtk_accessible_reset_relation (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
        gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        gtk_label_get_text (GTK_LABEL (child)), -1);
        return;
      }
}

static void
name_items_below (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_menu_item (child))
      name_item (child);
    else
      name_items_below (child);
}

/* Gives the items of @menu their names for screen readers whenever it opens: those of GTK 4.18 have none. */
void
road_context_menu_name_items (GtkPopover *menu)
{
  g_return_if_fail (GTK_IS_POPOVER (menu));

  g_signal_connect (menu, "map", G_CALLBACK (name_items_below), NULL);
}

/* Opens @popover, which lives as long as @widget, on a right click or a long press on @widget, if @prepare
 * returns %TRUE. The focus comes back to @widget when it closes. Names its items, too. The keyboard is up to the
 * caller. */
void
road_context_menu_set_up (GtkWidget *widget,
                          GtkPopover *popover,
                          RoadContextMenuFunc prepare,
                          gpointer user_data)
{
  const Menu menu = { popover, prepare, user_data };
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();

  g_return_if_fail (GTK_IS_WIDGET (widget) && GTK_IS_POPOVER (popover));
  g_return_if_fail (prepare != NULL);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_data (click, "pressed", G_CALLBACK (on_pressed), g_memdup2 (&menu, sizeof menu),
                         menu_free, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect_data (long_press, "pressed", G_CALLBACK (on_long_pressed),
                         g_memdup2 (&menu, sizeof menu), menu_free, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (long_press));

  road_context_menu_name_items (popover);

  /* Otherwise the focus would move to the start of the window. */
  g_signal_connect_object (popover, "closed", G_CALLBACK (gtk_widget_grab_focus), widget,
                           G_CONNECT_SWAPPED);
}

/* Opens @popover at a place in @from. */
void
road_context_menu_pop_up (GtkPopover *popover, GtkWidget *from, double x, double y)
{
  GtkWidget *parent;
  GdkRectangle place = { 0, 0, 1, 1 };
  double parent_x, parent_y;

  g_return_if_fail (GTK_IS_POPOVER (popover) && GTK_IS_WIDGET (from));

  parent = gtk_widget_get_parent (GTK_WIDGET (popover));
  if (!gtk_widget_translate_coordinates (from, parent, x, y, &parent_x, &parent_y))
    return;

  place.x = (int) parent_x;
  place.y = (int) parent_y;
  gtk_popover_set_pointing_to (popover, &place);
  gtk_popover_popup (popover);
}

/* The focus can come into the menu once more while it is hidden. */
static gboolean
leave_menu (gpointer user_data)
{
  GtkWidget *menu = user_data;
  GtkWidget *to = g_object_get_data (G_OBJECT (menu), "road-focus-to");
  GtkRoot *root = gtk_widget_get_root (menu);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (to != NULL && focus != NULL && !gtk_widget_get_visible (menu) &&
      gtk_widget_is_ancestor (focus, menu))
    gtk_widget_grab_focus (to);

  return G_SOURCE_REMOVE;
}

static void
on_closed (GtkPopover *menu)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, leave_menu, g_object_ref (menu), g_object_unref);
}

/* Makes @to get the focus when @menu is closed and GTK leaves the focus in it: GTK 4.8 does so after something was
 * chosen in a submenu with the keyboard, and then no key does anything any more. Names its items, too. @to must exist
 * as long as @menu. */
void
road_context_menu_return_focus (GtkPopover *menu, GtkWidget *to)
{
  g_return_if_fail (GTK_IS_POPOVER (menu));
  g_return_if_fail (GTK_IS_WIDGET (to));

  road_context_menu_name_items (menu);
  g_object_set_data (G_OBJECT (menu), "road-focus-to", to);
  g_signal_connect (menu, "closed", G_CALLBACK (on_closed), NULL);
}

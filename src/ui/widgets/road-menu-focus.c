/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-menu-focus.h"

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
 * chosen in a submenu with the keyboard, and then no key does anything any more. @to must exist as long as @menu. */
void
road_menu_focus_return (GtkPopover *menu, GtkWidget *to)
{
  g_return_if_fail (GTK_IS_POPOVER (menu));
  g_return_if_fail (GTK_IS_WIDGET (to));

  g_object_set_data (G_OBJECT (menu), "road-focus-to", to);
  g_signal_connect (menu, "closed", G_CALLBACK (on_closed), NULL);
}

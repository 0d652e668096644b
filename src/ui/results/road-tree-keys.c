/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-tree-keys.h"

/* The selected row; NULL if there are none or several. */
static GtkTreeListRow *
get_selected_row (GtkColumnView *view)
{
  GtkSelectionModel *model = gtk_column_view_get_model (view);
  g_autoptr (GtkBitset) selection = NULL;

  if (model == NULL)
    return NULL;

  selection = gtk_selection_model_get_selection (model);
  if (gtk_bitset_get_size (selection) != 1)
    return NULL;

  return g_list_model_get_item (G_LIST_MODEL (model), gtk_bitset_get_minimum (selection));
}

/* Right expands the selected row. */
static gboolean
on_right (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  g_autoptr (GtkTreeListRow) row = get_selected_row (GTK_COLUMN_VIEW (widget));

  if (row == NULL || !gtk_tree_list_row_is_expandable (row))
    return FALSE;

  gtk_tree_list_row_set_expanded (row, TRUE);

  return TRUE;
}

/* Left collapses the selected row or its parent. */
static gboolean
on_left (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (widget);
  g_autoptr (GtkTreeListRow) row = get_selected_row (view);
  g_autoptr (GtkTreeListRow) parent = NULL;

  if (row == NULL)
    return FALSE;

  parent = gtk_tree_list_row_get_parent (row);
  if (parent != NULL)
    gtk_selection_model_select_item (gtk_column_view_get_model (view),
                                     gtk_tree_list_row_get_position (parent), TRUE);
  gtk_tree_list_row_set_expanded (parent != NULL ? parent : row, FALSE);

  return TRUE;
}

static void
add_key (GtkShortcutController *controller, guint key, GtkShortcutFunc func)
{
  gtk_shortcut_controller_add_shortcut (controller,
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, 0),
                                                          gtk_callback_action_new (func, NULL,
                                                                                   NULL)));
}

/* Lets Right and Left expand and collapse the selected row. The list itself handles these keys, so they
 * are caught before they reach it. */
void
road_tree_keys_add (GtkColumnView *view)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_key (GTK_SHORTCUT_CONTROLLER (controller), GDK_KEY_Right, on_right);
  add_key (GTK_SHORTCUT_CONTROLLER (controller), GDK_KEY_Left, on_left);
  gtk_widget_add_controller (GTK_WIDGET (view), controller);
}

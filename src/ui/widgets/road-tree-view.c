/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-tree-view.h"

static GtkWidget *
get_cell (GtkWidget *child)
{
  return GTK_IS_TREE_EXPANDER (child) ? gtk_tree_expander_get_child (GTK_TREE_EXPANDER (child))
                                      : child;
}

/* Before GTK 4.12 a row has no child any more when it is torn down. */
static void
set_child (GtkListItem *list_item, GtkWidget *child)
{
  g_object_set_data_full (G_OBJECT (list_item), "road-child", g_object_ref (child), g_object_unref);
  /* Before GTK 4.12 a click activates both the cell and its row, which would toggle twice. */
  gtk_list_item_set_selectable (list_item, FALSE);
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, child);
}

/* Makes @cell the child of @list_item, in a #GtkTreeExpander if @has_expander. */
void
road_tree_view_set_up_cell (GtkListItem *list_item, GtkWidget *cell, gboolean has_expander)
{
  GtkWidget *expander;

  g_return_if_fail (GTK_IS_LIST_ITEM (list_item));
  g_return_if_fail (GTK_IS_WIDGET (cell));

  if (!has_expander)
    {
      set_child (list_item, cell);
      return;
    }

  /* The rows have the focus; otherwise Tab would stop at each expander. */
  expander = gtk_tree_expander_new ();
  gtk_widget_set_focusable (expander, FALSE);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), cell);
  set_child (list_item, expander);
}

/* Takes the cell out of a row that GTK frees, and puts it into @spare. Returns: (transfer none): the cell, which is to
 * forget what it shows */
GtkWidget *
road_tree_view_spare_cell (GtkListItem *list_item, GPtrArray *spare)
{
  GtkWidget *child, *cell;

  g_return_val_if_fail (GTK_IS_LIST_ITEM (list_item), NULL);
  g_return_val_if_fail (spare != NULL, NULL);

  child = g_object_steal_data (G_OBJECT (list_item), "road-child");
  cell = get_cell (child);
  g_ptr_array_add (spare, child);
  gtk_list_item_set_child (list_item, NULL);
  if (GTK_IS_TREE_EXPANDER (child))
    gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), NULL);
  g_object_set_data (G_OBJECT (cell), "road-shown-row", NULL);

  return cell;
}

/* Sets up @list_item with a cell of another one, see road_tree_view_spare_cell(). Returns: %FALSE if there is none */
gboolean
road_tree_view_reuse_cell (GtkListItem *list_item, GPtrArray *spare)
{
  g_autoptr (GtkWidget) child = NULL;

  g_return_val_if_fail (GTK_IS_LIST_ITEM (list_item), FALSE);
  g_return_val_if_fail (spare != NULL, FALSE);

  if (spare->len == 0)
    return FALSE;

  child = g_ptr_array_steal_index (spare, spare->len - 1);
  set_child (list_item, child);

  return TRUE;
}

/* Gives the expander its row. Returns: the cell, and its row's item in @item, (out) (transfer full); %NULL if
 * the cell shows that row already. Before GTK 4.12 all cells below a row that is inserted are unbound and
 * bound again, to the same rows: so cells keep what they show when they are unbound, and need no handler
 * for that. */
GtkWidget *
road_tree_view_bind_cell (GtkListItem *list_item, GObject **item)
{
  GtkWidget *child, *cell;
  GtkTreeListRow *row;

  g_return_val_if_fail (GTK_IS_LIST_ITEM (list_item), NULL);
  g_return_val_if_fail (item != NULL, NULL);

  child = gtk_list_item_get_child (list_item);
  row = gtk_list_item_get_item (list_item);
  cell = get_cell (child);

  if (g_object_get_data (G_OBJECT (cell), "road-shown-row") == row)
    return NULL;

  g_object_set_data_full (G_OBJECT (cell), "road-shown-row", g_object_ref (row), g_object_unref);
  if (GTK_IS_TREE_EXPANDER (child))
    gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), row);
  *item = gtk_tree_list_row_get_item (row);

  return cell;
}

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

/* Whether a row has the focus, and no header. */
static gboolean
is_in_list (GtkWidget *view)
{
  return GTK_IS_LIST_VIEW (gtk_widget_get_focus_child (view));
}

/* Right expands the selected row. */
static gboolean
on_right (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  g_autoptr (GtkTreeListRow) row = get_selected_row (GTK_COLUMN_VIEW (widget));

  if (row == NULL || !gtk_tree_list_row_is_expandable (row) || !is_in_list (widget))
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

  if (row == NULL || !is_in_list (widget))
    return FALSE;

  parent = gtk_tree_list_row_get_parent (row);
  if (parent != NULL)
    gtk_selection_model_select_item (gtk_column_view_get_model (view),
                                     gtk_tree_list_row_get_position (parent), TRUE);
  gtk_tree_list_row_set_expanded (parent != NULL ? parent : row, FALSE);

  return TRUE;
}

static gboolean
leave (GtkWidget *widget, GtkDirectionType direction)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root == NULL)
    return FALSE;

  gtk_widget_set_can_focus (widget, FALSE);
  g_signal_emit_by_name (root, "move-focus", direction);
  gtk_widget_set_can_focus (widget, TRUE);

  return TRUE;
}

/* With newer GTK a row that is entered by Tab after a header had the focus looks for something in that column, and then
 * after it, but not at itself. */
static gboolean
focus_list (GtkWidget *view)
{
  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LIST_VIEW (child))
        return gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD) || gtk_widget_grab_focus (child);
    }

  return FALSE;
}

static gboolean
on_headers_left (gpointer user_data)
{
  GtkWidget *headers = user_data;

  if (gtk_widget_get_focus_child (headers) == NULL)
    gtk_widget_set_can_focus (headers, FALSE);

  return G_SOURCE_REMOVE;
}

/* Where the focus goes is known only after this. */
static void
on_headers_leave (GtkEventController *controller)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_headers_left,
                   g_object_ref (gtk_event_controller_get_widget (controller)), g_object_unref);
}

/* GTK keeps the focus from the headers. It still does as long as they do not have it: otherwise they, and not the
 * rows, would get the focus of the view. Returns: whether one of them can have it */
static gboolean
focus_headers (GtkWidget *view)
{
  GtkWidget *headers = gtk_widget_get_first_child (view);
  GtkEventController *controller;

  gtk_widget_set_can_focus (headers, TRUE);
  if (!gtk_widget_child_focus (headers, GTK_DIR_TAB_FORWARD))
    {
      gtk_widget_set_can_focus (headers, FALSE);
      return FALSE;
    }

  if (g_object_get_data (G_OBJECT (headers), "road-watched") == NULL)
    {
      controller = gtk_event_controller_focus_new ();
      g_signal_connect (controller, "leave", G_CALLBACK (on_headers_leave), NULL);
      gtk_widget_add_controller (headers, controller);
      g_object_set_data (G_OBJECT (headers), "road-watched", controller);
    }

  return TRUE;
}

static gboolean
on_tab (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return (!is_in_list (widget) && focus_list (widget)) || leave (widget, GTK_DIR_TAB_FORWARD);
}

static gboolean
on_shift_tab (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  if (is_in_list (widget) && focus_headers (widget))
    return TRUE;

  /* So that Tab can enter the list again, where the focus then is on a row and on no column. */
  if (!is_in_list (widget))
    focus_list (widget);

  return leave (widget, GTK_DIR_TAB_BACKWARD);
}

static void
add_key (GtkShortcutController *controller,
         guint key,
         GdkModifierType modifiers,
         GtkShortcutFunc func)
{
  gtk_shortcut_controller_add_shortcut (controller,
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                                          gtk_callback_action_new (func, NULL,
                                                                                   NULL)));
}

/* Lets Right and Left expand and collapse the selected row, Shift+Tab go from the rows to the headers, if these are
 * focusable, and Tab leave the list: GTK would move to the next row, of which there can be thousands. The list itself
 * handles these keys, so they are caught before they reach it. */
void
road_tree_view_add_keys (GtkColumnView *view)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_key (GTK_SHORTCUT_CONTROLLER (controller), GDK_KEY_Right, 0, on_right);
  add_key (GTK_SHORTCUT_CONTROLLER (controller), GDK_KEY_Left, 0, on_left);
  add_key (GTK_SHORTCUT_CONTROLLER (controller), GDK_KEY_Tab, 0, on_tab);
  add_key (GTK_SHORTCUT_CONTROLLER (controller), GDK_KEY_Tab, GDK_SHIFT_MASK, on_shift_tab);
  gtk_widget_add_controller (GTK_WIDGET (view), controller);

  /* Since GTK 4.12 Tab otherwise enters the list at its first row, and not where the focus was. */
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (view), "tab-behavior") != NULL)
    g_object_set (view, "tab-behavior", 1 /* GTK_LIST_TAB_ITEM */, NULL);
}

/* Scrolls until the row at @position is visible. gtk_column_view_scroll_to() came with GTK 4.12. */
void
road_tree_view_scroll_to (GtkColumnView *view, guint position)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
}

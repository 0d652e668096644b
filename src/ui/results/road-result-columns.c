/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-columns.h"

#include "road-result-cell.h"
#include "ui/widgets/road-context-menu.h"
#include "ui/widgets/road-tree-view.h"

#include <glib/gi18n.h>

/* GTK makes this many rows at most, of which few are seen. */
#define MAX_SPARE 210

#define USUAL_DPI (96 * 1024)

/* In narrower views, in pixels, the least important columns are hidden. */
#define MIN_WIDTH_REASON 740
#define MIN_WIDTH_LATENCY 580
#define MIN_WIDTH_SERVICE 500

/* From this width on there is room for both versions and reasons. */
#define MIN_WIDTH_VERSION_AND_REASON 860

/* And from this on for vendors, too, which without versions have room when these would. */
#define MIN_WIDTH_ALL 1000

/* Before GTK 4.10 a column view's sorter does not tell its column. But the sorter of that column is called
 * first, and its result is inverted for descending order. */
static int
note_column (gconstpointer a, gconstpointer b, gpointer user_data)
{
  RoadColumn *asked = g_object_get_data ((gpointer) a, "road-asked-column");

  *asked = (RoadColumn) GPOINTER_TO_INT (user_data);

  return GTK_ORDERING_SMALLER;
}

static GPtrArray *
get_spare (GtkSignalListItemFactory *factory)
{
  return g_object_get_data (G_OBJECT (factory), "road-spare-cells");
}

static void
on_setup_cell (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  RoadColumn column = (RoadColumn) GPOINTER_TO_INT (user_data);

  if (!road_tree_view_reuse_cell (list_item, get_spare (factory)))
    road_tree_view_set_up_cell (list_item, road_result_cell_new (column),
                                column == ROAD_COLUMN_TITLE);
}

/* When all rows are replaced, GTK frees their widgets and makes as many new ones. Ours are used again. */
static void
on_teardown_cell (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GPtrArray *spare = get_spare (factory);

  if (spare->len < MAX_SPARE)
    road_result_cell_set_item (ROAD_RESULT_CELL (road_tree_view_spare_cell (list_item, spare)),
                               NULL);
}

static void
on_bind_cell (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  g_autoptr (GObject) item = NULL;
  GtkWidget *cell = road_tree_view_bind_cell (list_item, &item);

  if (cell != NULL)
    road_result_cell_set_item (ROAD_RESULT_CELL (cell), item);
}

static void
set_up (GtkColumnViewColumn *view_column, RoadColumn column)
{
  const gpointer data = GINT_TO_POINTER ((int) column);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (note_column, data, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cell), data);
  g_object_set_data_full (G_OBJECT (factory), "road-spare-cells",
                          g_ptr_array_new_with_free_func (g_object_unref),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect (factory, "teardown", G_CALLBACK (on_teardown_cell), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cell), data);
  gtk_column_view_column_set_factory (view_column, factory);
  gtk_column_view_column_set_sorter (view_column, sorter);
}

/* Fills @column_view, whose columns are those of #RoadColumn. */
void
road_result_columns_set_up (GtkColumnView *column_view)
{
  GListModel *columns;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (column_view));

  columns = gtk_column_view_get_columns (column_view);
  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      set_up (column, (RoadColumn) i);
    }
}

/* What the keys of a header need. */
typedef struct
{
  GtkColumnView *column_view; /* which has the header */
  GtkColumnViewColumn *column;
  RoadColumn index;
  RoadSortOrder *order;
} Header;

static void
header_free (gpointer data)
{
  Header *header = data;

  g_object_unref (header->order);
  g_free (header);
}

/* Like a click: a column that sorts already does so the other way round. */
static gboolean
on_sort_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  const Header *header = user_data;
  const gboolean descending = road_sort_order_get_column (header->order) == header->index &&
                              !road_sort_order_get_descending (header->order);

  road_result_columns_sort_by (header->column_view, header->index, descending);

  return TRUE;
}

static gboolean
unparent (gpointer popover)
{
  gtk_widget_unparent (popover);

  return G_SOURCE_REMOVE;
}

/* The item that was chosen is activated after that. */
static void
on_menu_closed (GtkPopover *popover)
{
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (popover)));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent, g_object_ref (popover), g_object_unref);
}

/* Opens what a right click opens. */
static gboolean
on_menu_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  const Header *header = user_data;
  GMenuModel *model = gtk_column_view_column_get_header_menu (header->column);
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);

  road_context_menu_name_items (GTK_POPOVER (popover));
  gtk_widget_set_parent (popover, widget);
  g_signal_connect_object (widget, "destroy", G_CALLBACK (gtk_widget_unparent), popover,
                           G_CONNECT_SWAPPED);
  g_signal_connect (popover, "closed", G_CALLBACK (on_menu_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));

  return TRUE;
}

static void
add_header_keys (GtkWidget *widget, Header *header)
{
  static const struct
  {
    const char *trigger;
    GtkShortcutFunc func;
  } keys[] = {
    { "Return|KP_Enter|space", on_sort_key },
    { "Menu|<Shift>F10", on_menu_key },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].trigger),
                          gtk_callback_action_new (keys[i].func, header, NULL)));
  g_object_set_data_full (G_OBJECT (widget), "road-header", header, header_free);
  gtk_widget_add_controller (widget, controller);
  gtk_widget_set_focusable (widget, TRUE);
}

/* Names the headers of @column_view for screen readers, which are not told that they are headers, neither by GTK 4.8
 * nor by 4.18: so they are buttons. Makes them focusable (see road_tree_view_add_keys()): Enter sorts, and the Menu key
 * opens the menu. */
void
road_result_columns_set_up_headers (GtkColumnView *column_view, RoadSortOrder *order)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (column_view));
  GListModel *columns = gtk_column_view_get_columns (column_view);
  GtkWidget *button = row != NULL ? gtk_widget_get_first_child (row) : NULL;

  if (row != NULL)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      /* Translators: said by screen readers */
                                      _ ("Column headers"), -1);
      gtk_widget_set_can_focus (row, FALSE); /* until Shift+Tab */
      gtk_widget_set_focusable (row, FALSE); /* else newer GTK stops at it before the headers */
    }

  for (guint i = 0; button != NULL && i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const Header header = { column_view, column, (RoadColumn) i, g_object_ref (order) };

      g_object_set (button, "accessible-role", GTK_ACCESSIBLE_ROLE_BUTTON, NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      gtk_column_view_column_get_title (column), -1);
      add_header_keys (button, g_memdup2 (&header, sizeof header));
      button = gtk_widget_get_next_sibling (button);
    }
}

/* Copies the order in which the user sorts the column view to @order. */
void
road_result_columns_read_order (GtkSorter *sorter, RoadSortOrder *order)
{
  g_autoptr (GObject) probe = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) other = g_object_new (G_TYPE_OBJECT, NULL);
  RoadColumn column = ROAD_COLUMN_TITLE;
  GtkOrdering ordering;

  if (g_object_get_data (G_OBJECT (sorter), "road-clearing") != NULL)
    return;

  g_object_set_data (probe, "road-asked-column", &column);
  ordering = gtk_sorter_compare (sorter, probe, other);

  if (ordering == GTK_ORDERING_EQUAL)
    column = ROAD_COLUMN_NONE;
  road_sort_order_set (order, column, ordering == GTK_ORDERING_LARGER);
}

/* GTK leaves an arrow in the header of the column that was sorted by before, unless that is cleared first. */
static void
clear_sorting (GtkColumnView *column_view)
{
  GObject *sorter = G_OBJECT (gtk_column_view_get_sorter (column_view));

  g_object_set_data (sorter, "road-clearing", column_view);
  gtk_column_view_sort_by_column (column_view, NULL, GTK_SORT_ASCENDING);
  g_object_set_data (sorter, "road-clearing", NULL);
}

/* Sorts @column_view by @column, or with %ROAD_COLUMN_NONE by none. */
void
road_result_columns_sort_by (GtkColumnView *column_view, RoadColumn column, gboolean descending)
{
  g_autoptr (GtkColumnViewColumn) view_column = NULL;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (column_view));

  if (column != ROAD_COLUMN_NONE)
    {
      view_column = g_list_model_get_item (gtk_column_view_get_columns (column_view), column);
      clear_sorting (column_view);
    }
  gtk_column_view_sort_by_column (column_view, view_column,
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

static void
sort_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkColumnView *column_view = user_data;
  RoadSortOrder *order = g_object_get_data (G_OBJECT (action), "order");
  const char *value = g_variant_get_string (parameter, NULL);

  if (g_str_equal (g_action_get_name (G_ACTION (action)), "column"))
    road_result_columns_sort_by (column_view, road_column_from_string (value),
                                 road_sort_order_get_descending (order));
  else
    road_result_columns_sort_by (column_view, road_sort_order_get_column (order),
                                 g_str_equal (value, "descending"));
}

static void
update_actions (GActionGroup *actions, RoadSortOrder *order)
{
  const RoadColumn column = road_sort_order_get_column (order);
  gboolean descending = road_sort_order_get_descending (order);

  GAction *direction = g_action_map_lookup_action (G_ACTION_MAP (actions), "direction");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (direction), column != ROAD_COLUMN_NONE);
  g_action_group_change_action_state (actions, "column",
                                      g_variant_new_string (road_column_to_string (column)));
  g_action_group_change_action_state (actions, "direction",
                                      g_variant_new_string (descending ? "descending"
                                                                       : "ascending"));
}

/**
 * road_result_columns_new_actions:
 * @column_view: the results; its columns are sorted by
 * @order: the order that it has
 *
 * Returns: (transfer full): the actions “column” and “direction”, for a menu
 */
GActionGroup *
road_result_columns_new_actions (GtkColumnView *column_view, RoadSortOrder *order)
{
  static const char *const states[][2] = { { "column", "none" }, { "direction", "ascending" } };
  GSimpleActionGroup *actions = g_simple_action_group_new ();

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (GSimpleAction) action =
          g_simple_action_new_stateful (states[i][0], G_VARIANT_TYPE_STRING,
                                        g_variant_new_string (states[i][1]));

      g_object_set_data_full (G_OBJECT (action), "order", g_object_ref (order), g_object_unref);
      g_signal_connect_object (action, "activate", G_CALLBACK (sort_action), column_view, 0);
      g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
    }
  g_signal_connect_object (order, "changed", G_CALLBACK (update_actions), actions,
                           G_CONNECT_SWAPPED);
  update_actions (G_ACTION_GROUP (actions), order);

  return G_ACTION_GROUP (actions);
}

/* Returns: the width in pixels that @widget would have for the same text in the usual size: larger text leaves
 * less */
int
road_result_columns_get_text_width (GtkWidget *widget)
{
  int dpi = 0;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), 0);

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);

  return gtk_widget_get_width (widget) * USUAL_DPI / MAX (dpi, USUAL_DPI);
}

/* Returns: whether @column is shown in a view of @width pixels. Versions matter more than reasons and
 * latencies. */
gboolean
road_result_columns_fits (RoadColumn column, gboolean has_versions, int width)
{
  switch (column)
    {
    case ROAD_COLUMN_VERSION:
      return has_versions && width >= MIN_WIDTH_LATENCY;
    case ROAD_COLUMN_REASON:
      return width >= (has_versions ? MIN_WIDTH_VERSION_AND_REASON : MIN_WIDTH_REASON);
    case ROAD_COLUMN_LATENCY:
      return width >= (has_versions ? MIN_WIDTH_REASON : MIN_WIDTH_LATENCY);
    case ROAD_COLUMN_VENDOR:
      return width >= (has_versions ? MIN_WIDTH_ALL : MIN_WIDTH_VERSION_AND_REASON);
    case ROAD_COLUMN_SERVICE:
      return width >= MIN_WIDTH_SERVICE;
    case ROAD_COLUMN_TITLE:
    case ROAD_COLUMN_STATE:
    case ROAD_COLUMN_NONE:
    default:
      return TRUE;
    }
}

/* Whether there is more about it than who it is, for which there is another column. */
static gboolean
has_findings (RoadHost *host)
{
  const guint n = road_host_get_n_notes (host);

  for (guint i = 0; i < n; i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (!g_str_equal (note->name, ROAD_NOTE_MAC) &&
          !g_str_equal (note->name, ROAD_NOTE_MDNS_NAME))
        return TRUE;
    }

  return road_host_has_versions (host);
}

/* Returns: whether @report has something for the column of versions, or will have it if its scan has just begun */
gboolean
road_result_columns_have_versions (RoadReport *report)
{
  guint n_hosts;

  g_return_val_if_fail (ROAD_IS_REPORT (report), FALSE);

  if (road_report_get_profile (report)->identify != ROAD_IDENTIFY_NOTHING)
    return TRUE;

  n_hosts = g_list_model_get_n_items (G_LIST_MODEL (report));
  for (guint i = 0; i < n_hosts; i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (report), i);

      if (has_findings (host))
        return TRUE;
    }

  return FALSE;
}

/* Shows services beside ports where they have no column, see road_result_columns_fits(). */
void
road_result_columns_adapt (GtkColumnView *column_view, gboolean has_versions, int width)
{
  GtkWidget *widget = GTK_WIDGET (column_view);
  const gboolean narrow = !road_result_columns_fits (ROAD_COLUMN_SERVICE, has_versions, width);

  g_return_if_fail (GTK_IS_COLUMN_VIEW (column_view));

  if (narrow == gtk_widget_has_css_class (widget, ROAD_RESULT_CELL_NARROW))
    return;

  if (narrow)
    gtk_widget_add_css_class (widget, ROAD_RESULT_CELL_NARROW);
  else
    gtk_widget_remove_css_class (widget, ROAD_RESULT_CELL_NARROW);
  road_result_cell_update_all (widget);
}

/* Returns: whether the column view around @cell is so narrow that services have no column */
gboolean
road_result_columns_is_narrow (GtkWidget *cell)
{
  GtkWidget *column_view = gtk_widget_get_ancestor (cell, GTK_TYPE_COLUMN_VIEW);

  return column_view != NULL && gtk_widget_has_css_class (column_view, ROAD_RESULT_CELL_NARROW);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-results-view.h"

#include "road-result-actions.h"
#include "road-result-announcer.h"
#include "road-result-cell.h"
#include "road-result-columns.h"
#include "road-result-menu.h"
#include "road-result-place.h"
#include "road-result-tree.h"
#include "road-sort-order.h"
#include "ui/widgets/road-tree-view.h"

#include <glib/gi18n.h>

/*   RoadReport
 *       │  hosts, as they came in
 *   RoadHostList ───────── RoadSortOrder <── clicks on the column headers
 *       │  those worth a row, sorted   │
 *   GtkTreeListModel ── RoadPortModel of each expanded host, sorted
 *       │
 *   GtkMultiSelection
 *       │
 *   GtkColumnView ── RoadResultCell
 *
 * GTK's own filter and sort models are too slow for a running scan. The two lists sort themselves, and the
 * sorters of columns only tell which column was clicked. A list announces that it replaces its rows
 * ("resetting"). RoadResultTree, which has everything from the list of hosts to the selection, then restores
 * selection and expansion.
 */

/* With more hosts than this, no further ones are expanded automatically. */
#define MAX_EXPANDED 20

struct _RoadResultsView
{
  GtkWidget parent_instance;

  RoadReport *report;
  RoadSortOrder *order;
  GSimpleActionGroup *sort_actions;
  RoadResultTree *tree;
  RoadResultActions *actions;
  RoadResultPlace *place;

  GHashTable *expanded_once; /* hosts that were expanded automatically */
  guint width_source;
  gboolean has_versions; /* whether the version column has contents */

  GtkStack *stack;
  RoadResultAnnouncer *announcer;
  GtkLabel *placeholder;
  GtkColumnView *column_view;
  GtkPopoverMenu *menu;
  GtkColumnViewColumn *title_column;
  GtkColumnViewColumn *state_column;
  GtkColumnViewColumn *service_column;
  GtkColumnViewColumn *version_column;
  GtkColumnViewColumn *reason_column;
  GtkColumnViewColumn *latency_column;
};

G_DEFINE_FINAL_TYPE (RoadResultsView, road_results_view, GTK_TYPE_WIDGET)

static GtkColumnViewColumn *
get_column (RoadResultsView *self, RoadColumn column)
{
  GtkColumnViewColumn *const columns[ROAD_N_COLUMNS] = {
    [ROAD_COLUMN_TITLE] = self->title_column,     [ROAD_COLUMN_STATE] = self->state_column,
    [ROAD_COLUMN_SERVICE] = self->service_column, [ROAD_COLUMN_VERSION] = self->version_column,
    [ROAD_COLUMN_REASON] = self->reason_column,   [ROAD_COLUMN_LATENCY] = self->latency_column,
  };

  return columns[column];
}

static void
update_placeholder (RoadResultsView *self)
{
  guint n_hosts =
      self->tree != NULL ? g_list_model_get_n_items (road_result_tree_get_hosts (self->tree)) : 0;
  const char *text = "";

  if (self->report != NULL)
    text = road_report_get_status (self->report) == ROAD_REPORT_RUNNING
               ? _ ("No hosts have responded yet.")
               : _ ("No hosts responded.");

  gtk_label_set_text (self->placeholder, text);
  gtk_stack_set_visible_child_name (self->stack, n_hosts > 0 ? "tree" : "placeholder");
}

/* Only once for each host, so that one that the user collapses stays collapsed. */
static void
consider_expanding (RoadResultsView *self, RoadHost *host)
{
  gboolean is_only_one = road_report_get_n_targets (self->report) <= 1;

  if (g_list_model_get_n_items (road_result_tree_get_hosts (self->tree)) > MAX_EXPANDED ||
      (!is_only_one && road_host_get_n_ports (host, ROAD_PORT_OPEN) == 0) ||
      !g_hash_table_add (self->expanded_once, host))
    return;

  road_result_tree_expand (self->tree, host);
}

static void
on_host_ports_changed (RoadResultsView *self, RoadHost *host)
{
  if (!g_hash_table_contains (self->expanded_once, host))
    consider_expanding (self, host);
}

static void
on_rows_changing (RoadResultsView *self)
{
  g_autoptr (GtkBitset) shown = road_result_place_get_shown (self->place);

  road_result_place_hold (self->place);
  road_result_tree_keep (self->tree, shown);
}

static void
on_hosts_changed (RoadResultsView *self, guint position, guint n_removed, guint n_added)
{
  GListModel *hosts = road_result_tree_get_hosts (self->tree);

  if (road_result_tree_is_resetting (self->tree))
    return;

  if (g_list_model_get_n_items (hosts) <= MAX_EXPANDED)
    {
      for (guint i = position; i < position + n_added; i++)
        {
          g_autoptr (RoadHost) host = g_list_model_get_item (hosts, i);

          g_signal_connect_object (host, "ports-changed", G_CALLBACK (on_host_ports_changed), self,
                                   G_CONNECT_SWAPPED);
          consider_expanding (self, host);
        }
    }

  update_placeholder (self);
}

/* In the order of RoadColumn. */
static const char *const column_names[ROAD_N_COLUMNS] = {
  [ROAD_COLUMN_TITLE] = "title",     [ROAD_COLUMN_STATE] = "state",
  [ROAD_COLUMN_SERVICE] = "service", [ROAD_COLUMN_VERSION] = "version",
  [ROAD_COLUMN_REASON] = "reason",   [ROAD_COLUMN_LATENCY] = "latency",
};

static void
sort_column_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadResultsView *self = user_data;
  gboolean descending = road_sort_order_get_descending (self->order);

  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    {
      if (g_str_equal (column_names[i], g_variant_get_string (parameter, NULL)))
        gtk_column_view_sort_by_column (self->column_view, get_column (self, (RoadColumn) i),
                                        descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
}

static void
sort_direction_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadResultsView *self = user_data;
  gboolean descending = g_str_equal (g_variant_get_string (parameter, NULL), "descending");

  gtk_column_view_sort_by_column (self->column_view,
                                  get_column (self, road_sort_order_get_column (self->order)),
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

static const GActionEntry sort_entries[] = {
  { "column", sort_column_action, "s", "'title'" },
  { "direction", sort_direction_action, "s", "'ascending'" },
};

static void
update_sort_actions (RoadResultsView *self)
{
  const char *column = column_names[road_sort_order_get_column (self->order)];
  gboolean descending = road_sort_order_get_descending (self->order);

  g_action_group_change_action_state (G_ACTION_GROUP (self->sort_actions), "column",
                                      g_variant_new_string (column));
  g_action_group_change_action_state (G_ACTION_GROUP (self->sort_actions), "direction",
                                      g_variant_new_string (descending ? "descending"
                                                                       : "ascending"));
}

static void
on_sorter_changed (RoadResultsView *self, GtkSorterChange change, GtkSorter *sorter)
{
  road_result_columns_read_order (sorter, self->order);
}

static void
on_activate (RoadResultsView *self, guint position)
{
  g_autoptr (GtkTreeListRow) row =
      gtk_tree_list_model_get_row (road_result_tree_get_rows (self->tree), position);

  if (row != NULL && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static gboolean
adapt_to_width (gpointer user_data)
{
  RoadResultsView *self = user_data;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean narrow;

  self->width_source = 0;
  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    gtk_column_view_column_set_visible (get_column (self, (RoadColumn) i),
                                        road_result_columns_fits ((RoadColumn) i,
                                                                  self->has_versions, width));

  narrow = !road_result_columns_fits (ROAD_COLUMN_SERVICE, self->has_versions, width);
  if (narrow == gtk_widget_has_css_class (GTK_WIDGET (self->column_view), ROAD_RESULT_CELL_NARROW))
    return G_SOURCE_REMOVE;

  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self->column_view), ROAD_RESULT_CELL_NARROW);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->column_view), ROAD_RESULT_CELL_NARROW);
  road_result_cell_update_all (GTK_WIDGET (self->column_view));

  return G_SOURCE_REMOVE;
}

static void
queue_adapt (RoadResultsView *self)
{
  if (self->width_source == 0)
    self->width_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, adapt_to_width, self, NULL);
}

static void
road_results_view_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (ROAD_RESULTS_VIEW (widget)->stack), orientation, for_size,
                      minimum, natural, NULL, NULL);
}

/* Not done by a layout manager, as that would not tell us the width. */
static void
road_results_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RoadResultsView *self = ROAD_RESULTS_VIEW (widget);

  gtk_widget_allocate (GTK_WIDGET (self->stack), width, height, baseline, NULL);
  gtk_widget_allocate (GTK_WIDGET (self->announcer), 0, 0, -1, NULL);
  gtk_popover_present (GTK_POPOVER (self->menu));

  /* Columns must not be shown or hidden during an allocation. */
  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    {
      if (gtk_column_view_column_get_visible (get_column (self, (RoadColumn) i)) !=
          road_result_columns_fits ((RoadColumn) i, self->has_versions, width))
        queue_adapt (self);
    }
}

/* The labels depend on the number of selected hosts. */
static void
fill_menu (RoadResultsView *self)
{
  g_autoptr (GMenuModel) model = road_result_actions_make_menu (self->actions);

  gtk_popover_menu_set_menu_model (self->menu, model);
}

static void
menu_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadResultsView *self = ROAD_RESULTS_VIEW (widget);

  if (self->actions == NULL)
    return;

  fill_menu (self);
  road_result_menu_pop_up_at_focus (self->column_view, GTK_POPOVER (self->menu));
}

static void
road_results_view_dispose (GObject *object)
{
  RoadResultsView *self = ROAD_RESULTS_VIEW (object);

  road_results_view_set_report (self, NULL);
  g_clear_handle_id (&self->width_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROAD_TYPE_RESULTS_VIEW);

  G_OBJECT_CLASS (road_results_view_parent_class)->dispose (object);
}

static void
road_results_view_finalize (GObject *object)
{
  RoadResultsView *self = ROAD_RESULTS_VIEW (object);

  g_clear_object (&self->place);
  g_clear_object (&self->sort_actions);
  g_clear_object (&self->order);
  g_clear_pointer (&self->expanded_once, g_hash_table_unref);

  G_OBJECT_CLASS (road_results_view_parent_class)->finalize (object);
}

static void
road_results_view_class_init (RoadResultsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = road_results_view_dispose;
  object_class->finalize = road_results_view_finalize;
  widget_class->measure = road_results_view_measure;
  widget_class->size_allocate = road_results_view_size_allocate;

  g_type_ensure (ROAD_TYPE_RESULT_ANNOUNCER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-results-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, stack);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, announcer);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, placeholder);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, column_view);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, menu);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, title_column);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, state_column);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, service_column);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, version_column);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, reason_column);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, latency_column);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);

  gtk_widget_class_install_action (widget_class, "results-view.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "results-view.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK,
                                       "results-view.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK,
                                       "results.copy", NULL);
  /* The menu shows the shortcut that is added last. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "results.copy",
                                       NULL);
}

static void
road_results_view_init (RoadResultsView *self)
{
  self->order = road_sort_order_new ();
  self->sort_actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->sort_actions), sort_entries,
                                   G_N_ELEMENTS (sort_entries), self);
  g_signal_connect_object (self->order, "changed", G_CALLBACK (update_sort_actions), self,
                           G_CONNECT_SWAPPED);
  self->expanded_once = g_hash_table_new (NULL, NULL);

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    road_result_columns_set_up (get_column (self, (RoadColumn) i), (RoadColumn) i);
  gtk_column_view_sort_by_column (self->column_view, self->title_column, GTK_SORT_ASCENDING);
  road_result_columns_name_headers (self->column_view);
  self->place = road_result_place_new (self->column_view);
  road_tree_view_add_keys (self->column_view);
  road_result_menu_set_up (self, self->column_view, GTK_POPOVER (self->menu));
  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed",
                           G_CALLBACK (on_sorter_changed), self, G_CONNECT_SWAPPED);
}

static void
clear_report (RoadResultsView *self)
{
  if (self->report == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->report, self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->report)); i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (self->report), i);

      g_signal_handlers_disconnect_by_func (host, on_host_ports_changed, self);
    }

  gtk_column_view_set_model (self->column_view, NULL);
  g_hash_table_remove_all (self->expanded_once);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "results", NULL);
  g_clear_object (&self->actions);
  g_clear_object (&self->tree);
  g_clear_object (&self->report);
}

/* Our own scans find no versions, so only opened files can have any. */
static gboolean
has_versions (RoadReport *report)
{
  const guint n_hosts = g_list_model_get_n_items (G_LIST_MODEL (report));

  for (guint i = 0; i < n_hosts; i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (report), i);

      if (road_host_has_versions (host) || road_host_get_n_notes (host) > 0)
        return TRUE;
    }

  return FALSE;
}

/* Returns: (transfer none): the actions that sort: "column" and "direction" */
GActionGroup *
road_results_view_get_sort_actions (RoadResultsView *self)
{
  g_return_val_if_fail (ROAD_IS_RESULTS_VIEW (self), NULL);

  return G_ACTION_GROUP (self->sort_actions);
}

void
road_results_view_set_report (RoadResultsView *self, RoadReport *report)
{
  GListModel *hosts;

  g_return_if_fail (ROAD_IS_RESULTS_VIEW (self));
  g_return_if_fail (report == NULL || ROAD_IS_REPORT (report));

  if (self->report == report)
    return;

  clear_report (self);
  road_result_announcer_set_report (self->announcer, report);

  if (report == NULL)
    return;

  self->report = g_object_ref (report);
  self->has_versions = has_versions (report);
  queue_adapt (self);
  self->tree = road_result_tree_new (report, self->order);
  hosts = road_result_tree_get_hosts (self->tree);
  self->actions =
      road_result_actions_new (GTK_WIDGET (self), report, road_result_tree_get_rows (self->tree),
                               road_result_tree_get_selection (self->tree));
  gtk_column_view_set_model (self->column_view, road_result_tree_get_selection (self->tree));

  g_signal_connect_object (self->tree, "changing", G_CALLBACK (on_rows_changing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (hosts, "items-changed", G_CALLBACK (on_hosts_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (report, "notify::status", G_CALLBACK (update_placeholder), self,
                           G_CONNECT_SWAPPED);
  on_hosts_changed (self, 0, 0, g_list_model_get_n_items (hosts));
}

/* Prepares the context menu for @item, a #RoadHost or #RoadPortRow: it acts on the selection if that has
 * the item's row, else on the item alone. */
void
road_results_view_point_at (RoadResultsView *self, GObject *item)
{
  GtkSelectionModel *selection;
  guint position;

  g_return_if_fail (ROAD_IS_RESULTS_VIEW (self));
  g_return_if_fail (self->tree != NULL);

  selection = road_result_tree_get_selection (self->tree);
  if (road_result_tree_find (self->tree, item, &position) &&
      !gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_select_item (selection, position, TRUE);

  fill_menu (self);
}

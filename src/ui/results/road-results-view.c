/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-results-view.h"

#include "road-column-settings.h"
#include "road-result-actions.h"
#include "road-result-announcer.h"
#include "road-result-cell.h"
#include "road-result-columns.h"
#include "road-result-expansion.h"
#include "road-result-grouping.h"
#include "road-result-menu.h"
#include "road-result-place.h"
#include "road-result-selection.h"
#include "road-result-sorting.h"
#include "ui/rows/road-result-tree.h"
#include "ui/filter/road-filter-bar.h"
#include "ui/widgets/road-context-menu.h"
#include "ui/widgets/road-tree-view.h"

#include <glib/gi18n.h>

/*   RoadReport
 *       │  hosts, as they came in
 *   RoadHostList ───────── RoadSortOrder <── clicks on the column headers
 *       │  those worth a row, sorted   │
 *   RoadHostFilter ─────── RoadFilter <── RoadFilterBar
 *       │  those that match            │
 *   GtkTreeListModel ── RoadPortModel of each expanded host, sorted and filtered
 *       │
 *   GtkMultiSelection
 *       │
 *   GtkColumnView ── RoadResultCell
 *
 * GTK's own filter and sort models are too slow for a running scan. The two lists sort themselves, and the sorters of
 * columns only tell which column was clicked. A list announces that it replaces its rows ("resetting"). RoadResultTree,
 * which has everything from the list of hosts to the selection, then restores selection and expansion.
 */

struct _RoadResultsView
{
  GtkWidget parent_instance;

  RoadReport *report;
  RoadSortOrder *order;
  GActionGroup *sort_actions;
  RoadColumnSettings *column_settings;
  RoadResultTree *tree;
  RoadResultGrouping *grouping; /* NULL: ports are below their hosts */
  RoadSelection *selection;     /* NULL: nobody else shows it */
  RoadResultSelection *result_selection;
  RoadResultActions *actions;
  RoadResultPlace *place;
  RoadResultSorting *sorting;
  RoadResultExpansion *expansion;
  GSimpleAction *filter_action;

  guint width_source;
  int adapted_width;
  gboolean has_versions; /* whether the version column has contents */

  GtkWidget *box;
  RoadFilterBar *filter_bar;
  GtkStack *stack;
  RoadResultAnnouncer *announcer;
  GtkLabel *placeholder;
  GtkColumnView *column_view;
  GtkPopoverMenu *menu;
};

G_DEFINE_FINAL_TYPE (RoadResultsView, road_results_view, GTK_TYPE_WIDGET)

static gboolean
is_filtered (RoadResultsView *self)
{
  return road_filter_get_active (road_filter_bar_get_filter (self->filter_bar));
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

  if (self->grouping != NULL && n_hosts > 0)
    text = _ ("No open ports");
  gtk_label_set_text (self->placeholder, text);
  if (self->grouping != NULL && n_hosts > 0 && road_result_grouping_is_empty (self->grouping))
    gtk_stack_set_visible_child_name (self->stack,
                                      is_filtered (self) ? "no-matches" : "placeholder");
  else if (n_hosts > 0)
    gtk_stack_set_visible_child_name (self->stack, "tree");
  else if (self->tree != NULL && road_result_tree_has_hosts (self->tree))
    gtk_stack_set_visible_child_name (self->stack, "no-matches");
  else
    gtk_stack_set_visible_child_name (self->stack, "placeholder");
}

static void
update_counts (RoadResultsView *self)
{
  guint64 n_ports[ROAD_N_PORT_STATES];

  if (!road_filter_bar_get_open (self->filter_bar))
    return;

  road_result_tree_count_ports (self->tree, n_ports);
  road_filter_bar_set_counts (self->filter_bar, n_ports);
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
  if (road_result_tree_is_resetting (self->tree))
    return;

  road_result_expansion_watch (self->expansion, position, n_added);
  update_placeholder (self);
}

/* Hosts may have come, or their first open ports, while there was a filter. */
static void
on_filter_changed (RoadResultsView *self)
{
  if (self->tree == NULL)
    return;

  if (!is_filtered (self))
    road_result_expansion_watch (self->expansion, 0,
                                 g_list_model_get_n_items (
                                     road_result_tree_get_hosts (self->tree)));
  update_placeholder (self);
}

static void
on_hosts_resetting (RoadResultsView *self)
{
  if (road_result_tree_is_resetting (self->tree))
    road_result_sorting_begin (self->sorting);
  else
    road_result_sorting_end (self->sorting);
}

static void
on_sorter_changed (RoadResultsView *self, GtkSorterChange change, GtkSorter *sorter)
{
  if (self->sorting != NULL)
    road_result_sorting_begin (self->sorting);
  road_result_columns_read_order (sorter, self->order);
  if (self->sorting != NULL)
    road_result_sorting_end (self->sorting);
}

static GtkTreeListModel *
get_rows (RoadResultsView *self)
{
  return self->grouping != NULL ? road_result_grouping_get_rows (self->grouping)
                                : road_result_tree_get_rows (self->tree);
}

static GtkSelectionModel *
get_selection (RoadResultsView *self)
{
  return self->grouping != NULL ? road_result_grouping_get_selection (self->grouping)
                                : road_result_tree_get_selection (self->tree);
}

static gboolean
find_row (RoadResultsView *self, GObject *item, guint *position)
{
  return self->grouping != NULL ? road_result_grouping_find (self->grouping, item, position)
                                : road_result_tree_find (self->tree, item, position);
}

/* Does what one does with an open port; of others there is only more to see. */
static void
activate_port (RoadResultsView *self, RoadPortRow *row)
{
  if (road_port_row_get_result (row)->state == ROAD_PORT_OPEN)
    road_result_actions_open (self->actions, row);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "page.show-details", NULL);
}

static void
on_activate (RoadResultsView *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (get_rows (self), position);
  g_autoptr (GObject) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (row != NULL && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
  else if (ROAD_IS_PORT_ROW (item) && !road_port_row_is_count (ROAD_PORT_ROW (item)))
    activate_port (self, ROAD_PORT_ROW (item));
}

static gboolean
adapt_to_width (gpointer user_data)
{
  RoadResultsView *self = user_data;
  const int width = road_result_columns_get_text_width (GTK_WIDGET (self));

  self->width_source = 0;
  self->adapted_width = gtk_widget_get_width (GTK_WIDGET (self));
  road_filter_bar_adapt (self->filter_bar, self->adapted_width);
  road_column_settings_adapt (self->column_settings, self->has_versions, width);

  road_result_columns_adapt (self->column_view, self->has_versions, width);

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
  gtk_widget_measure (ROAD_RESULTS_VIEW (widget)->box, orientation, for_size, minimum, natural,
                      NULL, NULL);
}

/* Not done by a layout manager, as that would not tell us the width. */
static void
road_results_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RoadResultsView *self = ROAD_RESULTS_VIEW (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  gtk_widget_allocate (GTK_WIDGET (self->announcer), 0, 0, -1, NULL);
  gtk_popover_present (GTK_POPOVER (self->menu));

  /* Columns must not be shown or hidden during an allocation. */
  if (width != self->adapted_width || road_filter_bar_needs_adapting (self->filter_bar, width))
    queue_adapt (self);
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
filter_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadResultsView *self = user_data;

  road_filter_bar_open (self->filter_bar);
  if (self->tree != NULL)
    update_counts (self);
}

/* The window's menu and shortcut, while the results are visible. */
static void
road_results_view_root (GtkWidget *widget)
{
  GtkRoot *root;

  GTK_WIDGET_CLASS (road_results_view_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (G_IS_ACTION_MAP (root))
    g_action_map_add_action (G_ACTION_MAP (root),
                             G_ACTION (ROAD_RESULTS_VIEW (widget)->filter_action));
}

static void
road_results_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (road_results_view_parent_class)->map (widget);
  g_simple_action_set_enabled (ROAD_RESULTS_VIEW (widget)->filter_action, TRUE);
}

static void
road_results_view_unmap (GtkWidget *widget)
{
  g_simple_action_set_enabled (ROAD_RESULTS_VIEW (widget)->filter_action, FALSE);
  GTK_WIDGET_CLASS (road_results_view_parent_class)->unmap (widget);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  RoadFilterBar *filter_bar = ROAD_RESULTS_VIEW (widget)->filter_bar;

  if (!road_filter_bar_get_open (filter_bar))
    return FALSE;

  road_filter_bar_close (filter_bar);

  return TRUE;
}

static void
road_results_view_dispose (GObject *object)
{
  RoadResultsView *self = ROAD_RESULTS_VIEW (object);

  road_results_view_set_report (self, NULL);
  g_clear_handle_id (&self->width_source, g_source_remove);
  /* The column view is sorted by nothing when it goes: not to be saved, nor told to actions whose holder is gone. */
  g_clear_object (&self->column_settings);
  if (self->column_view != NULL)
    g_signal_handlers_disconnect_by_func (gtk_column_view_get_sorter (self->column_view),
                                          on_sorter_changed, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROAD_TYPE_RESULTS_VIEW);

  G_OBJECT_CLASS (road_results_view_parent_class)->dispose (object);
}

static void
road_results_view_finalize (GObject *object)
{
  RoadResultsView *self = ROAD_RESULTS_VIEW (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->place);
  g_clear_object (&self->sort_actions);
  g_clear_object (&self->order);
  g_clear_object (&self->filter_action);

  G_OBJECT_CLASS (road_results_view_parent_class)->finalize (object);
}

static void
road_results_view_class_init (RoadResultsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = road_results_view_dispose;
  object_class->finalize = road_results_view_finalize;
  widget_class->root = road_results_view_root;
  widget_class->map = road_results_view_map;
  widget_class->unmap = road_results_view_unmap;
  widget_class->measure = road_results_view_measure;
  widget_class->size_allocate = road_results_view_size_allocate;

  g_type_ensure (ROAD_TYPE_RESULT_ANNOUNCER);
  g_type_ensure (ROAD_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-results-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, box);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, stack);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, announcer);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, placeholder);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, column_view);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, road_filter_bar_clear);

  gtk_widget_class_install_action (widget_class, "results-view.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "results-view.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK,
                                       "results-view.menu", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK,
                                       "results.copy", NULL);
  /* The menu shows the shortcut that is added last. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "results.copy",
                                       NULL);
}

/* Prepares the context menu for a row: it acts on the selection if that has the row, else on the row alone. */
static gboolean
prepare_menu (double x, double y, gpointer user_data)
{
  RoadResultsView *self = user_data;
  RoadResultCell *cell = road_result_menu_focus_row (self->column_view, x, y);
  GtkSelectionModel *selection = get_selection (self);
  guint position;

  if (cell == NULL)
    return FALSE;

  if (find_row (self, road_result_cell_get_item (cell), &position) &&
      !gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_select_item (selection, position, TRUE);
  fill_menu (self);

  return TRUE;
}

static void
update_grouping (RoadResultsView *self)
{
  const RoadGrouping grouping = road_column_settings_get_grouping (self->column_settings);

  if (self->tree == NULL)
    return;

  gtk_column_view_set_model (self->column_view, NULL);
  g_clear_object (&self->actions);
  g_clear_object (&self->grouping);
  if (grouping != ROAD_GROUPING_HOST)
    {
      self->grouping =
          road_result_grouping_new (self->tree, self->order,
                                    road_filter_bar_get_filter (self->filter_bar), grouping);
      g_signal_connect_object (self->grouping, "changing", G_CALLBACK (road_result_place_hold),
                               self->place, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->grouping, "changed", G_CALLBACK (update_placeholder), self,
                               G_CONNECT_SWAPPED);
    }
  self->actions = road_result_actions_new (GTK_WIDGET (self), self->report, get_rows (self),
                                           get_selection (self));
  gtk_column_view_set_model (self->column_view, get_selection (self));
  if (self->result_selection != NULL)
    road_result_selection_set_grouping (self->result_selection, self->grouping);
  update_placeholder (self);
}

static void
road_results_view_init (RoadResultsView *self)
{
  self->order = road_sort_order_new ();
  self->filter_action = g_simple_action_new ("filter", NULL);
  g_simple_action_set_enabled (self->filter_action, FALSE);
  g_signal_connect_object (self->filter_action, "activate", G_CALLBACK (filter_action), self, 0);

  gtk_widget_init_template (GTK_WIDGET (self));
  road_result_columns_set_up (self->column_view);
  self->sort_actions = road_result_columns_new_actions (self->column_view, self->order);
  road_result_columns_set_up_headers (self->column_view, self->order);
  self->place = road_result_place_new (self->column_view);
  road_tree_view_add_keys (self->column_view);
  road_filter_bar_set_results (self->filter_bar, GTK_WIDGET (self->column_view));
  g_signal_connect_object (road_filter_bar_get_filter (self->filter_bar), "changed",
                           G_CALLBACK (on_filter_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  road_context_menu_set_up (GTK_WIDGET (self->column_view), GTK_POPOVER (self->menu), prepare_menu,
                            self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed",
                           G_CALLBACK (on_sorter_changed), self, G_CONNECT_SWAPPED);
  self->column_settings = road_column_settings_new (self->column_view, self->order);
  g_signal_connect_object (self->column_settings, "changed", G_CALLBACK (queue_adapt), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->column_settings, "grouping-changed", G_CALLBACK (update_grouping),
                           self, G_CONNECT_SWAPPED);
}

static void
clear_report (RoadResultsView *self)
{
  if (self->report == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->report, self);
  gtk_column_view_set_model (self->column_view, NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "results", NULL);
  g_clear_object (&self->result_selection);
  g_clear_object (&self->sorting);
  g_clear_object (&self->expansion);
  g_clear_object (&self->actions);
  g_clear_object (&self->grouping);
  g_clear_object (&self->tree);
  g_clear_object (&self->report);
}

/* Returns: (transfer none): the actions that sort: "column" and "direction" */
GActionGroup *
road_results_view_get_sort_actions (RoadResultsView *self)
{
  g_return_val_if_fail (ROAD_IS_RESULTS_VIEW (self), NULL);

  return self->sort_actions;
}

/* Returns: (transfer none): the actions that show and hide columns, see road_column_settings_get_actions() */
GActionGroup *
road_results_view_get_column_actions (RoadResultsView *self)
{
  g_return_val_if_fail (ROAD_IS_RESULTS_VIEW (self), NULL);

  return road_column_settings_get_actions (self->column_settings);
}

/* Shares what is selected with others. Call it before there is a report. */
void
road_results_view_set_selection (RoadResultsView *self, RoadSelection *selection)
{
  g_return_if_fail (ROAD_IS_RESULTS_VIEW (self));
  g_return_if_fail (ROAD_IS_SELECTION (selection));

  g_set_object (&self->selection, selection);
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
  self->has_versions = road_result_columns_have_versions (report);
  queue_adapt (self);
  self->tree =
      road_result_tree_new (report, self->order, road_filter_bar_get_filter (self->filter_bar));
  hosts = road_result_tree_get_hosts (self->tree);
  self->expansion =
      road_result_expansion_new (report, self->tree, road_filter_bar_get_filter (self->filter_bar));
  if (self->selection != NULL)
    self->result_selection =
        road_result_selection_new (self->column_view, self->place, self->tree, self->selection);
  update_grouping (self);
  self->sorting = road_result_sorting_new (self->column_view, self->place, self->tree);

  g_signal_connect_object (self->tree, "changing", G_CALLBACK (on_rows_changing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (hosts, "notify::resetting", G_CALLBACK (on_hosts_resetting), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (hosts, "counted", G_CALLBACK (update_counts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hosts, "items-changed", G_CALLBACK (on_hosts_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (report, "notify::status", G_CALLBACK (update_placeholder), self,
                           G_CONNECT_SWAPPED);
  on_hosts_changed (self, 0, 0, g_list_model_get_n_items (hosts));
  update_counts (self);
}

/* A port may have been identified, while its report has no versions yet. */
void
road_results_view_update_versions (RoadResultsView *self)
{
  g_return_if_fail (ROAD_IS_RESULTS_VIEW (self));

  if (!self->has_versions && self->report != NULL)
    self->has_versions = road_result_columns_have_versions (self->report);
  queue_adapt (self);
}

/* Shows the row of what is selected and gives it the focus, at once or when the list is shown.
 * Returns: %NULL, or why it has no row */
const char *
road_results_view_focus_selected (RoadResultsView *self)
{
  g_return_val_if_fail (ROAD_IS_RESULTS_VIEW (self), NULL);

  if (self->result_selection == NULL || road_result_selection_focus (self->result_selection))
    return NULL;
  if (is_filtered (self))
    return _ ("The filter hides this host in the list.");

  return self->grouping != NULL ? _ ("The list shows open ports, of which this host has none.")
                                : _ ("This host is not in the list.");
}

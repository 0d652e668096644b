/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-results-view.h"

#include "road-host-list.h"
#include "road-port-model.h"
#include "road-result-columns.h"
#include "road-sort-order.h"

#include <glib/gi18n.h>

/*   RoadReport
 *       │  hosts, as they came in
 *   RoadHostList ───────── RoadSortOrder <── clicks on the column headers
 *       │  those worth a row, sorted   │
 *   GtkTreeListModel ── RoadPortModel of each expanded host, sorted
 *       │
 *   GtkSingleSelection
 *       │
 *   GtkColumnView ── RoadResultCell
 *
 * GTK's own filter and sort models do not stand up to a running scan; the two lists sort themselves,
 * and a column's sorter only tells which column was clicked. A list that must replace its rows says
 * so beforehand ("resetting"), and what the user had selected and expanded is put back after it.
 */

/* So many hosts with open ports are expanded without being asked; of more, the user picks. */
#define MAX_EXPANDED 20

/* Widths under which the columns that matter least give way, in pixels. */
#define MIN_WIDTH_REASON 620
#define MIN_WIDTH_LATENCY 440

/* As wide as this, the view has room for versions beside the reasons. */
#define MIN_WIDTH_VERSION_AND_REASON 800

struct _RoadResultsView
{
  GtkWidget parent_instance;

  RoadReport *report;
  RoadSortOrder *order;
  RoadHostList *hosts;
  GtkTreeListModel *tree;
  GtkSingleSelection *selection;

  GHashTable *expanded_once; /* hosts that were expanded without being asked */
  GObject *saved_selection;  /* a RoadHost or RoadPortRow */
  GPtrArray *saved_expanded; /* of RoadHost */
  guint width_source;
  gboolean has_versions; /* whether there is anything for the column of versions */

  GtkStack *stack;
  GtkLabel *placeholder;
  GtkColumnView *column_view;
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
  guint n_hosts = self->hosts != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->hosts)) : 0;
  const char *text = "";

  if (self->report != NULL)
    text = road_report_get_status (self->report) == ROAD_REPORT_RUNNING
               ? _ ("Nothing has answered yet.")
               : _ ("Nothing answered.");

  gtk_label_set_text (self->placeholder, text);
  gtk_stack_set_visible_child_name (self->stack, n_hosts > 0 ? "tree" : "placeholder");
}

static GtkTreeListRow *
find_host_row (RoadResultsView *self, RoadHost *host)
{
  guint position;

  if (!road_host_list_find (self->hosts, host, &position))
    return NULL;

  return gtk_tree_list_model_get_child_row (self->tree, position);
}

static void
expand_host (RoadResultsView *self, RoadHost *host)
{
  g_autoptr (GtkTreeListRow) row = find_host_row (self, host);

  if (row != NULL)
    gtk_tree_list_row_set_expanded (row, TRUE);
}

/* Once a host, so that one the user collapses stays so. */
static void
consider_expanding (RoadResultsView *self, RoadHost *host)
{
  gboolean is_only_one = road_report_get_n_targets (self->report) <= 1;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->hosts)) > MAX_EXPANDED ||
      (!is_only_one && road_host_get_n_ports (host, ROAD_PORT_OPEN) == 0) ||
      !g_hash_table_add (self->expanded_once, host))
    return;

  expand_host (self, host);
}

static void
on_host_ports_changed (RoadResultsView *self, RoadHost *host)
{
  if (!g_hash_table_contains (self->expanded_once, host))
    consider_expanding (self, host);
}

/* A list keeps the row in sight that was there, so that one on whose first row another follows would
 * run away from its beginning as hosts come in. Before GTK 4.12 only the list's own action helps. */
static void
stay_at_top (RoadResultsView *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->column_view));

  if (adjustment == NULL || gtk_adjustment_get_value (adjustment) > 0)
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->column_view));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LIST_VIEW (child))
        gtk_widget_activate_action (child, "list.scroll-to-item", "u", 0);
    }
}

static void
on_hosts_changed (RoadResultsView *self, guint position, guint n_removed, guint n_added)
{
  if (road_host_list_get_resetting (self->hosts))
    return;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->hosts)) <= MAX_EXPANDED)
    {
      for (guint i = position; i < position + n_added; i++)
        {
          g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (self->hosts), i);

          g_signal_connect_object (host, "ports-changed", G_CALLBACK (on_host_ports_changed), self,
                                   G_CONNECT_SWAPPED);
          consider_expanding (self, host);
        }
    }

  update_placeholder (self);
  stay_at_top (self);
}

static void
save_selection (RoadResultsView *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);

  g_clear_object (&self->saved_selection);
  if (row != NULL)
    self->saved_selection = gtk_tree_list_row_get_item (row);
}

static gboolean
find_item (RoadResultsView *self, GObject *item, guint *position)
{
  g_autoptr (GtkTreeListRow) row = NULL;
  GListModel *ports;
  guint index;

  if (ROAD_IS_HOST (item))
    {
      row = find_host_row (self, ROAD_HOST (item));
      if (row == NULL)
        return FALSE;

      *position = gtk_tree_list_row_get_position (row);
      return TRUE;
    }

  row = find_host_row (self, road_port_row_get_host (ROAD_PORT_ROW (item)));
  ports = row != NULL ? gtk_tree_list_row_get_children (row) : NULL;
  if (ports == NULL ||
      !road_port_model_find (ROAD_PORT_MODEL (ports), ROAD_PORT_ROW (item), &index))
    return FALSE;

  *position = gtk_tree_list_row_get_position (row) + 1 + index;
  return TRUE;
}

static void
restore_selection (RoadResultsView *self)
{
  g_autoptr (GObject) item = g_steal_pointer (&self->saved_selection);
  guint position;

  if (item != NULL && find_item (self, item, &position))
    gtk_single_selection_set_selected (self->selection, position);
}

static void
save_expanded (RoadResultsView *self)
{
  guint n_hosts = g_list_model_get_n_items (G_LIST_MODEL (self->hosts));

  g_ptr_array_set_size (self->saved_expanded, 0);

  for (guint i = 0; i < n_hosts; i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_child_row (self->tree, i);

      if (gtk_tree_list_row_get_expanded (row))
        g_ptr_array_add (self->saved_expanded, gtk_tree_list_row_get_item (row));
    }
}

static void
restore_expanded (RoadResultsView *self)
{
  for (guint i = 0; i < self->saved_expanded->len; i++)
    expand_host (self, g_ptr_array_index (self->saved_expanded, i));

  g_ptr_array_set_size (self->saved_expanded, 0);
}

static void
on_hosts_resetting (RoadResultsView *self)
{
  if (road_host_list_get_resetting (self->hosts))
    {
      save_selection (self);
      save_expanded (self);
    }
  else
    {
      restore_expanded (self);
      restore_selection (self);
    }
}

static void
on_ports_resetting (RoadResultsView *self, GParamSpec *pspec, RoadPortModel *ports)
{
  if (road_port_model_get_resetting (ports))
    save_selection (self);
  else
    restore_selection (self);
}

static GListModel *
create_ports (gpointer item, gpointer user_data)
{
  RoadResultsView *self = user_data;
  RoadPortModel *ports;

  if (!ROAD_IS_HOST (item))
    return NULL;

  ports = road_port_model_new (ROAD_HOST (item), self->order);
  g_signal_connect_object (ports, "notify::resetting", G_CALLBACK (on_ports_resetting), self,
                           G_CONNECT_SWAPPED);

  return G_LIST_MODEL (ports);
}

static void
on_sorter_changed (RoadResultsView *self, GtkSorterChange change, GtkSorter *sorter)
{
  road_result_columns_read_order (sorter, self->order);
}

static void
on_activate (RoadResultsView *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, position);

  if (row != NULL && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

/* Right expands the selected host. */
static gboolean
on_right (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  RoadResultsView *self = user_data;
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (row == NULL || !gtk_tree_list_row_is_expandable (row))
    return FALSE;

  gtk_tree_list_row_set_expanded (row, TRUE);

  return TRUE;
}

/* Left collapses the selected host, or the one to which the selected port belongs. */
static gboolean
on_left (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  RoadResultsView *self = user_data;
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (GtkTreeListRow) parent = NULL;

  if (row == NULL)
    return FALSE;

  parent = gtk_tree_list_row_get_parent (row);
  if (parent != NULL)
    {
      gtk_single_selection_set_selected (self->selection, gtk_tree_list_row_get_position (parent));
      row = parent;
    }

  gtk_tree_list_row_set_expanded (row, FALSE);

  return TRUE;
}

/* The list would take these keys for itself, so that they are caught on their way to it. */
static void
add_shortcuts (RoadResultsView *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Right, 0),
                                                          gtk_callback_action_new (on_right, self,
                                                                                   NULL)));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Left, 0),
                                                          gtk_callback_action_new (on_left, self,
                                                                                   NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->column_view), controller);
}

/* Versions say more than reasons and latencies, which give way to them. */
static gboolean
wants_column (RoadResultsView *self, RoadColumn column, int width)
{
  switch (column)
    {
    case ROAD_COLUMN_VERSION:
      return self->has_versions && width >= MIN_WIDTH_LATENCY;
    case ROAD_COLUMN_REASON:
      return width >= (self->has_versions ? MIN_WIDTH_VERSION_AND_REASON : MIN_WIDTH_REASON);
    case ROAD_COLUMN_LATENCY:
      return width >= (self->has_versions ? MIN_WIDTH_REASON : MIN_WIDTH_LATENCY);
    case ROAD_COLUMN_TITLE:
    case ROAD_COLUMN_STATE:
    case ROAD_COLUMN_SERVICE:
    default:
      return TRUE;
    }
}

static gboolean
adapt_to_width (gpointer user_data)
{
  RoadResultsView *self = user_data;
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  self->width_source = 0;
  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    gtk_column_view_column_set_visible (get_column (self, (RoadColumn) i),
                                        wants_column (self, (RoadColumn) i, width));

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

/* Done by hand because a layout manager would keep the width from us. */
static void
road_results_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RoadResultsView *self = ROAD_RESULTS_VIEW (widget);

  gtk_widget_allocate (GTK_WIDGET (self->stack), width, height, baseline, NULL);

  /* Columns may not come and go in the middle of an allocation. */
  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    {
      if (gtk_column_view_column_get_visible (get_column (self, (RoadColumn) i)) !=
          wants_column (self, (RoadColumn) i, width))
        queue_adapt (self);
    }
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

  g_clear_object (&self->order);
  g_clear_pointer (&self->expanded_once, g_hash_table_unref);
  g_clear_pointer (&self->saved_expanded, g_ptr_array_unref);

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

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-results-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, stack);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, placeholder);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, column_view);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, title_column);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, state_column);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, service_column);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, version_column);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, reason_column);
  gtk_widget_class_bind_template_child (widget_class, RoadResultsView, latency_column);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
road_results_view_init (RoadResultsView *self)
{
  self->order = road_sort_order_new ();
  self->expanded_once = g_hash_table_new (NULL, NULL);
  self->saved_expanded = g_ptr_array_new_with_free_func (g_object_unref);

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    road_result_columns_set_up (get_column (self, (RoadColumn) i), (RoadColumn) i);
  gtk_column_view_sort_by_column (self->column_view, self->title_column, GTK_SORT_ASCENDING);
  add_shortcuts (self);
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
  g_clear_object (&self->saved_selection);
  g_clear_object (&self->selection);
  g_clear_object (&self->tree);
  g_clear_object (&self->hosts);
  g_clear_object (&self->report);
}

/* A scan of our own never finds a version: only what is there from the beginning has any. */
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

/**
 * road_results_view_set_report:
 * @self: a view
 * @report: (nullable): a report
 *
 * Shows @report.
 */
void
road_results_view_set_report (RoadResultsView *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_RESULTS_VIEW (self));
  g_return_if_fail (report == NULL || ROAD_IS_REPORT (report));

  if (self->report == report)
    return;

  clear_report (self);

  if (report == NULL)
    return;

  self->report = g_object_ref (report);
  self->has_versions = has_versions (report);
  queue_adapt (self);
  self->hosts = road_host_list_new (report, self->order);
  self->tree = gtk_tree_list_model_new (G_LIST_MODEL (g_object_ref (self->hosts)), FALSE, FALSE,
                                        create_ports, self, NULL);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->tree)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (self->hosts, "items-changed", G_CALLBACK (on_hosts_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->hosts, "notify::resetting", G_CALLBACK (on_hosts_resetting), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (report, "notify::status", G_CALLBACK (update_placeholder), self,
                           G_CONNECT_SWAPPED);
  on_hosts_changed (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (self->hosts)));
}

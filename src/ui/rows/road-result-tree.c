/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-tree.h"

#include "road-host-filter.h"
#include "road-host-list.h"
#include "road-host-rows.h"
#include "road-port-models.h"
#include "road-port-ranges.h"
#include "road-selected-rows.h"

/* With a filter, hosts are expanded until there are so many rows. */
#define MAX_ROWS_EXPANDED 100000

struct _RoadResultTree
{
  GObject parent_instance;

  RoadSortOrder *order;
  RoadFilter *filter;
  RoadHostList *hosts;
  RoadHostFilter *shown_hosts;
  GtkTreeListModel *rows;
  GtkSelectionModel *selection;
  RoadPortModels *ports;

  GtkBitset *kept; /* positions of rows, see road_result_tree_keep() */

  /* Saved while rows are being replaced. */
  gboolean replacing;
  guint n_sorting;     /* how many have begun to sort rows and not ended it */
  GPtrArray *selected; /* of RoadSelectedRows */
  GPtrArray *expanded; /* of RoadHost, and of RoadPortRow below these */

  gboolean filtered;              /* whether the rows are those of a filter */
  GPtrArray *expanded_unfiltered; /* the same before there was a filter */
};

enum
{
  CHANGING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadResultTree, road_result_tree, G_TYPE_OBJECT)

/* Returns: the position after the last row of the host */
static guint
save_host (RoadResultTree *self, GtkTreeListRow *row, GtkBitset *positions)
{
  g_ptr_array_add (self->selected, road_selected_rows_new (self->rows, row, positions));

  return road_host_rows_find_end (row);
}

static void
save_selected (RoadResultTree *self)
{
  g_autoptr (GtkBitset) positions = gtk_selection_model_get_selection (self->selection);
  GtkBitsetIter iter;
  guint position;
  gboolean more = gtk_bitset_iter_init_first (&iter, positions, &position);

  while (more)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->rows, position);
      g_autoptr (GtkTreeListRow) host_row = road_host_rows_get_host_row (row);

      more = gtk_bitset_iter_init_at (&iter, positions, save_host (self, host_row, positions),
                                      &position);
    }
}

static GtkTreeListRow *
find_row (RoadResultTree *self, RoadHost *host)
{
  guint position;

  if (!road_host_filter_find (self->shown_hosts, host, &position))
    return NULL;

  return gtk_tree_list_model_get_child_row (self->rows, position);
}

static void
save_expanded_groups (RoadResultTree *self, GtkTreeListRow *row)
{
  for (guint i = 0;; i++)
    {
      g_autoptr (GtkTreeListRow) group = road_host_rows_get_group (row, i);

      if (group == NULL)
        return;
      if (gtk_tree_list_row_get_expanded (group))
        g_ptr_array_add (self->expanded, gtk_tree_list_row_get_item (group));
    }
}

static void
save_expanded (RoadResultTree *self)
{
  const guint n_hosts = g_list_model_get_n_items (G_LIST_MODEL (self->shown_hosts));

  for (guint i = 0; i < n_hosts; i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_child_row (self->rows, i);

      if (!gtk_tree_list_row_get_expanded (row))
        continue;
      g_ptr_array_add (self->expanded, gtk_tree_list_row_get_item (row));
      save_expanded_groups (self, row);
    }
}

static void
restore_host (RoadResultTree *self, RoadSelectedRows *selected, GtkBitset *positions)
{
  g_autoptr (GtkTreeListRow) row = find_row (self, selected->host);
  guint position;

  if (row == NULL)
    return;

  road_selected_rows_add_positions (selected, row, positions);
  for (guint i = 0; i < selected->others->len; i++)
    {
      if (road_result_tree_find (self, g_ptr_array_index (selected->others, i), &position))
        gtk_bitset_add (positions, position);
    }
}

/* The view does not follow while many hosts are expanded one by one. */
static void
begin_replacing (RoadResultTree *self)
{
  self->replacing = TRUE;
  road_port_models_keep (self->ports);
  gtk_multi_selection_set_model (GTK_MULTI_SELECTION (self->selection), NULL);
}

static void
begin_filtering (RoadResultTree *self)
{
  const gboolean filtered = road_filter_get_active (self->filter);

  save_selected (self);

  if (!self->filtered)
    {
      save_expanded (self);
      g_ptr_array_unref (self->expanded_unfiltered);
      self->expanded_unfiltered = g_steal_pointer (&self->expanded);
      self->expanded = g_ptr_array_new_with_free_func (g_object_unref);
    }

  self->filtered = filtered;
  begin_replacing (self);
}

/* Sorting the hosts collapses them. */
static void
begin_sorting (RoadResultTree *self)
{
  if (self->n_sorting++ > 0)
    return;

  save_selected (self);
  save_expanded (self);
  begin_replacing (self);
}

static void
save_ports (RoadResultTree *self, RoadHost *host)
{
  g_autoptr (GtkBitset) positions = gtk_selection_model_get_selection (self->selection);
  g_autoptr (GtkTreeListRow) row = find_row (self, host);

  if (row != NULL && !gtk_bitset_is_empty (positions))
    save_host (self, row, positions);
}

/* To look for the place of each of thousands of hosts would take long. */
static void
expand_hosts (RoadResultTree *self, GHashTable *hosts)
{
  const guint n_hosts = g_list_model_get_n_items (G_LIST_MODEL (self->shown_hosts));

  for (guint i = 0; i < n_hosts; i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (self->shown_hosts), i);
      g_autoptr (GtkTreeListRow) row = NULL;

      if (!g_hash_table_contains (hosts, host))
        continue;
      row = gtk_tree_list_model_get_child_row (self->rows, i);
      gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

static void
restore_expanded (RoadResultTree *self)
{
  g_autoptr (GHashTable) hosts = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();

  for (guint i = 0; i < self->expanded->len; i++)
    {
      gpointer item = g_ptr_array_index (self->expanded, i);

      if (ROAD_IS_HOST (item))
        g_hash_table_add (hosts, item);
      else
        g_ptr_array_add (groups, item);
    }

  if (g_hash_table_size (hosts) > 0)
    expand_hosts (self, hosts);
  for (guint i = 0; i < groups->len; i++)
    {
      g_autoptr (GtkTreeListRow) row = NULL;
      guint position;

      if (!road_result_tree_find (self, g_ptr_array_index (groups, i), &position))
        continue;
      row = gtk_tree_list_model_get_row (self->rows, position);
      gtk_tree_list_row_set_expanded (row, TRUE);
    }

  g_ptr_array_set_size (self->expanded, 0);
}

/* Restores what was saved and clears it. */
static void
restore (RoadResultTree *self)
{
  g_autoptr (GtkBitset) positions = gtk_bitset_new_empty ();

  restore_expanded (self);
  for (guint i = 0; i < self->selected->len; i++)
    restore_host (self, g_ptr_array_index (self->selected, i), positions);

  g_ptr_array_set_size (self->selected, 0);
  if (!gtk_bitset_is_empty (positions))
    gtk_selection_model_set_selection (self->selection, positions, positions);
}

static void
end_replacing (RoadResultTree *self)
{
  gtk_multi_selection_set_model (GTK_MULTI_SELECTION (self->selection), G_LIST_MODEL (self->rows));
  self->replacing = FALSE;
  restore (self);
  road_port_models_release (self->ports);
}

/* Expands the hosts at these places, with a filter. */
static void
expand_matches (RoadResultTree *self, guint position, guint n_hosts)
{
  for (guint i = position; i < position + n_hosts; i++)
    {
      g_autoptr (GtkTreeListRow) row = NULL;

      if (g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > MAX_ROWS_EXPANDED)
        return;

      row = gtk_tree_list_model_get_child_row (self->rows, i);
      gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

static void
end_filtering (RoadResultTree *self)
{
  road_port_models_refilter (self->ports);
  if (self->filtered)
    {
      expand_matches (self, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown_hosts)));
    }
  else
    {
      g_ptr_array_unref (self->expanded);
      self->expanded = g_steal_pointer (&self->expanded_unfiltered);
      self->expanded_unfiltered = g_ptr_array_new_with_free_func (g_object_unref);
      restore_expanded (self);
    }

  end_replacing (self);
}

static void
end_sorting (RoadResultTree *self)
{
  if (--self->n_sorting > 0)
    return;

  road_port_models_sort (self->ports);
  restore_expanded (self);
  end_replacing (self);
}

static void
on_hosts_resetting (RoadResultTree *self)
{
  const gboolean resetting = road_host_filter_get_resetting (self->shown_hosts);

  if (road_host_list_get_resetting (self->hosts))
    begin_sorting (self);
  else if (resetting)
    begin_filtering (self);
  else if (self->n_sorting > 0)
    end_sorting (self);
  else
    end_filtering (self);
}

/* Hosts that come, or match for the first time, during a scan. */
static void
on_hosts_changed (RoadResultTree *self, guint position, guint n_removed, guint n_added)
{
  if (self->filtered && !road_host_filter_get_resetting (self->shown_hosts))
    expand_matches (self, position, n_added);
}

static void
on_ports_resetting (RoadResultTree *self, GParamSpec *pspec, RoadPortModel *ports)
{
  if (self->replacing)
    return;

  if (road_port_model_get_resetting (ports))
    save_ports (self, road_port_model_get_host (ports));
  else
    restore (self);
}

static void
on_hosts_changing (RoadResultTree *self)
{
  g_signal_emit (self, signals[CHANGING], 0);
  g_clear_pointer (&self->kept, gtk_bitset_unref);
}

static void
on_ports_changing (RoadResultTree *self, RoadPortModel *ports)
{
  g_autoptr (GtkTreeListRow) row = find_row (self, road_port_model_get_host (ports));

  /* Collapsed. */
  if (row == NULL || gtk_tree_list_row_get_children (row) != G_LIST_MODEL (ports))
    return;

  g_signal_emit (self, signals[CHANGING], 0);
  if (self->kept == NULL)
    return;

  gtk_bitset_shift_left (self->kept, gtk_tree_list_row_get_position (row) + 1);
  road_port_model_keep (ports, self->kept);
  g_clear_pointer (&self->kept, gtk_bitset_unref);
}

static GListModel *
create_children (gpointer item, gpointer user_data)
{
  g_autoptr (RoadResultTree) self = g_weak_ref_get (user_data);
  RoadPortModel *ports;
  gboolean is_new;

  if (self != NULL && ROAD_IS_PORT_ROW (item) && road_port_row_is_expandable (item))
    return G_LIST_MODEL (road_port_ranges_new (item, self->filter));
  if (self == NULL || !ROAD_IS_HOST (item))
    return NULL;

  ports = road_port_models_ensure (self->ports, ROAD_HOST (item), &is_new);
  if (!is_new)
    return G_LIST_MODEL (ports);

  g_signal_connect_object (ports, "notify::resetting", G_CALLBACK (on_ports_resetting), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ports, "changing", G_CALLBACK (on_ports_changing), self,
                           G_CONNECT_SWAPPED);

  return G_LIST_MODEL (ports);
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
road_result_tree_finalize (GObject *object)
{
  RoadResultTree *self = ROAD_RESULT_TREE (object);

  g_clear_pointer (&self->ports, road_port_models_free);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->shown_hosts);
  g_clear_object (&self->hosts);
  g_clear_object (&self->filter);
  g_clear_object (&self->order);
  g_clear_pointer (&self->kept, gtk_bitset_unref);
  g_clear_pointer (&self->selected, g_ptr_array_unref);
  g_clear_pointer (&self->expanded, g_ptr_array_unref);
  g_clear_pointer (&self->expanded_unfiltered, g_ptr_array_unref);

  G_OBJECT_CLASS (road_result_tree_parent_class)->finalize (object);
}

static void
road_result_tree_class_init (RoadResultTreeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_result_tree_finalize;

  /* Rows are about to be added or removed. Handlers may call road_result_tree_keep(). */
  signals[CHANGING] = g_signal_new ("changing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_result_tree_init (RoadResultTree *self)
{
  self->selected = g_ptr_array_new_with_free_func ((GDestroyNotify) road_selected_rows_free);
  self->expanded = g_ptr_array_new_with_free_func (g_object_unref);
  self->expanded_unfiltered = g_ptr_array_new_with_free_func (g_object_unref);
}

RoadResultTree *
road_result_tree_new (RoadReport *report, RoadSortOrder *order, RoadFilter *filter)
{
  GDateTime *finished;
  RoadResultTree *self;
  GWeakRef *weak_ref;

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);
  g_return_val_if_fail (ROAD_IS_SORT_ORDER (order), NULL);

  finished = road_report_get_finished (report);
  self = g_object_new (ROAD_TYPE_RESULT_TREE, NULL);
  self->order = g_object_ref (order);
  self->filter = g_object_ref (filter);
  road_filter_set_time (filter, finished != NULL ? g_date_time_to_unix (finished) : 0);
  self->filtered = road_filter_get_active (filter);
  self->ports = road_port_models_new (order, filter);
  /* Before and after the hosts are sorted. */
  g_signal_connect_object (order, "changing", G_CALLBACK (begin_sorting), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (order, "changed", G_CALLBACK (end_sorting), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  self->hosts = road_host_list_new (report, order);
  self->shown_hosts = road_host_filter_new (self->hosts, filter);

  /* The view may hold the rows longer than this object exists. */
  weak_ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak_ref, self);
  self->rows = gtk_tree_list_model_new (G_LIST_MODEL (g_object_ref (self->shown_hosts)), FALSE,
                                        FALSE, create_children, weak_ref, free_weak_ref);
  self->selection =
      GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->rows))));
  g_signal_connect_object (self->hosts, "changing", G_CALLBACK (on_hosts_changing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown_hosts, "items-changed", G_CALLBACK (on_hosts_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown_hosts, "notify::resetting", G_CALLBACK (on_hosts_resetting),
                           self, G_CONNECT_SWAPPED);
  on_hosts_changed (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown_hosts)));

  return self;
}

GListModel *
road_result_tree_get_hosts (RoadResultTree *self)
{
  g_return_val_if_fail (ROAD_IS_RESULT_TREE (self), NULL);

  return G_LIST_MODEL (self->shown_hosts);
}

/* Returns: whether there would be any hosts without a filter */
gboolean
road_result_tree_has_hosts (RoadResultTree *self)
{
  g_return_val_if_fail (ROAD_IS_RESULT_TREE (self), FALSE);

  return g_list_model_get_n_items (G_LIST_MODEL (self->hosts)) > 0;
}

/* @n_ports: (out): how many ports match the text of the filter, by state */
void
road_result_tree_count_ports (RoadResultTree *self, guint64 n_ports[ROAD_N_PORT_STATES])
{
  g_return_if_fail (ROAD_IS_RESULT_TREE (self));

  for (guint state = 0; state < ROAD_N_PORT_STATES; state++)
    n_ports[state] = road_host_filter_get_n_ports (self->shown_hosts, (RoadPortState) state);
}

/* Returns: (transfer none): all rows: the hosts, and the ports of those that are expanded */
GtkTreeListModel *
road_result_tree_get_rows (RoadResultTree *self)
{
  g_return_val_if_fail (ROAD_IS_RESULT_TREE (self), NULL);

  return self->rows;
}

GtkSelectionModel *
road_result_tree_get_selection (RoadResultTree *self)
{
  g_return_val_if_fail (ROAD_IS_RESULT_TREE (self), NULL);

  return self->selection;
}

/* Returns: whether all hosts are being replaced by the same ones in another order */
gboolean
road_result_tree_is_resetting (RoadResultTree *self)
{
  g_return_val_if_fail (ROAD_IS_RESULT_TREE (self), FALSE);

  return road_host_filter_get_resetting (self->shown_hosts);
}

/* Returns: whether rows are being replaced, after which the same ones are selected as before */
gboolean
road_result_tree_is_replacing (RoadResultTree *self)
{
  g_return_val_if_fail (ROAD_IS_RESULT_TREE (self), FALSE);

  return self->replacing;
}

/* For handlers of #RoadResultTree::changing: the rows at @positions must not be replaced by the same ones, so
 * that a view keeps them in place. */
void
road_result_tree_keep (RoadResultTree *self, GtkBitset *positions)
{
  g_return_if_fail (ROAD_IS_RESULT_TREE (self));
  g_return_if_fail (positions != NULL);

  g_clear_pointer (&self->kept, gtk_bitset_unref);
  self->kept = gtk_bitset_copy (positions);
}

/* Expands @host if it has a row. */
void
road_result_tree_expand (RoadResultTree *self, RoadHost *host)
{
  g_autoptr (GtkTreeListRow) row = NULL;

  g_return_if_fail (ROAD_IS_RESULT_TREE (self));
  g_return_if_fail (ROAD_IS_HOST (host));

  row = find_row (self, host);
  if (row != NULL)
    gtk_tree_list_row_set_expanded (row, TRUE);
}

/* Returns: %FALSE if @item, a #RoadHost or #RoadPortRow, has no row, else its place in @position */
gboolean
road_result_tree_find (RoadResultTree *self, GObject *item, guint *position)
{
  g_autoptr (GtkTreeListRow) row = NULL;
  g_autoptr (GtkTreeListRow) child = NULL;
  GListModel *ports;
  guint index;

  g_return_val_if_fail (ROAD_IS_RESULT_TREE (self), FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  if (ROAD_IS_HOST (item))
    {
      row = find_row (self, ROAD_HOST (item));
      if (row != NULL)
        *position = gtk_tree_list_row_get_position (row);
      return row != NULL;
    }

  row = find_row (self, road_port_row_get_host (ROAD_PORT_ROW (item)));
  ports = row != NULL ? gtk_tree_list_row_get_children (row) : NULL;
  if (ports == NULL)
    return FALSE;

  if (!road_port_model_find (ROAD_PORT_MODEL (ports), ROAD_PORT_ROW (item), &index))
    return road_port_row_is_count (ROAD_PORT_ROW (item)) &&
           road_host_rows_find_range (row, ROAD_PORT_ROW (item), position);

  child = gtk_tree_list_row_get_child_row (row, index);
  *position = gtk_tree_list_row_get_position (child);

  return TRUE;
}

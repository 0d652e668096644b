/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-selection.h"

#include "ui/rows/road-port-row.h"
#include "ui/widgets/road-tree-view.h"

struct _RoadResultSelection
{
  GObject parent_instance;

  GtkColumnView *view; /* which owns this object's owner */
  RoadResultPlace *place;
  RoadResultTree *tree;
  RoadResultGrouping *grouping; /* NULL: the list shows the tree */
  RoadSelection *selection;
  gboolean following; /* the list is being changed to show the selection */
  gboolean focusing;  /* the row is to have the focus */
  guint source;       /* shows it when the list is shown */
};

G_DEFINE_FINAL_TYPE (RoadResultSelection, road_result_selection, G_TYPE_OBJECT)

static GtkSelectionModel *
get_model (RoadResultSelection *self)
{
  return self->grouping != NULL ? road_result_grouping_get_selection (self->grouping)
                                : road_result_tree_get_selection (self->tree);
}

/* Returns: whether the row at @position stands for one thing, which is then selected in the window */
static gboolean
select_row (RoadResultSelection *self, guint position)
{
  g_autoptr (GtkTreeListRow) row =
      g_list_model_get_item (G_LIST_MODEL (get_model (self)), position);
  g_autoptr (GObject) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (ROAD_IS_HOST (item))
    road_selection_set (self->selection, ROAD_HOST (item), ROAD_SELECTION_HOST);
  else if (ROAD_IS_PORT_ROW (item))
    road_selection_set (self->selection, road_port_row_get_host (ROAD_PORT_ROW (item)),
                        road_port_row_is_count (ROAD_PORT_ROW (item))
                            ? ROAD_SELECTION_HOST
                            : road_port_row_get_result (ROAD_PORT_ROW (item))->port);

  return ROAD_IS_HOST (item) || ROAD_IS_PORT_ROW (item);
}

/* Rows that are replaced lose the selection for a moment. */
static gboolean
is_changing (RoadResultSelection *self)
{
  return self->grouping != NULL ? road_result_grouping_is_changing (self->grouping)
                                : road_result_tree_is_resetting (self->tree) ||
                                      road_result_tree_is_replacing (self->tree);
}

static void
on_list_changed (RoadResultSelection *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  if (self->following || is_changing (self))
    return;

  selected = gtk_selection_model_get_selection (get_model (self));
  if (gtk_bitset_get_size (selected) != 1 ||
      !select_row (self, (guint) gtk_bitset_get_minimum (selected)))
    road_selection_set (self->selection, NULL, ROAD_SELECTION_HOST);
}

/* Returns: (transfer full) (nullable): the row of the selected port; %NULL if the host is selected, or a port that
 * its host does not list */
static RoadPortRow *
make_port_row (RoadResultSelection *self)
{
  RoadHost *host = road_selection_get_host (self->selection);
  const int port = road_selection_get_port (self->selection);
  RoadPortResult result;

  if (port == ROAD_SELECTION_HOST || !road_host_get_result (host, (guint16) port, &result) ||
      !road_host_lists_state (host, result.state))
    return NULL;

  return road_port_row_new (host, &result);
}

static gboolean
find_grouped_row (RoadResultSelection *self, RoadPortRow *port, guint *position)
{
  if (port != NULL)
    road_result_grouping_expand (self->grouping, port);

  return (port != NULL && road_result_grouping_find (self->grouping, G_OBJECT (port), position)) ||
         road_result_grouping_find_host (self->grouping, road_selection_get_host (self->selection),
                                         position);
}

/* Returns: whether what is selected in the window has a row, whose place is then in @position */
static gboolean
find_row (RoadResultSelection *self, guint *position)
{
  RoadHost *host = road_selection_get_host (self->selection);
  g_autoptr (RoadPortRow) port = host != NULL ? make_port_row (self) : NULL;

  if (host == NULL)
    return FALSE;
  if (self->grouping != NULL)
    return find_grouped_row (self, port, position);
  if (port == NULL)
    return road_result_tree_find (self->tree, G_OBJECT (host), position);

  road_result_tree_expand (self->tree, host);

  return road_result_tree_find (self->tree, G_OBJECT (port), position);
}

/* In groups a host has several rows, any of which may be selected. */
static gboolean
is_selected (RoadResultSelection *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (get_model (self));
  g_autoptr (GtkTreeListRow) row = NULL;
  g_autoptr (GObject) item = NULL;

  if (self->grouping == NULL || gtk_bitset_get_size (selected) != 1 ||
      road_selection_get_port (self->selection) != ROAD_SELECTION_HOST)
    return FALSE;

  row = g_list_model_get_item (G_LIST_MODEL (get_model (self)),
                               (guint) gtk_bitset_get_minimum (selected));
  item = gtk_tree_list_row_get_item (row);

  return ROAD_IS_PORT_ROW (item) &&
         road_port_row_get_host (ROAD_PORT_ROW (item)) == road_selection_get_host (self->selection);
}

static void
on_selection_changed (RoadResultSelection *self)
{
  guint position;

  if (road_selection_get_host (self->selection) == NULL || is_selected (self))
    return;

  self->following = TRUE;
  if (!find_row (self, &position))
    gtk_selection_model_unselect_all (get_model (self));
  else if (!gtk_selection_model_is_selected (get_model (self), position))
    {
      gtk_selection_model_select_item (get_model (self), position, TRUE);
      road_tree_view_scroll_to (self->view, position);
    }
  self->following = FALSE;
}

/* Returns: whether there is a row to show, whose place is then in @position */
static gboolean
find_shown_row (RoadResultSelection *self, guint *position)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (get_model (self));

  if (gtk_bitset_get_size (selected) != 1)
    return find_row (self, position);

  *position = (guint) gtk_bitset_get_minimum (selected);

  return TRUE;
}

/* A hidden list cannot scroll, and gives the focus to its first row when it is shown. */
static gboolean
show_row (gpointer user_data)
{
  RoadResultSelection *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->view));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  const gboolean focusing =
      self->focusing || focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view));
  guint position;

  self->source = 0;
  self->focusing = FALSE;
  if (!find_shown_row (self, &position))
    return G_SOURCE_REMOVE;

  road_tree_view_scroll_to (self->view, position);
  if (focusing)
    road_result_place_focus (self->place, position);

  return G_SOURCE_REMOVE;
}

static void
on_view_mapped (RoadResultSelection *self)
{
  if (self->source == 0)
    self->source = g_idle_add (show_row, self);
}

static void
road_result_selection_finalize (GObject *object)
{
  RoadResultSelection *self = ROAD_RESULT_SELECTION (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->place);
  g_clear_object (&self->tree);
  g_clear_object (&self->grouping);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (road_result_selection_parent_class)->finalize (object);
}

static void
road_result_selection_class_init (RoadResultSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_result_selection_finalize;
}

static void
road_result_selection_init (RoadResultSelection *self)
{
}

/* @view: the list of @tree, which must exist as long as the object does */
RoadResultSelection *
road_result_selection_new (GtkColumnView *view,
                           RoadResultPlace *place,
                           RoadResultTree *tree,
                           RoadSelection *selection)
{
  RoadResultSelection *self;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);
  g_return_val_if_fail (ROAD_IS_RESULT_PLACE (place), NULL);
  g_return_val_if_fail (ROAD_IS_RESULT_TREE (tree), NULL);
  g_return_val_if_fail (ROAD_IS_SELECTION (selection), NULL);

  self = g_object_new (ROAD_TYPE_RESULT_SELECTION, NULL);
  self->view = view;
  self->place = g_object_ref (place);
  self->tree = g_object_ref (tree);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (get_model (self), "selection-changed", G_CALLBACK (on_list_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "map", G_CALLBACK (on_view_mapped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* Follows the list to other rows, where the same is selected.
 * @grouping: (nullable): the groups that the list shows; %NULL for the tree */
void
road_result_selection_set_grouping (RoadResultSelection *self, RoadResultGrouping *grouping)
{
  g_return_if_fail (ROAD_IS_RESULT_SELECTION (self));

  if (self->grouping == grouping)
    return;

  g_signal_handlers_disconnect_by_func (get_model (self), on_list_changed, self);
  g_set_object (&self->grouping, grouping);
  g_signal_connect_object (get_model (self), "selection-changed", G_CALLBACK (on_list_changed),
                           self, G_CONNECT_SWAPPED);
  on_selection_changed (self);
}

/* Gives the focus to the selected row, at once or when the list is shown.
 * Returns: %FALSE if what is selected has no row */
gboolean
road_result_selection_focus (RoadResultSelection *self)
{
  guint position;

  g_return_val_if_fail (ROAD_IS_RESULT_SELECTION (self), FALSE);

  if (!find_shown_row (self, &position))
    return FALSE;

  self->focusing = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    on_view_mapped (self);

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-selection.h"

#include "ui/rows/road-port-row.h"
#include "ui/widgets/road-tree-view.h"

struct _RoadResultSelection
{
  GObject parent_instance;

  GtkColumnView *view; /* which owns this object's owner */
  RoadResultTree *tree;
  RoadSelection *selection;
  gboolean following; /* the list is being changed to show the selection */
  guint source;       /* shows it when the list is shown */
};

G_DEFINE_FINAL_TYPE (RoadResultSelection, road_result_selection, G_TYPE_OBJECT)

/* Returns: whether the row at @position stands for one thing, which is then selected in the window */
static gboolean
select_row (RoadResultSelection *self, guint position)
{
  g_autoptr (GtkTreeListRow) row =
      g_list_model_get_item (G_LIST_MODEL (road_result_tree_get_rows (self->tree)), position);
  g_autoptr (GObject) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (ROAD_IS_HOST (item))
    road_selection_set (self->selection, ROAD_HOST (item), ROAD_SELECTION_HOST);
  else if (ROAD_IS_PORT_ROW (item))
    road_selection_set (self->selection, road_port_row_get_host (ROAD_PORT_ROW (item)),
                        road_port_row_is_count (ROAD_PORT_ROW (item))
                            ? ROAD_SELECTION_HOST
                            : road_port_row_get_result (ROAD_PORT_ROW (item))->port);

  return item != NULL;
}

static void
on_list_changed (RoadResultSelection *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  /* Rows that are replaced lose the selection for a moment. */
  if (self->following || road_result_tree_is_resetting (self->tree))
    return;

  selected = gtk_selection_model_get_selection (road_result_tree_get_selection (self->tree));
  if (gtk_bitset_get_size (selected) != 1 ||
      !select_row (self, (guint) gtk_bitset_get_minimum (selected)))
    road_selection_set (self->selection, NULL, ROAD_SELECTION_HOST);
}

/* Returns: whether what is selected in the window has a row, whose place is then in @position */
static gboolean
find_row (RoadResultSelection *self, guint *position)
{
  RoadHost *host = road_selection_get_host (self->selection);
  const int port = road_selection_get_port (self->selection);
  g_autoptr (GObject) item = NULL;
  RoadPortResult result;

  if (host == NULL)
    return FALSE;

  item = G_OBJECT (g_object_ref (host));
  if (port != ROAD_SELECTION_HOST && road_host_get_result (host, (guint16) port, &result) &&
      road_host_lists_state (host, result.state))
    {
      road_result_tree_expand (self->tree, host);
      g_clear_object (&item);
      item = G_OBJECT (road_port_row_new (host, &result));
    }

  return road_result_tree_find (self->tree, item, position);
}

static void
on_selection_changed (RoadResultSelection *self)
{
  guint position;

  if (!find_row (self, &position) ||
      gtk_selection_model_is_selected (road_result_tree_get_selection (self->tree), position))
    return;

  self->following = TRUE;
  gtk_selection_model_select_item (road_result_tree_get_selection (self->tree), position, TRUE);
  self->following = FALSE;
  road_tree_view_scroll_to (self->view, position);
}

/* A hidden list cannot scroll, and gives the focus to its first row when it is shown. */
static gboolean
show_row (gpointer user_data)
{
  RoadResultSelection *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->view));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  guint position;

  self->source = 0;
  if (!find_row (self, &position))
    return G_SOURCE_REMOVE;

  road_tree_view_scroll_to (self->view, position);
  if (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));

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
  g_clear_object (&self->tree);
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
road_result_selection_new (GtkColumnView *view, RoadResultTree *tree, RoadSelection *selection)
{
  RoadResultSelection *self;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);
  g_return_val_if_fail (ROAD_IS_RESULT_TREE (tree), NULL);
  g_return_val_if_fail (ROAD_IS_SELECTION (selection), NULL);

  self = g_object_new (ROAD_TYPE_RESULT_SELECTION, NULL);
  self->view = view;
  self->tree = g_object_ref (tree);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (road_result_tree_get_selection (tree), "selection-changed",
                           G_CALLBACK (on_list_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "map", G_CALLBACK (on_view_mapped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

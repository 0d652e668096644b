/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-sorting.h"

#include "ui/widgets/road-tree-view.h"

/* All rows are replaced when they are sorted, so the list begins at its top again. */
struct _RoadResultSorting
{
  GObject parent_instance;

  GtkColumnView *view; /* which owns this object's owner */
  RoadResultPlace *place;
  RoadResultTree *tree;

  guint n_begun;
  GObject *item; /* a RoadHost or RoadPortRow; while the rows are sorted */
  gboolean focused;
  guint n_rows;
  guint first; /* the first visible row; GTK_INVALID_LIST_POSITION if the list was at its top */
};

G_DEFINE_FINAL_TYPE (RoadResultSorting, road_result_sorting, G_TYPE_OBJECT)

static GObject *
dup_selected (RoadResultSorting *self)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (road_result_tree_get_selection (self->tree));
  g_autoptr (GtkTreeListRow) row = NULL;

  if (gtk_bitset_get_size (selected) != 1)
    return NULL;

  row = gtk_tree_list_model_get_row (road_result_tree_get_rows (self->tree),
                                     gtk_bitset_get_minimum (selected));

  return row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
}

static guint
count_rows (RoadResultSorting *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (road_result_tree_get_rows (self->tree)));
}

static void
road_result_sorting_finalize (GObject *object)
{
  RoadResultSorting *self = ROAD_RESULT_SORTING (object);

  g_clear_object (&self->place);
  g_clear_object (&self->tree);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (road_result_sorting_parent_class)->finalize (object);
}

static void
road_result_sorting_class_init (RoadResultSortingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_result_sorting_finalize;
}

static void
road_result_sorting_init (RoadResultSorting *self)
{
}

/* @view: the list of @tree, which must exist as long as the object does */
RoadResultSorting *
road_result_sorting_new (GtkColumnView *view, RoadResultPlace *place, RoadResultTree *tree)
{
  RoadResultSorting *self;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);
  g_return_val_if_fail (ROAD_IS_RESULT_PLACE (place), NULL);
  g_return_val_if_fail (ROAD_IS_RESULT_TREE (tree), NULL);

  self = g_object_new (ROAD_TYPE_RESULT_SORTING, NULL);
  self->view = view;
  self->place = g_object_ref (place);
  self->tree = g_object_ref (tree);

  return self;
}

/* To be called before rows are sorted: the focused row, else the selected one, is to stay in view. Without either the
 * list is to stay where it is, unless a filter gives it other rows. */
void
road_result_sorting_begin (RoadResultSorting *self)
{
  g_return_if_fail (ROAD_IS_RESULT_SORTING (self));

  if (self->n_begun++ > 0)
    return;

  self->item = road_result_place_dup_focused (self->place);
  self->focused = self->item != NULL;
  if (self->item == NULL)
    self->item = dup_selected (self);
  self->n_rows = count_rows (self);
  self->first = road_result_place_get_first (self->place);
}

/* To be called after that, as often. */
void
road_result_sorting_end (RoadResultSorting *self)
{
  g_autoptr (GObject) item = NULL;
  guint position;

  g_return_if_fail (ROAD_IS_RESULT_SORTING (self));
  g_return_if_fail (self->n_begun > 0);

  if (--self->n_begun > 0)
    return;

  item = g_steal_pointer (&self->item);
  if (item == NULL && self->first != GTK_INVALID_LIST_POSITION && count_rows (self) == self->n_rows)
    road_tree_view_scroll_to (self->view, self->first);
  if (item == NULL || !road_result_tree_find (self->tree, item, &position))
    return;

  road_tree_view_scroll_to (self->view, position);
  if (self->focused)
    road_result_place_focus (self->place, position);
}

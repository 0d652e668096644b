/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-grouping.h"

struct _RoadResultGrouping
{
  GObject parent_instance;

  RoadGroupTree *tree;
  gboolean changing;
};

enum
{
  CHANGING,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadResultGrouping, road_result_grouping, G_TYPE_OBJECT)

static void
on_changing (RoadResultGrouping *self)
{
  self->changing = TRUE;
  g_signal_emit (self, signals[CHANGING], 0);
}

static void
on_changed (RoadResultGrouping *self)
{
  self->changing = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
road_result_grouping_finalize (GObject *object)
{
  RoadResultGrouping *self = ROAD_RESULT_GROUPING (object);

  g_clear_object (&self->tree);

  G_OBJECT_CLASS (road_result_grouping_parent_class)->finalize (object);
}

static void
road_result_grouping_class_init (RoadResultGroupingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_result_grouping_finalize;

  /* Rows are about to be added or removed; and that was done. */
  signals[CHANGING] = g_signal_new ("changing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_result_grouping_init (RoadResultGrouping *self)
{
}

/**
 * road_result_grouping_new:
 * @tree: the hosts that are grouped
 * @grouping: by port or by service
 */
RoadResultGrouping *
road_result_grouping_new (RoadResultTree *tree,
                          RoadSortOrder *order,
                          RoadFilter *filter,
                          RoadGrouping grouping)
{
  RoadResultGrouping *self;
  g_autoptr (RoadGroupList) groups = NULL;

  g_return_val_if_fail (ROAD_IS_RESULT_TREE (tree), NULL);

  groups = road_group_list_new (road_result_tree_get_hosts (tree), order, filter, grouping);
  g_return_val_if_fail (groups != NULL, NULL);

  self = g_object_new (ROAD_TYPE_RESULT_GROUPING, NULL);
  g_signal_connect_object (groups, "changing", G_CALLBACK (on_changing), self, G_CONNECT_SWAPPED);
  self->tree = road_group_tree_new (groups);
  g_signal_connect_object (groups, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/* Returns: whether no port is open */
gboolean
road_result_grouping_is_empty (RoadResultGrouping *self)
{
  g_return_val_if_fail (ROAD_IS_RESULT_GROUPING (self), TRUE);

  return g_list_model_get_n_items (G_LIST_MODEL (road_group_tree_get_groups (self->tree))) == 0;
}

GtkTreeListModel *
road_result_grouping_get_rows (RoadResultGrouping *self)
{
  g_return_val_if_fail (ROAD_IS_RESULT_GROUPING (self), NULL);

  return road_group_tree_get_rows (self->tree);
}

GtkSelectionModel *
road_result_grouping_get_selection (RoadResultGrouping *self)
{
  g_return_val_if_fail (ROAD_IS_RESULT_GROUPING (self), NULL);

  return road_group_tree_get_selection (self->tree);
}

/* Returns: whether rows are being added or removed: those that are replaced lose the selection for a moment */
gboolean
road_result_grouping_is_changing (RoadResultGrouping *self)
{
  g_return_val_if_fail (ROAD_IS_RESULT_GROUPING (self), FALSE);

  return self->changing;
}

/* See road_group_tree_find(). */
gboolean
road_result_grouping_find (RoadResultGrouping *self, GObject *item, guint *position)
{
  g_return_val_if_fail (ROAD_IS_RESULT_GROUPING (self), FALSE);

  return road_group_tree_find (self->tree, item, position);
}

/* Returns: whether the host has an open port in a group, whose row is then in @position; the first of these rows
 * that can be seen, else the first of all, whose group is expanded for it */
gboolean
road_result_grouping_find_host (RoadResultGrouping *self, RoadHost *host, guint *position)
{
  g_return_val_if_fail (ROAD_IS_RESULT_GROUPING (self), FALSE);
  g_return_val_if_fail (ROAD_IS_HOST (host), FALSE);

  return road_group_tree_find_host (self->tree, host, position);
}

/* Expands the group of @row, a port of a host. */
void
road_result_grouping_expand (RoadResultGrouping *self, RoadPortRow *row)
{
  g_return_if_fail (ROAD_IS_RESULT_GROUPING (self));

  road_group_tree_expand (self->tree, row);
}

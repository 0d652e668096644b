/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-group-tree.h"

/* With more rows than this selected, only those stay selected that do not move. */
#define MAX_RESTORED 1000

struct _RoadGroupTree
{
  GObject parent_instance;

  RoadGroupList *groups;
  GtkTreeListModel *rows;
  GtkSelectionModel *selection;

  /* Saved while the list changes; expanded groups also while a filter hides them. */
  GPtrArray *expanded; /* of RoadGroup */
  GPtrArray *selected; /* of RoadGroup and RoadPortRow */
};

G_DEFINE_FINAL_TYPE (RoadGroupTree, road_group_tree, G_TYPE_OBJECT)

static void
on_changing (RoadGroupTree *self)
{
  g_autoptr (GtkBitset) positions = gtk_selection_model_get_selection (self->selection);
  GtkBitsetIter iter;
  guint position;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->groups)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_child_row (self->rows, i);

      if (gtk_tree_list_row_get_expanded (row))
        g_ptr_array_add (self->expanded, gtk_tree_list_row_get_item (row));
    }

  if (gtk_bitset_get_size (positions) > MAX_RESTORED)
    return;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, positions, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->rows, position);

      g_ptr_array_add (self->selected, gtk_tree_list_row_get_item (row));
    }
}

static void
on_changed (RoadGroupTree *self)
{
  g_autoptr (GtkBitset) positions = gtk_bitset_new_empty ();
  guint position;

  for (guint i = self->expanded->len; i-- > 0;)
    {
      g_autoptr (GtkTreeListRow) row = NULL;

      if (!road_group_tree_find (self, g_ptr_array_index (self->expanded, i), &position))
        continue;
      row = gtk_tree_list_model_get_row (self->rows, position);
      gtk_tree_list_row_set_expanded (row, TRUE);
      g_ptr_array_remove_index_fast (self->expanded, i);
    }
  for (guint i = 0; i < self->selected->len; i++)
    {
      if (road_group_tree_find (self, g_ptr_array_index (self->selected, i), &position))
        gtk_bitset_add (positions, position);
    }

  g_ptr_array_set_size (self->selected, 0);
  if (!gtk_bitset_is_empty (positions))
    gtk_selection_model_set_selection (self->selection, positions, positions);
}

static GListModel *
create_members (gpointer item, gpointer user_data)
{
  return ROAD_IS_GROUP (item) ? g_object_ref (item) : NULL;
}

static void
road_group_tree_finalize (GObject *object)
{
  RoadGroupTree *self = ROAD_GROUP_TREE (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->groups);
  g_clear_pointer (&self->expanded, g_ptr_array_unref);
  g_clear_pointer (&self->selected, g_ptr_array_unref);

  G_OBJECT_CLASS (road_group_tree_parent_class)->finalize (object);
}

static void
road_group_tree_class_init (RoadGroupTreeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_group_tree_finalize;
}

static void
road_group_tree_init (RoadGroupTree *self)
{
  self->expanded = g_ptr_array_new_with_free_func (g_object_unref);
  self->selected = g_ptr_array_new_with_free_func (g_object_unref);
}

RoadGroupTree *
road_group_tree_new (RoadGroupList *groups)
{
  RoadGroupTree *self;

  g_return_val_if_fail (ROAD_IS_GROUP_LIST (groups), NULL);

  self = g_object_new (ROAD_TYPE_GROUP_TREE, NULL);
  self->groups = g_object_ref (groups);
  self->rows = gtk_tree_list_model_new (G_LIST_MODEL (g_object_ref (groups)), FALSE, FALSE,
                                        create_members, NULL, NULL);
  self->selection =
      GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->rows))));
  g_signal_connect_object (groups, "changing", G_CALLBACK (on_changing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (groups, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);

  return self;
}

RoadGroupList *
road_group_tree_get_groups (RoadGroupTree *self)
{
  g_return_val_if_fail (ROAD_IS_GROUP_TREE (self), NULL);

  return self->groups;
}

GtkTreeListModel *
road_group_tree_get_rows (RoadGroupTree *self)
{
  g_return_val_if_fail (ROAD_IS_GROUP_TREE (self), NULL);

  return self->rows;
}

GtkSelectionModel *
road_group_tree_get_selection (RoadGroupTree *self)
{
  g_return_val_if_fail (ROAD_IS_GROUP_TREE (self), NULL);

  return self->selection;
}

static GtkTreeListRow *
find_group (RoadGroupTree *self, RoadGroup *group)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->groups)); i++)
    {
      g_autoptr (RoadGroup) other = g_list_model_get_item (G_LIST_MODEL (self->groups), i);

      if (other == group)
        return gtk_tree_list_model_get_child_row (self->rows, i);
    }

  return NULL;
}

/* Returns: %FALSE if @item, a #RoadGroup or a #RoadPortRow of one, has no row, else its place in @position */
gboolean
road_group_tree_find (RoadGroupTree *self, GObject *item, guint *position)
{
  g_autoptr (GtkTreeListRow) row = NULL;
  g_autoptr (GtkTreeListRow) child = NULL;
  RoadGroup *group;
  guint index = 0;

  g_return_val_if_fail (ROAD_IS_GROUP_TREE (self), FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  if (ROAD_IS_GROUP (item))
    {
      row = find_group (self, ROAD_GROUP (item));
      if (row != NULL)
        *position = gtk_tree_list_row_get_position (row);
      return row != NULL;
    }

  group = ROAD_IS_PORT_ROW (item)
              ? road_group_list_find (self->groups, ROAD_PORT_ROW (item), &index)
              : NULL;
  row = group != NULL ? find_group (self, group) : NULL;
  child = row != NULL ? gtk_tree_list_row_get_child_row (row, index) : NULL;
  if (child == NULL)
    return FALSE;

  *position = gtk_tree_list_row_get_position (child);

  return TRUE;
}

/* Returns: whether the group has a port of @host, whose place in it is then in @index */
static gboolean
find_member (RoadGroup *group, RoadHost *host, guint *index)
{
  guint n_members;
  const RoadGroupMember *members = road_group_get_members (group, &n_members);

  for (guint i = 0; i < n_members; i++)
    {
      *index = i;
      if (members[i].host == host)
        return TRUE;
    }

  return FALSE;
}

/* The first row of a port of @host in an expanded group, else in any group, which is expanded then.
 * Returns: %FALSE if no group has one, else its place in @position */
gboolean
road_group_tree_find_host (RoadGroupTree *self, RoadHost *host, guint *position)
{
  g_autoptr (GtkTreeListRow) first = NULL; /* of the groups with the host */
  g_autoptr (GtkTreeListRow) child = NULL;
  guint first_index = 0;

  g_return_val_if_fail (ROAD_IS_GROUP_TREE (self), FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->groups)); i++)
    {
      g_autoptr (RoadGroup) group = g_list_model_get_item (G_LIST_MODEL (self->groups), i);
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_child_row (self->rows, i);
      guint index;

      if ((first != NULL && !gtk_tree_list_row_get_expanded (row)) ||
          !find_member (group, host, &index))
        continue;
      if (first == NULL || gtk_tree_list_row_get_expanded (row))
        {
          g_set_object (&first, row);
          first_index = index;
        }
      if (gtk_tree_list_row_get_expanded (row))
        break;
    }

  if (first == NULL)
    return FALSE;

  gtk_tree_list_row_set_expanded (first, TRUE);
  child = gtk_tree_list_row_get_child_row (first, first_index);
  *position = gtk_tree_list_row_get_position (child);

  return TRUE;
}

/* Expands the group that has @member. */
void
road_group_tree_expand (RoadGroupTree *self, RoadPortRow *member)
{
  g_autoptr (GtkTreeListRow) row = NULL;
  RoadGroup *group;
  guint index;

  g_return_if_fail (ROAD_IS_GROUP_TREE (self));

  group = road_group_list_find (self->groups, member, &index);
  row = group != NULL ? find_group (self, group) : NULL;
  if (row != NULL)
    gtk_tree_list_row_set_expanded (row, TRUE);
}

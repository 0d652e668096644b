/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-change-list.h"

#include "engine/base/road-list-changes.h"

struct _RoadChangeList
{
  GObject parent_instance;

  GPtrArray *hosts; /* of RoadHostComparison */
  gboolean all;
};

static void road_change_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadChangeList,
                               road_change_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      road_change_list_list_model_init))

static GType
road_change_list_get_item_type (GListModel *model)
{
  return ROAD_TYPE_HOST_COMPARISON;
}

static guint
road_change_list_get_n_items (GListModel *model)
{
  return ROAD_CHANGE_LIST (model)->hosts->len;
}

static gpointer
road_change_list_get_item (GListModel *model, guint position)
{
  RoadChangeList *self = ROAD_CHANGE_LIST (model);

  return position < self->hosts->len ? g_object_ref (g_ptr_array_index (self->hosts, position))
                                     : NULL;
}

static void
road_change_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = road_change_list_get_item_type;
  iface->get_n_items = road_change_list_get_n_items;
  iface->get_item = road_change_list_get_item;
}

static void
road_change_list_finalize (GObject *object)
{
  g_clear_pointer (&ROAD_CHANGE_LIST (object)->hosts, g_ptr_array_unref);

  G_OBJECT_CLASS (road_change_list_parent_class)->finalize (object);
}

static void
road_change_list_class_init (RoadChangeListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_change_list_finalize;
}

static void
road_change_list_init (RoadChangeList *self)
{
  self->hosts = g_ptr_array_new_with_free_func (g_object_unref);
}

static gboolean
is_listed (RoadHostComparison *host, gboolean all)
{
  RoadChange change = road_host_comparison_get_change (host);

  return all || (change != ROAD_CHANGE_NONE && change != ROAD_CHANGE_NOT_COMPARED);
}

static gboolean
has_new (RoadHostComparison *host)
{
  return road_host_comparison_get_change (host) == ROAD_CHANGE_NEW ||
         road_host_comparison_get_n_ports (host, ROAD_CHANGE_NEW) > 0;
}

static void
add_hosts (GPtrArray *hosts, RoadComparison *comparison, gboolean all, gboolean new)
{
  for (guint i = 0; i < road_comparison_get_n_items (comparison); i++)
    {
      RoadHostComparison *host = road_comparison_get_item (comparison, i);

      if (is_listed (host, all) && has_new (host) == new)
        g_ptr_array_add (hosts, g_object_ref (host));
    }
}

static GPtrArray *
list_hosts (RoadComparison *comparison, gboolean all)
{
  GPtrArray *hosts = g_ptr_array_new_with_free_func (g_object_unref);

  if (comparison != NULL)
    {
      add_hosts (hosts, comparison, all, TRUE);
      add_hosts (hosts, comparison, all, FALSE);
    }

  return hosts;
}

static int
compare_hosts (RoadHostComparison *a, RoadHostComparison *b)
{
  const gboolean a_is_new = has_new (a);

  if (a_is_new != has_new (b))
    return a_is_new ? -1 : 1;

  return road_address_compare (road_host_comparison_get_address (a),
                               road_host_comparison_get_address (b));
}

/* Compares two sorted lists. Items that are equal are taken over from @before, so that their rows do not
 * change. */
static GArray *
find_changes (GPtrArray *before, GPtrArray *after)
{
  GArray *changes = road_list_changes_new ();
  guint i = 0;
  guint j = 0;

  while (i < before->len || j < after->len)
    {
      RoadHostComparison *a = i < before->len ? g_ptr_array_index (before, i) : NULL;
      RoadHostComparison *b = j < after->len ? g_ptr_array_index (after, j) : NULL;
      const int order = a == NULL ? 1 : b == NULL ? -1 : compare_hosts (a, b);

      if (order == 0 && road_host_comparison_equal (a, b))
        {
          g_object_unref (b);
          after->pdata[j] = g_object_ref (a);
        }
      else
        {
          road_list_changes_add (changes, j, order <= 0, order >= 0);
        }
      i += order <= 0;
      j += order >= 0;
    }

  return changes;
}

static void
make_change (GListModel *model, const RoadListChange *change, gpointer user_data)
{
  RoadChangeList *self = ROAD_CHANGE_LIST (model);
  GPtrArray *hosts = user_data;

  if (change->n_removed > 0)
    g_ptr_array_remove_range (self->hosts, change->position, change->n_removed);
  for (guint i = change->position; i < change->position + change->n_added; i++)
    g_ptr_array_insert (self->hosts, (int) i, g_object_ref (g_ptr_array_index (hosts, i)));
}

RoadChangeList *
road_change_list_new (void)
{
  return g_object_new (ROAD_TYPE_CHANGE_LIST, NULL);
}

/* Lists the hosts of @comparison (nullable); with @all also those that did not change or were not
 * compared. */
void
road_change_list_set (RoadChangeList *self, RoadComparison *comparison, gboolean all)
{
  g_autoptr (GPtrArray) hosts = NULL;
  g_autoptr (GArray) changes = NULL;

  g_return_if_fail (ROAD_IS_CHANGE_LIST (self));
  g_return_if_fail (comparison == NULL || ROAD_IS_COMPARISON (comparison));

  hosts = list_hosts (comparison, all);
  if (all == self->all)
    {
      changes = find_changes (self->hosts, hosts);
    }
  else
    {
      /* The rows below each host change as well. */
      changes = road_list_changes_new ();
      road_list_changes_add (changes, 0, self->hosts->len, hosts->len);
    }

  self->all = all;
  road_list_changes_make (changes, G_LIST_MODEL (self), make_change, hosts);
}

gboolean
road_change_list_get_all (RoadChangeList *self)
{
  g_return_val_if_fail (ROAD_IS_CHANGE_LIST (self), FALSE);

  return self->all;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-group-list.h"

#include "engine/ports/road-services.h"

#include <string.h>

/* So often, in µs, groups are updated at most. With very many ports that takes a while, so it is done more
 * rarely: it takes at most a tenth of the time. */
#define UPDATE_INTERVAL (G_USEC_PER_SEC / 10)
#define REST_FACTOR 10

#define N_PORTS 65536

struct _RoadGroupList
{
  GObject parent_instance;

  GListModel *hosts;
  RoadSortOrder *order;
  RoadFilter *filter;
  RoadGrouping grouping;

  GPtrArray *groups;      /* of RoadGroup, those that have members, sorted */
  GHashTable *by_service; /* name, or "" -> RoadGroup, also without members */
  RoadGroup **by_port; /* the group of the port, or of its usual service; NULL if none was needed */
  GPtrArray *all;      /* of RoadGroup, which this owns */
  guint update_source;
  gint64 next_update_at;
};

enum
{
  CHANGING,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void road_group_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadGroupList,
                               road_group_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      road_group_list_list_model_init))

static RoadGroup *
ensure_service (RoadGroupList *self, const char *name)
{
  const char *key = name != NULL ? name : "";
  RoadGroup *group = g_hash_table_lookup (self->by_service, key);

  if (group == NULL)
    {
      group = road_group_new_service (name);
      g_ptr_array_add (self->all, group);
      g_hash_table_insert (self->by_service, (gpointer) g_intern_string (key), group);
    }

  return group;
}

static RoadGroup *
ensure_group (RoadGroupList *self, RoadHost *host, guint16 port)
{
  const RoadService *found =
      self->grouping == ROAD_GROUPING_SERVICE ? road_host_get_service (host, port) : NULL;

  if (found != NULL && found->name != NULL)
    return ensure_service (self, found->name);

  if (self->by_port[port] == NULL && self->grouping == ROAD_GROUPING_SERVICE)
    {
      self->by_port[port] = ensure_service (self, road_services_get_name (port));
    }
  else if (self->by_port[port] == NULL)
    {
      self->by_port[port] = road_group_new_port (port);
      g_ptr_array_add (self->all, self->by_port[port]);
    }

  return self->by_port[port];
}

static void
add_port (RoadGroupList *self, RoadHost *host, guint16 port)
{
  road_group_add (ensure_group (self, host, port), host, port);
}

static void
add_filtered (RoadGroupList *self, RoadHost *host)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (RoadFilterCount));
  g_autoptr (GArray) listed = road_filter_list (self->filter, host, counts);

  for (guint i = 0; i < listed->len; i++)
    {
      const RoadPortResult *result = &g_array_index (listed, RoadPortResult, i);

      if (result->state == ROAD_PORT_OPEN)
        add_port (self, host, result->port);
    }
}

/* Without listing the results, which takes longer. */
static void
add_all (RoadGroupList *self, RoadHost *host)
{
  for (guint i = 0; i < road_host_get_n_groups (host); i++)
    {
      const RoadPortGroup *group = road_host_get_group (host, i);
      guint n_ranges;
      const RoadPortRange *ranges;

      if (group->state != ROAD_PORT_OPEN)
        continue;

      ranges = road_port_set_get_ranges (group->ports, &n_ranges);
      for (guint j = 0; j < n_ranges; j++)
        {
          for (guint port = ranges[j].first; port <= ranges[j].last; port++)
            add_port (self, host, (guint16) port);
        }
    }
}

/* Services that are not known come last. */
static int
compare_services (RoadGroup *a, RoadGroup *b)
{
  const char *service_a = road_group_get_service (a);
  const char *service_b = road_group_get_service (b);

  if (service_a == NULL || service_b == NULL)
    return (service_a == NULL) - (service_b == NULL);

  return strcmp (service_a, service_b);
}

static int
compare_groups (gconstpointer a, gconstpointer b, gpointer user_data)
{
  RoadGroup *group_a = *(RoadGroup *const *) a;
  RoadGroup *group_b = *(RoadGroup *const *) b;
  RoadGroupList *self = user_data;
  const RoadColumn column = road_sort_order_get_column (self->order);
  int result = 0;

  /* As with hosts, those with the most come first. */
  if (column == ROAD_COLUMN_STATE)
    result = (int) road_group_get_n_hosts (group_b) - (int) road_group_get_n_hosts (group_a);
  if (result == 0 && (column == ROAD_COLUMN_SERVICE || self->grouping == ROAD_GROUPING_SERVICE))
    result = compare_services (group_a, group_b);
  if (result == 0)
    result = (int) road_group_get_port (group_a) - (int) road_group_get_port (group_b);

  return road_sort_order_get_descending (self->order) ? -result : result;
}

static void
replace_groups (RoadGroupList *self, GPtrArray *groups)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->groups);
  const guint n_same = MIN (before->len, groups->len);
  guint start = 0;
  guint end = 0;

  self->groups = g_ptr_array_ref (groups);
  while (start < n_same && g_ptr_array_index (before, start) == g_ptr_array_index (groups, start))
    start++;
  while (end < n_same - start && g_ptr_array_index (before, before->len - end - 1) ==
                                     g_ptr_array_index (groups, groups->len - end - 1))
    end++;

  if (start + end < before->len || start + end < groups->len)
    g_list_model_items_changed (G_LIST_MODEL (self), start, before->len - start - end,
                                groups->len - start - end);
}

static gboolean
update_later (gpointer user_data)
{
  RoadGroupList *self = user_data;

  self->update_source = 0;
  road_group_list_update (self);

  return G_SOURCE_REMOVE;
}

static void
queue_update (RoadGroupList *self)
{
  const gint64 wait = MAX (self->next_update_at - g_get_monotonic_time (), 0);

  if (self->update_source == 0)
    self->update_source = g_timeout_add ((guint) (wait / 1000), update_later, self);
}

static void
update_now (RoadGroupList *self)
{
  g_clear_handle_id (&self->update_source, g_source_remove);
  road_group_list_update (self);
}

static GType
road_group_list_get_item_type (GListModel *model)
{
  return ROAD_TYPE_GROUP;
}

static guint
road_group_list_get_n_items (GListModel *model)
{
  return ROAD_GROUP_LIST (model)->groups->len;
}

static gpointer
road_group_list_get_item (GListModel *model, guint position)
{
  RoadGroupList *self = ROAD_GROUP_LIST (model);

  if (position >= self->groups->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->groups, position));
}

static void
road_group_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = road_group_list_get_item_type;
  iface->get_n_items = road_group_list_get_n_items;
  iface->get_item = road_group_list_get_item;
}

static void
road_group_list_dispose (GObject *object)
{
  g_clear_handle_id (&ROAD_GROUP_LIST (object)->update_source, g_source_remove);

  G_OBJECT_CLASS (road_group_list_parent_class)->dispose (object);
}

static void
road_group_list_finalize (GObject *object)
{
  RoadGroupList *self = ROAD_GROUP_LIST (object);

  g_clear_object (&self->hosts);
  g_clear_object (&self->order);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->by_service, g_hash_table_unref);
  g_clear_pointer (&self->by_port, g_free);
  g_clear_pointer (&self->all, g_ptr_array_unref);

  G_OBJECT_CLASS (road_group_list_parent_class)->finalize (object);
}

static void
road_group_list_class_init (RoadGroupListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = road_group_list_dispose;
  object_class->finalize = road_group_list_finalize;

  /* Groups and their members are about to be added, moved or removed; and that was done. */
  signals[CHANGING] = g_signal_new ("changing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_group_list_init (RoadGroupList *self)
{
  self->groups = g_ptr_array_new ();
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_service = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_port = g_new0 (RoadGroup *, N_PORTS);
}

/**
 * road_group_list_new:
 * @hosts: the hosts with something to show, a #RoadHostFilter
 * @grouping: by port or by service
 */
RoadGroupList *
road_group_list_new (GListModel *hosts,
                     RoadSortOrder *order,
                     RoadFilter *filter,
                     RoadGrouping grouping)
{
  RoadGroupList *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (hosts), NULL);
  g_return_val_if_fail (ROAD_IS_SORT_ORDER (order), NULL);
  g_return_val_if_fail (ROAD_IS_FILTER (filter), NULL);
  g_return_val_if_fail (grouping != ROAD_GROUPING_HOST, NULL);

  self = g_object_new (ROAD_TYPE_GROUP_LIST, NULL);
  self->hosts = g_object_ref (hosts);
  self->order = g_object_ref (order);
  self->filter = g_object_ref (filter);
  self->grouping = grouping;
  g_signal_connect_object (hosts, "counted", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hosts, "items-changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  /* What the user does is seen at once. */
  g_signal_connect_object (filter, "changed", G_CALLBACK (update_now), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (order, "changed", G_CALLBACK (update_now), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  road_group_list_update (self);

  return self;
}

/* Groups the ports anew. This happens by itself, a moment after they have changed. */
void
road_group_list_update (RoadGroupList *self)
{
  const gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();
  gboolean filtered;

  g_return_if_fail (ROAD_IS_GROUP_LIST (self));

  filtered = road_filter_get_active (self->filter);
  for (guint i = 0; i < g_list_model_get_n_items (self->hosts); i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (self->hosts, i);

      if (filtered)
        add_filtered (self, host);
      else
        add_all (self, host);
    }

  g_signal_emit (self, signals[CHANGING], 0);
  for (guint i = 0; i < self->all->len; i++)
    {
      RoadGroup *group = g_ptr_array_index (self->all, i);

      if (road_group_get_n_added (group) > 0)
        g_ptr_array_add (groups, group);
      road_group_replace (group);
    }
  g_ptr_array_sort_with_data (groups, compare_groups, self);
  replace_groups (self, groups);
  g_signal_emit (self, signals[CHANGED], 0);

  self->next_update_at =
      start + MAX (UPDATE_INTERVAL, REST_FACTOR * (g_get_monotonic_time () - start));
}

/* Returns: (transfer none) (nullable): the group of a row in it, and its place there in @position */
RoadGroup *
road_group_list_find (RoadGroupList *self, RoadPortRow *member, guint *position)
{
  RoadHost *host;
  RoadGroup *group;
  const RoadGroupMember *members;
  guint16 port;
  guint n_members;

  g_return_val_if_fail (ROAD_IS_GROUP_LIST (self), NULL);
  g_return_val_if_fail (ROAD_IS_PORT_ROW (member), NULL);

  host = road_port_row_get_host (member);
  port = road_port_row_get_result (member)->port;
  group = ensure_group (self, host, port);
  members = road_group_get_members (group, &n_members);
  for (guint i = 0; i < n_members; i++)
    {
      *position = i;
      if (members[i].host == host && members[i].port == port)
        return group;
    }

  return NULL;
}

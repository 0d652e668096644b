/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-list.h"

#include "engine/base/road-list-changes.h"
#include "engine/report/road-host-notes.h"

/* With more targets than this, only hosts that are up are listed: a network of 254 addresses with 12 hosts
 * has 12 rows. */
#define MAX_TARGETS_ALL_LISTED ROAD_HOST_MAX_LISTED

struct _RoadHostList
{
  GObject parent_instance;

  RoadReport *report;
  RoadSortOrder *order;

  GPtrArray *hosts;     /* listed, in order */
  GHashTable *indices;  /* RoadHost -> its position in the report + 1 */
  GHashTable *listed;   /* set of those in hosts and pending */
  GPtrArray *pending;   /* not inserted yet */
  guint pending_source; /* inserts pending hosts in one batch */
  gboolean resetting;
};

enum
{
  PROP_0,
  PROP_RESETTING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHANGING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void road_host_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadHostList,
                               road_host_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      road_host_list_list_model_init))

/* Hosts that are up first, then those with the most open ports. */
static int
compare_states (RoadHost *a, RoadHost *b)
{
  guint n_open_a = road_host_get_n_ports (a, ROAD_PORT_OPEN);
  guint n_open_b = road_host_get_n_ports (b, ROAD_PORT_OPEN);
  gboolean up_a = road_host_get_state (a) == ROAD_HOST_UP;
  gboolean up_b = road_host_get_state (b) == ROAD_HOST_UP;

  if (up_a != up_b)
    return up_a ? -1 : 1;

  return n_open_a > n_open_b ? -1 : n_open_a < n_open_b;
}

static int
compare_latencies (RoadHost *a, RoadHost *b)
{
  guint latency_a = road_host_get_latency (a);
  guint latency_b = road_host_get_latency (b);

  return latency_a < latency_b ? -1 : latency_a > latency_b;
}

/* Hosts whose vendor is not known last. */
static int
compare_vendors (RoadHost *a, RoadHost *b)
{
  g_autofree char *vendor_a = road_host_dup_vendor (a);
  g_autofree char *vendor_b = road_host_dup_vendor (b);

  if (vendor_a == NULL || vendor_b == NULL)
    return (vendor_a == NULL) - (vendor_b == NULL);

  return g_ascii_strcasecmp (vendor_a, vendor_b);
}

static int
compare_hosts (gconstpointer a, gconstpointer b, gpointer user_data)
{
  RoadHost *host_a = *(RoadHost *const *) a;
  RoadHost *host_b = *(RoadHost *const *) b;
  RoadHostList *self = user_data;
  RoadColumn column = road_sort_order_get_column (self->order);
  int result = 0;

  if (column == ROAD_COLUMN_STATE)
    result = compare_states (host_a, host_b);
  else if (column == ROAD_COLUMN_LATENCY)
    result = compare_latencies (host_a, host_b);
  else if (column == ROAD_COLUMN_VENDOR)
    result = compare_vendors (host_a, host_b);

  if (result == 0)
    result = road_address_compare (road_host_get_address (host_a), road_host_get_address (host_b));

  if (result == 0)
    result = GPOINTER_TO_INT (g_hash_table_lookup (self->indices, host_a)) -
             GPOINTER_TO_INT (g_hash_table_lookup (self->indices, host_b));

  /* Services, versions and reasons belong to ports and do not change the order of hosts. */
  if (column == ROAD_COLUMN_SERVICE || column == ROAD_COLUMN_VERSION ||
      column == ROAD_COLUMN_REASON)
    return result;

  return road_sort_order_get_descending (self->order) ? -result : result;
}

/* The number of hosts before @host. */
static guint
find_place (RoadHostList *self, RoadHost *host)
{
  guint first = 0;
  guint last = self->hosts->len;

  while (first < last)
    {
      guint middle = first + (last - first) / 2;

      if (compare_hosts (&g_ptr_array_index (self->hosts, middle), &host, self) < 0)
        first = middle + 1;
      else
        last = middle;
    }

  return first;
}

static void
insert_hosts (GListModel *model, const RoadListChange *change, gpointer user_data)
{
  RoadHostList *self = ROAD_HOST_LIST (model);
  RoadHost ***next = user_data;

  for (guint i = 0; i < change->n_added; i++)
    g_ptr_array_insert (self->hosts, (int) (change->position + i), g_object_ref (*(*next)++));
}

static gboolean
insert_pending (gpointer user_data)
{
  RoadHostList *self = user_data;
  g_autoptr (GPtrArray) pending = g_steal_pointer (&self->pending);
  g_autoptr (GArray) changes = road_list_changes_new ();
  RoadHost **next = (RoadHost **) pending->pdata;

  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
  self->pending_source = 0;

  g_ptr_array_sort_with_data (pending, compare_hosts, self);
  for (guint i = 0; i < pending->len; i++)
    road_list_changes_add (changes, find_place (self, g_ptr_array_index (pending, i)) + i, 0, 1);

  g_signal_emit (self, signals[CHANGING], 0);
  road_list_changes_make (changes, G_LIST_MODEL (self), insert_hosts, &next);

  return G_SOURCE_REMOVE;
}

static void
consider_host (RoadHostList *self, RoadHost *host)
{
  if (g_hash_table_contains (self->listed, host))
    return;

  if (road_report_get_n_targets (self->report) > MAX_TARGETS_ALL_LISTED &&
      road_host_get_state (host) != ROAD_HOST_UP)
    return;

  g_hash_table_add (self->listed, host);
  g_ptr_array_add (self->pending, g_object_ref (host));
}

static void
on_host_state_changed (RoadHostList *self, GParamSpec *pspec, RoadHost *host)
{
  consider_host (self, host);

  if (self->pending->len > 0 && self->pending_source == 0)
    self->pending_source = g_idle_add (insert_pending, self);
}

static void
on_report_items_changed (RoadHostList *self, guint position, guint n_removed, guint n_added)
{
  g_assert (n_removed == 0);

  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (self->report), i);

      g_hash_table_insert (self->indices, host, GINT_TO_POINTER ((int) i + 1));
      g_signal_connect_object (host, "notify::state", G_CALLBACK (on_host_state_changed), self,
                               G_CONNECT_SWAPPED);
      consider_host (self, host);
    }

  if (self->pending->len > 0)
    {
      g_clear_handle_id (&self->pending_source, g_source_remove);
      insert_pending (self);
    }
}

static void
set_resetting (RoadHostList *self, gboolean resetting)
{
  self->resetting = resetting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESETTING]);
}

/* Also called at the end of a scan, when states and latencies are final. Replacing the rows collapses them
 * and clears the selection, so nothing is done if they are sorted already. */
static void
sort_hosts (RoadHostList *self)
{
  gboolean is_sorted = TRUE;

  for (guint i = 1; i < self->hosts->len && is_sorted; i++)
    is_sorted = compare_hosts (&g_ptr_array_index (self->hosts, i - 1),
                               &g_ptr_array_index (self->hosts, i), self) < 0;

  if (is_sorted)
    return;

  set_resetting (self, TRUE);
  g_ptr_array_sort_with_data (self->hosts, compare_hosts, self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, self->hosts->len, self->hosts->len);
  set_resetting (self, FALSE);
}

static GType
road_host_list_get_item_type (GListModel *model)
{
  return ROAD_TYPE_HOST;
}

static guint
road_host_list_get_n_items (GListModel *model)
{
  return ROAD_HOST_LIST (model)->hosts->len;
}

static gpointer
road_host_list_get_item (GListModel *model, guint position)
{
  RoadHostList *self = ROAD_HOST_LIST (model);

  if (position >= self->hosts->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->hosts, position));
}

static void
road_host_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = road_host_list_get_item_type;
  iface->get_n_items = road_host_list_get_n_items;
  iface->get_item = road_host_list_get_item;
}

static void
road_host_list_dispose (GObject *object)
{
  RoadHostList *self = ROAD_HOST_LIST (object);

  g_clear_handle_id (&self->pending_source, g_source_remove);

  G_OBJECT_CLASS (road_host_list_parent_class)->dispose (object);
}

static void
road_host_list_finalize (GObject *object)
{
  RoadHostList *self = ROAD_HOST_LIST (object);

  g_clear_pointer (&self->hosts, g_ptr_array_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->indices, g_hash_table_unref);
  g_clear_pointer (&self->listed, g_hash_table_unref);
  g_clear_object (&self->report);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (road_host_list_parent_class)->finalize (object);
}

static void
road_host_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadHostList *self = ROAD_HOST_LIST (object);

  switch (prop_id)
    {
    case PROP_RESETTING:
      g_value_set_boolean (value, self->resetting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_host_list_class_init (RoadHostListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = road_host_list_dispose;
  object_class->finalize = road_host_list_finalize;
  object_class->get_property = road_host_list_get_property;

  /* Whether all rows are being replaced, which collapses them and clears the selection. Save both when
   * this becomes %TRUE and restore them when it becomes %FALSE. */
  properties[PROP_RESETTING] =
      g_param_spec_boolean ("resetting", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* Hosts are about to be inserted. */
  signals[CHANGING] = g_signal_new ("changing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_host_list_init (RoadHostList *self)
{
  self->hosts = g_ptr_array_new_with_free_func (g_object_unref);
  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
  self->indices = g_hash_table_new (NULL, NULL);
  self->listed = g_hash_table_new (NULL, NULL);
}

RoadHostList *
road_host_list_new (RoadReport *report, RoadSortOrder *order)
{
  RoadHostList *self;

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);
  g_return_val_if_fail (ROAD_IS_SORT_ORDER (order), NULL);

  self = g_object_new (ROAD_TYPE_HOST_LIST, NULL);
  self->report = g_object_ref (report);
  self->order = g_object_ref (order);

  g_signal_connect_object (report, "items-changed", G_CALLBACK (on_report_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (report, "notify::status", G_CALLBACK (sort_hosts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (order, "changed", G_CALLBACK (sort_hosts), self, G_CONNECT_SWAPPED);
  on_report_items_changed (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (report)));

  return self;
}

gboolean
road_host_list_get_resetting (RoadHostList *self)
{
  g_return_val_if_fail (ROAD_IS_HOST_LIST (self), FALSE);

  return self->resetting;
}

/* Returns: %FALSE if @host is not listed, else its place in @position */
gboolean
road_host_list_find (RoadHostList *self, RoadHost *host, guint *position)
{
  g_return_val_if_fail (ROAD_IS_HOST_LIST (self), FALSE);
  g_return_val_if_fail (ROAD_IS_HOST (host), FALSE);

  *position = find_place (self, host);
  if (*position < self->hosts->len && g_ptr_array_index (self->hosts, *position) == host)
    return TRUE;

  /* States and latencies may have changed since the hosts were sorted by them. */
  return g_ptr_array_find (self->hosts, host, position);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-filter.h"

/* A host of the list that is filtered. */
typedef struct
{
  RoadHost *host;
  gboolean shown;
  guint n_ports[ROAD_N_PORT_STATES]; /* that match the text */
} Entry;

struct _RoadHostFilter
{
  GObject parent_instance;

  RoadHostList *hosts;
  RoadFilter *filter;

  GPtrArray *all;      /* of Entry, in the order of @hosts */
  GPtrArray *shown;    /* of RoadHost, some of @all */
  GHashTable *entries; /* RoadHost -> Entry, which owns it */
  guint64 n_ports[ROAD_N_PORT_STATES];

  GHashTable *changed; /* set of Entry, to be looked at again */
  guint changed_source;
  gboolean resetting;
};

enum
{
  PROP_0,
  PROP_RESETTING,
  N_PROPS
};

enum
{
  COUNTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void road_host_filter_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadHostFilter,
                               road_host_filter,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      road_host_filter_list_model_init))

/* Returns: whether the host is to be shown */
static gboolean
count (RoadHostFilter *self, Entry *entry)
{
  guint n_ports[ROAD_N_PORT_STATES];
  const gboolean matches = road_filter_matches (self->filter, entry->host, n_ports);

  for (guint state = 0; state < ROAD_N_PORT_STATES; state++)
    {
      self->n_ports[state] += n_ports[state];
      self->n_ports[state] -= entry->n_ports[state];
      entry->n_ports[state] = n_ports[state];
    }

  return matches;
}

/* The number of hosts shown among the first @position of all. */
static guint
count_shown (RoadHostFilter *self, guint position)
{
  guint n_shown = 0;

  if (self->shown->len == self->all->len)
    return position;

  for (guint i = 0; i < position; i++)
    n_shown += ((Entry *) g_ptr_array_index (self->all, i))->shown ? 1 : 0;

  return n_shown;
}

static void
set_shown (RoadHostFilter *self, Entry *entry, gboolean shown)
{
  guint position;

  if (entry->shown == shown || !road_host_list_find (self->hosts, entry->host, &position))
    return;

  position = count_shown (self, position);
  entry->shown = shown;
  if (shown)
    g_ptr_array_insert (self->shown, (int) position, g_object_ref (entry->host));
  else
    g_ptr_array_remove_index (self->shown, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, shown ? 0 : 1, shown ? 1 : 0);
}

static gboolean
look_at_changed (gpointer user_data)
{
  RoadHostFilter *self = user_data;
  g_autoptr (GHashTable) changed = g_steal_pointer (&self->changed);
  GHashTableIter iter;
  gpointer entry;

  self->changed = g_hash_table_new (NULL, NULL);
  self->changed_source = 0;

  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &entry, NULL))
    set_shown (self, entry, count (self, entry));

  g_signal_emit (self, signals[COUNTED], 0);

  return G_SOURCE_REMOVE;
}

static void
queue_look (RoadHostFilter *self)
{
  if (self->changed_source == 0)
    self->changed_source = g_idle_add (look_at_changed, self);
}

static void
on_host_changed (RoadHostFilter *self, RoadHost *host)
{
  g_hash_table_add (self->changed, g_hash_table_lookup (self->entries, host));
  queue_look (self);
}

static void
on_host_notify (RoadHostFilter *self, GParamSpec *pspec, RoadHost *host)
{
  on_host_changed (self, host);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->host);
  g_free (entry);
}

static Entry *
ensure_entry (RoadHostFilter *self, RoadHost *host)
{
  Entry *entry = g_hash_table_lookup (self->entries, host);

  if (entry != NULL)
    return entry;

  entry = g_new0 (Entry, 1);
  entry->host = g_object_ref (host);
  entry->shown = count (self, entry);
  g_hash_table_insert (self->entries, host, entry);
  g_signal_connect_object (host, "ports-changed", G_CALLBACK (on_host_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (host, "notify", G_CALLBACK (on_host_notify), self, G_CONNECT_SWAPPED);

  return entry;
}

static void
set_resetting (RoadHostFilter *self, gboolean resetting)
{
  self->resetting = resetting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESETTING]);
}

static void
on_hosts_resetting (RoadHostFilter *self)
{
  set_resetting (self, road_host_list_get_resetting (self->hosts));
}

static void
on_hosts_changed (RoadHostFilter *self, guint position, guint n_removed, guint n_added)
{
  const guint start = count_shown (self, position);
  const guint n_hidden = count_shown (self, position + n_removed) - start;
  guint n_shown = 0;

  if (n_removed > 0)
    g_ptr_array_remove_range (self->all, position, n_removed);
  if (n_hidden > 0)
    g_ptr_array_remove_range (self->shown, start, n_hidden);

  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (self->hosts), i);
      Entry *entry = ensure_entry (self, host);

      g_ptr_array_insert (self->all, (int) i, entry);
      if (entry->shown)
        {
          g_ptr_array_insert (self->shown, (int) (start + n_shown), g_object_ref (host));
          n_shown++;
        }
    }

  if (n_hidden > 0 || n_shown > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), start, n_hidden, n_shown);
  queue_look (self);
}

/* All rows are replaced, as most hosts have other ones then. */
static void
on_filter_changed (RoadHostFilter *self)
{
  const guint n_before = self->shown->len;
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);

  set_resetting (self, TRUE);
  for (guint i = 0; i < self->all->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->all, i);

      entry->shown = count (self, entry);
      if (entry->shown)
        g_ptr_array_add (shown, g_object_ref (entry->host));
    }
  g_ptr_array_unref (self->shown);
  self->shown = g_steal_pointer (&shown);
  g_hash_table_remove_all (self->changed);

  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->shown->len);
  set_resetting (self, FALSE);
  g_signal_emit (self, signals[COUNTED], 0);
}

static GType
road_host_filter_get_item_type (GListModel *model)
{
  return ROAD_TYPE_HOST;
}

static guint
road_host_filter_get_n_items (GListModel *model)
{
  return ROAD_HOST_FILTER (model)->shown->len;
}

static gpointer
road_host_filter_get_item (GListModel *model, guint position)
{
  RoadHostFilter *self = ROAD_HOST_FILTER (model);

  if (position >= self->shown->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->shown, position));
}

static void
road_host_filter_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = road_host_filter_get_item_type;
  iface->get_n_items = road_host_filter_get_n_items;
  iface->get_item = road_host_filter_get_item;
}

static void
road_host_filter_dispose (GObject *object)
{
  RoadHostFilter *self = ROAD_HOST_FILTER (object);

  g_clear_handle_id (&self->changed_source, g_source_remove);

  G_OBJECT_CLASS (road_host_filter_parent_class)->dispose (object);
}

static void
road_host_filter_finalize (GObject *object)
{
  RoadHostFilter *self = ROAD_HOST_FILTER (object);

  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_object (&self->hosts);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (road_host_filter_parent_class)->finalize (object);
}

static void
road_host_filter_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadHostFilter *self = ROAD_HOST_FILTER (object);

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
road_host_filter_class_init (RoadHostFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = road_host_filter_dispose;
  object_class->finalize = road_host_filter_finalize;
  object_class->get_property = road_host_filter_get_property;

  /* Whether all rows are being replaced, see #RoadHostList. */
  properties[PROP_RESETTING] =
      g_param_spec_boolean ("resetting", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The numbers of ports may have changed. */
  signals[COUNTED] = g_signal_new ("counted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_host_filter_init (RoadHostFilter *self)
{
  self->all = g_ptr_array_new ();
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, entry_free);
  self->changed = g_hash_table_new (NULL, NULL);
}

RoadHostFilter *
road_host_filter_new (RoadHostList *hosts, RoadFilter *filter)
{
  RoadHostFilter *self;

  g_return_val_if_fail (ROAD_IS_HOST_LIST (hosts), NULL);
  g_return_val_if_fail (ROAD_IS_FILTER (filter), NULL);

  self = g_object_new (ROAD_TYPE_HOST_FILTER, NULL);
  self->hosts = g_object_ref (hosts);
  self->filter = g_object_ref (filter);
  g_signal_connect_object (hosts, "items-changed", G_CALLBACK (on_hosts_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (hosts, "notify::resetting", G_CALLBACK (on_hosts_resetting), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "changed", G_CALLBACK (on_filter_changed), self,
                           G_CONNECT_SWAPPED);
  on_hosts_changed (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (hosts)));

  return self;
}

gboolean
road_host_filter_get_resetting (RoadHostFilter *self)
{
  g_return_val_if_fail (ROAD_IS_HOST_FILTER (self), FALSE);

  return self->resetting;
}

/* Returns: %FALSE if @host is not shown, else its place in @position */
gboolean
road_host_filter_find (RoadHostFilter *self, RoadHost *host, guint *position)
{
  Entry *entry;

  g_return_val_if_fail (ROAD_IS_HOST_FILTER (self), FALSE);
  g_return_val_if_fail (ROAD_IS_HOST (host), FALSE);

  entry = g_hash_table_lookup (self->entries, host);
  if (entry == NULL || !entry->shown || !road_host_list_find (self->hosts, host, position))
    return FALSE;

  *position = count_shown (self, *position);

  return TRUE;
}

/* Returns: the number of ports in @state that match the text, whatever states were chosen */
guint64
road_host_filter_get_n_ports (RoadHostFilter *self, RoadPortState state)
{
  g_return_val_if_fail (ROAD_IS_HOST_FILTER (self), 0);
  g_return_val_if_fail (state < ROAD_N_PORT_STATES, 0);

  return self->n_ports[state];
}

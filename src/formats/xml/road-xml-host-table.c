/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-xml-host-table.h"

/* The results of a repeated host are merged in batches of this size. */
#define MAX_PENDING 4096

/* address belongs to host; pending is NULL until the host is repeated. */
typedef struct
{
  const RoadAddress *address;
  RoadHost *host;
  GArray *pending; /* of RoadPortResult */
  gboolean has_system;
} Entry;

/* A name of a host. */
typedef struct
{
  RoadHost *host;
  char *name; /* in lower case */
} Name;

struct _RoadXmlHostTable
{
  GHashTable *entries; /* a set of Entry */
  GHashTable *names;   /* a set of Name */
  GPtrArray *hosts;    /* in the order of the file */
};

static guint
entry_hash (gconstpointer key)
{
  return road_address_hash (((const Entry *) key)->address);
}

static gboolean
entry_equal (gconstpointer a, gconstpointer b)
{
  return road_address_equal (((const Entry *) a)->address, ((const Entry *) b)->address);
}

static guint
name_hash (gconstpointer key)
{
  const Name *self = key;

  return g_direct_hash (self->host) ^ g_str_hash (self->name);
}

static gboolean
name_equal (gconstpointer a, gconstpointer b)
{
  const Name *x = a, *y = b;

  return x->host == y->host && g_str_equal (x->name, y->name);
}

static void
name_free (gpointer data)
{
  Name *self = data;

  g_free (self->name);
  g_free (self);
}

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_clear_object (&self->host);
  g_clear_pointer (&self->pending, g_array_unref);
  g_free (self);
}

static int
compare_results (gconstpointer a, gconstpointer b)
{
  return (int) ((const RoadPortResult *) a)->port - (int) ((const RoadPortResult *) b)->port;
}

/* For a repeated port, the first result counts. */
static void
merge_results (RoadHost *host, GArray *results)
{
  int last = -1;
  guint n = 0;

  g_array_sort (results, compare_results);
  for (guint i = 0; i < results->len; i++)
    {
      const RoadPortResult result = g_array_index (results, RoadPortResult, i);
      RoadPortResult known;

      if ((int) result.port != last && !road_host_get_result (host, result.port, &known))
        g_array_index (results, RoadPortResult, n++) = result;
      last = result.port;
    }

  road_host_add_results (host, (const RoadPortResult *) (gpointer) results->data, n);
  g_array_set_size (results, 0);
}

RoadXmlHostTable *
road_xml_host_table_new (void)
{
  RoadXmlHostTable *self = g_new0 (RoadXmlHostTable, 1);

  self->entries = g_hash_table_new_full (entry_hash, entry_equal, entry_free, NULL);
  self->names = g_hash_table_new_full (name_hash, name_equal, name_free, NULL);
  self->hosts = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

void
road_xml_host_table_free (RoadXmlHostTable *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->names);
  g_ptr_array_unref (self->hosts);
  g_free (self);
}

/**
 * road_xml_host_table_ensure:
 * @other_addresses: (nullable): the addresses of its name that were not scanned
 * @is_new: (out): whether it was added
 *
 * Returns: (transfer none): the host, found or added
 */
RoadHost *
road_xml_host_table_ensure (RoadXmlHostTable *self,
                            const RoadAddress *address,
                            const char *const *other_addresses,
                            gboolean *is_new)
{
  const Entry key = { .address = address };
  Entry *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (address != NULL, NULL);

  entry = g_hash_table_lookup (self->entries, &key);
  *is_new = entry == NULL;
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->host = road_host_new (address, NULL, other_addresses);
      entry->address = road_host_get_address (entry->host);
      g_hash_table_add (self->entries, entry);
      g_ptr_array_add (self->hosts, g_object_ref (entry->host));
    }

  return entry->host;
}

/* Adds a name unless the host already has it: nmap writes a host for each name of an address. */
void
road_xml_host_table_add_user_name (RoadXmlHostTable *self, RoadHost *host, const char *name)
{
  Name *key;

  g_return_if_fail (self != NULL);
  g_return_if_fail (ROAD_IS_HOST (host));
  g_return_if_fail (name != NULL);

  key = g_new0 (Name, 1);
  key->host = host;
  key->name = g_ascii_strdown (name, -1);
  if (g_hash_table_add (self->names, key))
    road_host_add_user_name (host, name);
}

static Entry *
find_entry (RoadXmlHostTable *self, RoadHost *host)
{
  const Entry key = { .address = road_host_get_address (host) };

  return g_hash_table_lookup (self->entries, &key);
}

/* Returns: whether this is the first call for @host. To look among its notes would take too long. */
gboolean
road_xml_host_table_begin_system (RoadXmlHostTable *self, RoadHost *host)
{
  Entry *entry;
  gboolean is_first;

  g_return_val_if_fail (self != NULL, FALSE);

  entry = find_entry (self, host);
  is_first = !entry->has_system;
  entry->has_system = TRUE;

  return is_first;
}

/* Returns: (transfer full): those of @ports that have no result yet */
RoadPortSet *
road_xml_host_table_get_rest (RoadXmlHostTable *self, RoadHost *host, RoadPortSet *ports)
{
  RoadPortSet *rest;
  Entry *entry;

  g_return_val_if_fail (self != NULL, NULL);

  entry = find_entry (self, host);
  if (entry->pending != NULL)
    merge_results (host, entry->pending);

  rest = road_port_set_ref (ports);
  for (guint i = 0; i < road_host_get_n_groups (host); i++)
    {
      g_autoptr (RoadPortSet) all = g_steal_pointer (&rest);

      rest = road_port_set_subtract (all, road_host_get_group (host, i)->ports);
    }

  return rest;
}

/* Adds those ports of @group that have no result yet. */
void
road_xml_host_table_add_group (RoadXmlHostTable *self, RoadHost *host, const RoadPortGroup *group)
{
  g_autoptr (RoadPortSet) rest = road_xml_host_table_get_rest (self, host, group->ports);
  RoadPortGroup new_group = *group;

  if (road_port_set_get_n_ports (rest) == 0)
    return;

  new_group.ports = rest;
  road_host_add_group (host, &new_group);
}

/**
 * road_xml_host_table_add_results:
 * @results: (element-type RoadPortResult): results in any order; empty afterwards
 *
 * Adds the results of ports that have none yet, now or later.
 */
void
road_xml_host_table_add_results (RoadXmlHostTable *self, RoadHost *host, GArray *results)
{
  Entry *entry;

  g_return_if_fail (self != NULL);

  if (results->len == 0)
    return;

  entry = find_entry (self, host);
  /* masscan writes a host for each port: to merge each alone takes a time that grows with their square. */
  if (entry->pending == NULL && road_host_get_n_groups (host) == 0)
    {
      merge_results (host, results);
      return;
    }

  if (entry->pending == NULL)
    entry->pending = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  g_array_append_vals (entry->pending, results->data, results->len);
  g_array_set_size (results, 0);
  if (entry->pending->len >= MAX_PENDING)
    merge_results (host, entry->pending);
}

/* Returns: (transfer none) (element-type RoadHost): all hosts in the order of the file, with all results */
GPtrArray *
road_xml_host_table_finish (RoadXmlHostTable *self)
{
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (self != NULL, NULL);

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Entry *entry = key;

      if (entry->pending != NULL)
        merge_results (entry->host, entry->pending);
    }

  return self->hosts;
}

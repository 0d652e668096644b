/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-map-model-private.h"

#include <string.h>

/* A network of which no more addresses than this are asked is not drawn as one: its hosts are single ones, which
 * have room for their names. */
#define MAX_SINGLES_OF_NETWORK 32

/* The targets of a longer text are not looked at, which would hold up the window. */
#define MAX_TARGETS_LENGTH 1000000

G_DEFINE_FINAL_TYPE (RoadMapModel, road_map_model, G_TYPE_OBJECT)

static void
single_free (gpointer data)
{
  RoadMapSingle *single = data;

  g_free (single->name);
  g_free (single);
}

static void
road_map_model_finalize (GObject *object)
{
  RoadMapModel *self = ROAD_MAP_MODEL (object);

  g_clear_pointer (&self->active, g_array_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->hosts, g_hash_table_unref);
  g_clear_pointer (&self->singles, g_ptr_array_unref);
  g_clear_pointer (&self->networks, g_array_unref);
  g_clear_pointer (&self->cover, road_target_cover_free);
  g_clear_object (&self->report);

  G_OBJECT_CLASS (road_map_model_parent_class)->finalize (object);
}

static void
road_map_model_class_init (RoadMapModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_map_model_finalize;
}

static void
road_map_model_init (RoadMapModel *self)
{
  self->networks = g_array_new (FALSE, TRUE, sizeof (RoadMapNetwork));
  self->singles = g_ptr_array_new_with_free_func (single_free);
  self->hosts = g_hash_table_new (road_address_hash, road_address_equal);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->active = g_array_new (FALSE, FALSE, sizeof (RoadMapActive));
}

static RoadAddress
get_network_address (const RoadAddress *address)
{
  RoadAddress network = *address;

  network.bytes[network.length - 1] = 0;

  return network;
}

/* Returns: whether there is such a network; its place, or where it would be, in @index */
static gboolean
find_network (RoadMapModel *self, const RoadAddress *address, guint *index)
{
  const RoadAddress network = get_network_address (address);
  guint low = 0;
  guint high = self->networks->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (road_address_compare (&g_array_index (self->networks, RoadMapNetwork, middle).address,
                                &network) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  *index = low;

  return low < self->networks->len &&
         road_address_equal (&g_array_index (self->networks, RoadMapNetwork, low).address,
                             &network);
}

static RoadMapSingle *
add_single (RoadMapModel *self, const RoadAddress *address, const char *name)
{
  RoadMapSingle *single = g_new0 (RoadMapSingle, 1);

  single->address = *address;
  single->name = g_strdup (name);
  g_ptr_array_add (self->singles, single);

  return single;
}

static RoadMapSingle *
find_single (RoadMapModel *self, const RoadAddress *address)
{
  for (guint i = 0; i < self->singles->len; i++)
    {
      RoadMapSingle *single = g_ptr_array_index (self->singles, i);

      if (road_address_equal (&single->address, address))
        return single;
    }

  return NULL;
}

/* Appends the asked addresses of a network to @addresses.
 * Returns: %FALSE, and appends nothing, if they are more than MAX_SINGLES_OF_NETWORK */
static gboolean
list_few (RoadMapModel *self, const RoadAddress *network, GArray *addresses)
{
  const guint n_before = addresses->len;
  RoadAddress address = *network;

  for (guint i = 0; i < ROAD_MAP_NETWORK_SIZE; i++, address.bytes[3]++)
    {
      if (!road_target_cover_asks (self->cover, &address))
        continue;
      g_array_append_val (addresses, address);
      if (addresses->len - n_before > MAX_SINGLES_OF_NETWORK)
        {
          g_array_set_size (addresses, n_before);
          return FALSE;
        }
    }

  return TRUE;
}

static void
add_network (RoadMapModel *self, guint index, const RoadAddress *address)
{
  const RoadMapNetwork network = { .address = *address };

  g_array_insert_val (self->networks, index, network);
}

static void
add_ipv4 (RoadMapModel *self)
{
  g_autoptr (GArray) few = g_array_new (FALSE, FALSE, sizeof (RoadAddress));
  guint n_networks;
  const RoadAddress *networks = road_target_cover_get_networks (self->cover, &n_networks);

  for (guint i = 0; i < n_networks; i++)
    {
      if (!list_few (self, &networks[i], few))
        add_network (self, self->networks->len, &networks[i]);
    }

  if (few->len > ROAD_TARGET_COVER_MAX_SINGLES)
    {
      g_array_set_size (self->networks, 0);
      for (guint i = 0; i < n_networks; i++)
        add_network (self, i, &networks[i]);
      return;
    }

  for (guint i = 0; i < few->len; i++)
    {
      const RoadAddress *address = &g_array_index (few, RoadAddress, i);

      if (!road_target_cover_excludes (self->cover, address))
        add_single (self, address, NULL);
    }
}

/* The cells that the targets have, whatever the report has to say. */
static void
add_targets (RoadMapModel *self)
{
  const RoadAddress none = ROAD_ADDRESS_NONE;
  const char *const *names = road_target_cover_get_names (self->cover);
  guint n_ipv6;
  const RoadAddress *ipv6 = road_target_cover_get_ipv6 (self->cover, &n_ipv6);

  add_ipv4 (self);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *key = g_ascii_strdown (names[i], -1);

      if (!g_hash_table_contains (self->by_name, key))
        {
          RoadMapSingle *single = add_single (self, &none, key);

          g_hash_table_insert (self->by_name, single->name, single);
        }
    }
  for (guint i = 0; i < n_ipv6; i++)
    {
      if (find_single (self, &ipv6[i]) == NULL)
        add_single (self, &ipv6[i], NULL);
    }

  /* Without knowing the targets, it is the number of hosts that decides. */
  self->adds_networks =
      self->networks->len > 0 || road_target_cover_has_wide_names (self->cover) ||
      (!road_target_cover_is_complete (self->cover) &&
       (road_report_get_status (self->report) == ROAD_REPORT_RUNNING ||
        g_list_model_get_n_items (G_LIST_MODEL (self->report)) > MAX_SINGLES_OF_NETWORK));
}

/* Takes the cells that the names of a host have, which it is now known to be.
 * Returns: (nullable): one of them, if @keep_one; all others are removed */
static RoadMapSingle *
take_named (RoadMapModel *self, RoadHost *host, gboolean keep_one)
{
  const char *const *names = road_host_get_user_names (host);
  RoadMapSingle *kept = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *key = g_ascii_strdown (names[i], -1);
      RoadMapSingle *single = g_hash_table_lookup (self->by_name, key);

      if (single == NULL)
        continue;

      g_hash_table_remove (self->by_name, key);
      if (keep_one && kept == NULL)
        kept = single;
      else
        g_ptr_array_remove (self->singles, single);
    }

  return kept;
}

static void
add_host (RoadMapModel *self, RoadHost *host)
{
  const RoadAddress *address = road_host_get_address (host);
  RoadMapSingle *single = NULL;
  guint index;

  if (address->length == 4 && find_network (self, address, &index))
    {
      take_named (self, host, FALSE);
      g_hash_table_insert (self->hosts, (gpointer) address, host);
      return;
    }

  /* Only targets have single cells before their host is known, and these are few. */
  if (self->singles->len <= 3 * ROAD_TARGET_COVER_MAX_SINGLES)
    single = find_single (self, address);
  if (single != NULL)
    take_named (self, host, FALSE);
  else
    single = take_named (self, host, TRUE);

  if (single == NULL && address->length == 4 && self->adds_networks)
    {
      const RoadAddress network = get_network_address (address);

      add_network (self, index, &network);
      g_hash_table_insert (self->hosts, (gpointer) address, host);
      return;
    }

  if (single == NULL)
    single = add_single (self, address, NULL);
  single->address = *address;
  single->host = host;
}

/* Brings the sums up to date with a host.
 * Returns: whether the host may change again */
static gboolean
count_host (RoadMapModel *self, RoadMapActive *active)
{
  const guint n_open = road_host_get_n_ports (active->host, ROAD_PORT_OPEN);
  const gboolean up = road_host_get_state (active->host) == ROAD_HOST_UP || n_open > 0;

  self->n_up += (guint64) up - (guint64) active->up;
  self->n_with_open += (guint64) (n_open > 0) - (guint64) (active->n_open > 0);
  self->n_open += (guint64) n_open - active->n_open;
  active->up = up;
  active->n_open = n_open;

  return road_report_get_status (self->report) == ROAD_REPORT_RUNNING &&
         !road_host_get_done (active->host) && !road_host_get_timed_out (active->host);
}

static void
add_new_hosts (RoadMapModel *self)
{
  GListModel *hosts = G_LIST_MODEL (self->report);
  const guint n_hosts = g_list_model_get_n_items (hosts);

  for (; self->n_seen < n_hosts; self->n_seen++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (hosts, self->n_seen);
      const RoadMapActive active = { .host = host };

      add_host (self, host);
      g_array_append_val (self->active, active);
    }
}

/* After the scan a host may have been scanned again. */
static void
count_again (RoadMapModel *self)
{
  GListModel *hosts = G_LIST_MODEL (self->report);

  self->n_up = self->n_with_open = self->n_open = 0;
  g_array_set_size (self->active, 0);
  for (guint i = 0; i < self->n_seen; i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (hosts, i);
      RoadMapActive active = { .host = host };

      count_host (self, &active);
    }
}

/**
 * road_map_model_update:
 *
 * Takes over what is new in the report. While a scan runs, this takes time in proportion to the hosts that are
 * being scanned.
 *
 * Returns: whether cells came or went, so that the others may have other positions
 */
gboolean
road_map_model_update (RoadMapModel *self)
{
  guint n_networks, n_singles;

  g_return_val_if_fail (ROAD_IS_MAP_MODEL (self), FALSE);

  n_networks = self->networks->len;
  n_singles = self->singles->len;
  add_new_hosts (self);

  if (road_report_get_status (self->report) != ROAD_REPORT_RUNNING)
    count_again (self);
  for (guint i = 0; i < self->active->len;)
    {
      if (count_host (self, &g_array_index (self->active, RoadMapActive, i)))
        i++;
      else
        g_array_remove_index_fast (self->active, i);
    }

  return n_networks != self->networks->len || n_singles != self->singles->len;
}

RoadMapModel *
road_map_model_new (RoadReport *report)
{
  RoadMapModel *self;
  RoadProfile *profile;
  const char *targets;

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);

  self = g_object_new (ROAD_TYPE_MAP_MODEL, NULL);
  self->report = g_object_ref (report);
  profile = road_report_get_profile (report);
  targets = road_report_get_targets (report);
  self->cover = road_target_cover_new (strlen (targets) <= MAX_TARGETS_LENGTH ? targets : "",
                                       profile->exclude_targets, profile->family);
  add_targets (self);
  road_map_model_update (self);

  return self;
}

RoadReport *
road_map_model_get_report (RoadMapModel *self)
{
  g_return_val_if_fail (ROAD_IS_MAP_MODEL (self), NULL);

  return self->report;
}

/* Returns: whether each target has a cell; else only hosts in the report and their networks have any */
gboolean
road_map_model_is_complete (RoadMapModel *self)
{
  g_return_val_if_fail (ROAD_IS_MAP_MODEL (self), FALSE);

  return road_target_cover_is_complete (self->cover);
}

guint
road_map_model_get_n_networks (RoadMapModel *self)
{
  g_return_val_if_fail (ROAD_IS_MAP_MODEL (self), 0);

  return self->networks->len;
}

/* Returns: the number of cells after those of the networks */
guint
road_map_model_get_n_singles (RoadMapModel *self)
{
  g_return_val_if_fail (ROAD_IS_MAP_MODEL (self), 0);

  return self->singles->len;
}

guint
road_map_model_get_n_cells (RoadMapModel *self)
{
  g_return_val_if_fail (ROAD_IS_MAP_MODEL (self), 0);

  return self->networks->len * ROAD_MAP_NETWORK_SIZE + self->singles->len;
}

/* Returns: (transfer none): the first address of a network; valid until road_map_model_update() */
const RoadAddress *
road_map_model_get_network (RoadMapModel *self, guint index)
{
  g_return_val_if_fail (ROAD_IS_MAP_MODEL (self), NULL);
  g_return_val_if_fail (index < self->networks->len, NULL);

  return &g_array_index (self->networks, RoadMapNetwork, index).address;
}

/* Returns: %FALSE if the address of a name is not known */
gboolean
road_map_model_get_address (RoadMapModel *self, guint position, RoadAddress *address)
{
  const guint index = position / ROAD_MAP_NETWORK_SIZE;

  g_return_val_if_fail (ROAD_IS_MAP_MODEL (self), FALSE);
  g_return_val_if_fail (position < road_map_model_get_n_cells (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  if (index < self->networks->len)
    {
      *address = g_array_index (self->networks, RoadMapNetwork, index).address;
      address->bytes[3] = (guint8) (position % ROAD_MAP_NETWORK_SIZE);
    }
  else
    {
      const RoadMapSingle *single =
          g_ptr_array_index (self->singles, position - self->networks->len * ROAD_MAP_NETWORK_SIZE);

      *address = single->address;
    }

  return address->length > 0;
}

/* Returns: (nullable): the name that the user typed for a host that is not in the report */
const char *
road_map_model_get_name (RoadMapModel *self, guint position)
{
  guint n_network_cells;

  g_return_val_if_fail (ROAD_IS_MAP_MODEL (self), NULL);
  g_return_val_if_fail (position < road_map_model_get_n_cells (self), NULL);

  n_network_cells = self->networks->len * ROAD_MAP_NETWORK_SIZE;
  if (position < n_network_cells)
    return NULL;

  return ((RoadMapSingle *) g_ptr_array_index (self->singles, position - n_network_cells))->name;
}

/* Takes time in proportion to the single hosts.
 * Returns: whether @address has a cell, whose position is then in @position */
gboolean
road_map_model_find (RoadMapModel *self, const RoadAddress *address, guint *position)
{
  guint index;

  g_return_val_if_fail (ROAD_IS_MAP_MODEL (self), FALSE);
  g_return_val_if_fail (address != NULL && address->length > 0, FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  if (address->length == 4 && find_network (self, address, &index))
    {
      *position = index * ROAD_MAP_NETWORK_SIZE + address->bytes[3];
      return TRUE;
    }

  for (guint i = 0; i < self->singles->len; i++)
    {
      const RoadMapSingle *single = g_ptr_array_index (self->singles, i);

      if (road_address_equal (&single->address, address))
        {
          *position = self->networks->len * ROAD_MAP_NETWORK_SIZE + i;
          return TRUE;
        }
    }

  return FALSE;
}

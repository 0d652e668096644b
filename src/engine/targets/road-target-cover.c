/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-cover.h"

#include "road-target-index.h"
#include "road-target-spec-private.h"

struct _RoadTargetCover
{
  RoadTargetSpec *targets;
  RoadTargetSpec *excludes;

  RoadTargetIndex *asked;
  RoadTargetIndex *excluded;
  GArray *networks; /* (element-type RoadAddress): sorted; the last byte is 0 */
  GArray *ipv6;     /* (element-type RoadAddress) */
  GPtrArray *names; /* of strings, NULL-terminated, owned by targets */
  gboolean incomplete;
  gboolean wide_names;
};

static int
compare_addresses (gconstpointer a, gconstpointer b)
{
  return road_address_compare (a, b);
}

static void
add_network (RoadTargetCover *self, RoadAddress address)
{
  const guint n = self->networks->len;

  address.bytes[3] = 0;
  if (n == 0 || !road_address_equal (&g_array_index (self->networks, RoadAddress, n - 1), &address))
    g_array_append_val (self->networks, address);
}

/* The networks of 256 addresses that a range has a part in. */
static void
add_range_networks (RoadTargetCover *self, const RoadTargetRange *range)
{
  RoadAddress address = range->first;

  address.bytes[3] = 0;
  while (road_address_compare (&address, &range->last) <= 0 &&
         self->networks->len <= 2 * ROAD_TARGET_COVER_MAX_NETWORKS)
    {
      const RoadAddress current = address;

      add_network (self, address);
      road_address_add (&address, 256);
      if (road_address_compare (&address, &current) < 0)
        break;
    }
}

static void
add_pattern_networks (RoadTargetCover *self, const RoadTargetItem *item)
{
  const guint n_last = road_octet_set_count (&item->u.octets[3]);

  for (guint64 i = 0; i < item->n && self->networks->len <= 2 * ROAD_TARGET_COVER_MAX_NETWORKS;
       i += n_last)
    {
      RoadAddress address;

      road_target_item_get_nth (item, i, &address);
      add_network (self, address);
    }
}

static void
add_ipv6 (RoadTargetCover *self, const RoadTargetItem *item)
{
  for (guint64 i = 0; i < item->n; i++)
    {
      RoadAddress address;

      if (self->ipv6->len >= ROAD_TARGET_COVER_MAX_SINGLES)
        {
          self->incomplete = TRUE;
          break;
        }

      road_target_item_get_nth (item, i, &address);
      if (road_target_index_find (self->excluded, &address) == ROAD_TARGET_INDEX_NONE)
        g_array_append_val (self->ipv6, address);
    }
}

static void
add_name (RoadTargetCover *self, const RoadTargetName *name)
{
  if (name->prefix >= 0)
    self->wide_names = TRUE;
  else if (self->names->len >= ROAD_TARGET_COVER_MAX_SINGLES)
    self->incomplete = TRUE;
  else
    g_ptr_array_add (self->names, name->text);
}

static void
add_item (RoadTargetCover *self, const RoadTargetItem *item, guint number, RoadFamily family)
{
  RoadAddress first;

  if (item->kind == ROAD_TARGET_NAME)
    {
      add_name (self, &item->u.name);
      return;
    }

  road_target_item_get_nth (item, 0, &first);
  if (family != ROAD_FAMILY_ANY && (family == ROAD_FAMILY_IPV4) != (first.length == 4))
    return;

  road_target_index_add (self->asked, item, number);
  if (first.length == 16)
    add_ipv6 (self, item);
  else if (item->kind == ROAD_TARGET_RANGE)
    add_range_networks (self, &item->u.range);
  else
    add_pattern_networks (self, item);
}

static void
add_excludes (RoadTargetCover *self)
{
  guint n_items = 0;
  const RoadTargetItem *items =
      self->excludes != NULL ? road_target_spec_get_items (self->excludes, &n_items) : NULL;

  for (guint i = 0; i < n_items; i++)
    {
      if (items[i].kind != ROAD_TARGET_NAME)
        road_target_index_add (self->excluded, &items[i], i);
    }
  road_target_index_freeze (self->excluded);
}

/* Sorts the networks, and leaves each once. */
static void
sort_networks (RoadTargetCover *self)
{
  GArray *sorted = g_array_new (FALSE, FALSE, sizeof (RoadAddress));

  g_array_sort (self->networks, compare_addresses);
  for (guint i = 0; i < self->networks->len; i++)
    {
      const RoadAddress *network = &g_array_index (self->networks, RoadAddress, i);

      if (i == 0 || road_address_compare (network - 1, network) != 0)
        g_array_append_vals (sorted, network, 1);
    }
  if (sorted->len > ROAD_TARGET_COVER_MAX_NETWORKS)
    {
      g_array_set_size (sorted, 0);
      self->incomplete = TRUE;
    }
  g_array_unref (self->networks);
  self->networks = sorted;
}

static void
add_targets (RoadTargetCover *self, RoadFamily family)
{
  guint n_items;
  const RoadTargetItem *items = road_target_spec_get_items (self->targets, &n_items);

  for (guint i = 0; i < n_items; i++)
    add_item (self, &items[i], i, family);
}

/**
 * road_target_cover_new:
 * @targets: the targets as the user wrote them; if they cannot be understood, nothing is covered
 * @excludes: (nullable): what is not scanned
 * @family: which numeric addresses are scanned
 *
 * Takes time in proportion to what was written, and to the networks up to %ROAD_TARGET_COVER_MAX_NETWORKS.
 */
RoadTargetCover *
road_target_cover_new (const char *targets, RoadTargetSpec *excludes, RoadFamily family)
{
  RoadTargetCover *self;

  g_return_val_if_fail (targets != NULL, NULL);

  self = g_new0 (RoadTargetCover, 1);
  self->targets = road_target_spec_parse (targets, NULL);
  self->excludes = excludes != NULL ? road_target_spec_ref (excludes) : NULL;
  self->asked = road_target_index_new ();
  self->excluded = road_target_index_new ();
  self->networks = g_array_new (FALSE, FALSE, sizeof (RoadAddress));
  self->ipv6 = g_array_new (FALSE, FALSE, sizeof (RoadAddress));
  self->names = g_ptr_array_new ();
  self->incomplete = self->targets == NULL;

  add_excludes (self);
  if (self->targets != NULL)
    add_targets (self, family);
  road_target_index_freeze (self->asked);
  g_ptr_array_add (self->names, NULL);
  sort_networks (self);

  return self;
}

void
road_target_cover_free (RoadTargetCover *self)
{
  g_return_if_fail (self != NULL);

  road_target_index_free (self->asked);
  road_target_index_free (self->excluded);
  g_array_unref (self->networks);
  g_array_unref (self->ipv6);
  g_ptr_array_unref (self->names);
  g_clear_pointer (&self->targets, road_target_spec_unref);
  g_clear_pointer (&self->excludes, road_target_spec_unref);
  g_free (self);
}

/* Returns: whether all targets are among the networks, addresses and names; %FALSE if there are too many */
gboolean
road_target_cover_is_complete (RoadTargetCover *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !self->incomplete;
}

/* Returns: whether there are networks around a name, which are not known without its address */
gboolean
road_target_cover_has_wide_names (RoadTargetCover *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->wide_names;
}

/* Returns: (array length=n_networks): the first address of each network of 256 IPv4 addresses of which at
 * least one is asked, sorted; none if they are more than %ROAD_TARGET_COVER_MAX_NETWORKS */
const RoadAddress *
road_target_cover_get_networks (RoadTargetCover *self, guint *n_networks)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_networks != NULL, NULL);

  *n_networks = self->networks->len;
  return (const RoadAddress *) (gconstpointer) self->networks->data;
}

/* Returns: (array length=n_addresses): the first IPv6 addresses, without excluded ones */
const RoadAddress *
road_target_cover_get_ipv6 (RoadTargetCover *self, guint *n_addresses)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_addresses != NULL, NULL);

  *n_addresses = self->ipv6->len;
  return (const RoadAddress *) (gconstpointer) self->ipv6->data;
}

/* Returns: (array zero-terminated=1): the first names */
const char *const *
road_target_cover_get_names (RoadTargetCover *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->names->pdata;
}

/* Returns: whether @address is among the targets, be it excluded or not */
gboolean
road_target_cover_asks (RoadTargetCover *self, const RoadAddress *address)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return road_target_index_find (self->asked, address) != ROAD_TARGET_INDEX_NONE;
}

gboolean
road_target_cover_excludes (RoadTargetCover *self, const RoadAddress *address)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return road_target_index_find (self->excluded, address) != ROAD_TARGET_INDEX_NONE;
}

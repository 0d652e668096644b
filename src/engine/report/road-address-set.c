/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-address-set.h"

/* The addresses that differ only in their last byte. */
typedef struct
{
  RoadAddress address; /* of which the last byte is 0 */
  RoadOctetSet last_bytes;
} Network;

struct _RoadAddressSet
{
  GHashTable *networks; /* set of Network */
  guint max_networks;
};

/**
 * road_address_set_new:
 * @max_networks: how many networks of 256 addresses it has at most, for 80 bytes each; addresses in further
 *   ones are not added
 *
 * Returns: (transfer full): an empty set
 */
RoadAddressSet *
road_address_set_new (guint max_networks)
{
  RoadAddressSet *self = g_new0 (RoadAddressSet, 1);

  G_STATIC_ASSERT (G_STRUCT_OFFSET (Network, address) == 0);
  self->networks = g_hash_table_new_full (road_address_hash, road_address_equal, g_free, NULL);
  self->max_networks = max_networks;

  return self;
}

void
road_address_set_free (RoadAddressSet *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->networks);
  g_free (self);
}

static Network *
find_network (RoadAddressSet *self, const RoadAddress *address)
{
  RoadAddress key = *address;

  key.bytes[key.length - 1] = 0;

  return g_hash_table_lookup (self->networks, &key);
}

void
road_address_set_add (RoadAddressSet *self, const RoadAddress *address)
{
  Network *network;

  g_return_if_fail (self != NULL);
  g_return_if_fail (address != NULL && address->length > 0);

  network = find_network (self, address);
  if (network == NULL)
    {
      if (g_hash_table_size (self->networks) >= self->max_networks)
        return;

      network = g_new0 (Network, 1);
      network->address = *address;
      network->address.bytes[address->length - 1] = 0;
      g_hash_table_add (self->networks, network);
    }
  road_octet_set_add (&network->last_bytes, address->bytes[address->length - 1],
                      address->bytes[address->length - 1]);
}

/* Returns: (transfer none) (nullable): the last bytes of those addresses in the set that differ from @address
 * in no other byte */
const RoadOctetSet *
road_address_set_get_network (RoadAddressSet *self, const RoadAddress *address)
{
  const Network *network;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (address != NULL && address->length > 0, NULL);

  network = find_network (self, address);

  return network != NULL ? &network->last_bytes : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-excludes.h"

#include <glib/gi18n.h>

#include "engine/base/road-error.h"
#include "road-target-item.h"
#include "road-target-spec-private.h"

/* None of the addresses of a name can be what the user meant. */
static void
fail_unusable_exclude (const RoadTargetName *name, const RoadAddress *address, GError **error)
{
  if (address->length == 4)
    g_set_error (
        error, ROAD_ERROR, ROAD_ERROR_LOCAL,
        _ ("Nothing is scanned, because the excluded name “%s” has only IPv4 addresses, for "
           "which /%d is too long: use /0 to /32"),
        name->text, name->prefix);
  else
    g_set_error (error, ROAD_ERROR, ROAD_ERROR_LOCAL,
                 _ ("Nothing is scanned, because the excluded name “%s” has only a link-local "
                    "address: exclude that instead, with the network interface, as in "
                    "fe80::1%%eth0"),
                 name->text);
}

/* Excludes all the addresses of a name, whichever family is scanned. */
static gboolean
exclude_name (GArray *excluded, const RoadTargetName *name, GArray *addresses, GError **error)
{
  gboolean usable = FALSE;

  for (guint i = 0; i < addresses->len; i++)
    {
      const RoadAddress *address = &g_array_index (addresses, RoadAddress, i);
      RoadTargetItem network;

      if (!road_target_item_init_resolved (&network, name, address))
        /* The prefix is for the IPv6 addresses of that name. */
        road_target_item_init_network (&network, address, address->length * 8U);
      else if (!road_address_is_link_local (address))
        usable = TRUE;
      g_array_append_val (excluded, network);
    }

  if (!usable)
    fail_unusable_exclude (name, &g_array_index (addresses, RoadAddress, 0), error);
  return usable;
}

/**
 * road_target_excludes_resolve:
 * @excludes: (nullable): the excluded targets
 * @resolver: the addresses of the names
 * @error: return location for a %ROAD_ERROR_LOCAL if a name could not be resolved: users rely on exclusions,
 *   so nothing may be scanned by mistake
 *
 * Returns: (transfer full) (nullable) (element-type RoadTargetItem): the excluded ranges and patterns, with
 *   all addresses of names; patterns belong to @excludes
 */
GArray *
road_target_excludes_resolve (RoadTargetSpec *excludes,
                              RoadTargetResolver *resolver,
                              GError **error)
{
  g_autoptr (GArray) excluded = g_array_new (FALSE, FALSE, sizeof (RoadTargetItem));
  guint n_items = 0;
  const RoadTargetItem *items = NULL;

  g_return_val_if_fail (resolver != NULL, NULL);

  if (excludes != NULL)
    items = road_target_spec_get_items (excludes, &n_items);

  for (guint i = 0; i < n_items; i++)
    {
      const RoadTargetItem *item = &items[i];
      const char *reason = NULL;
      GArray *addresses;

      if (item->kind != ROAD_TARGET_NAME)
        {
          g_array_append_vals (excluded, item, 1);
          continue;
        }

      addresses = road_target_resolver_get (resolver, item->u.name.text, &reason);
      if (addresses == NULL)
        {
          g_set_error (
              error, ROAD_ERROR, ROAD_ERROR_LOCAL,
              /* Translators: a host name, and the reason */
              _ ("Nothing is scanned, because the excluded name “%s” could not be resolved: "
                 "%s"),
              item->u.name.text, reason);
          return NULL;
        }
      if (!exclude_name (excluded, &item->u.name, addresses, error))
        return NULL;
    }

  return g_steal_pointer (&excluded);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-names.h"

/* An address that has names; names is NULL-terminated, and others becomes other_addresses. */
typedef struct
{
  RoadAddress address;
  GPtrArray *names;
  GPtrArray *others; /* of GArray of RoadAddress: all addresses of each name */
  GStrv other_addresses;
} Named;

struct _RoadTargetNames
{
  GHashTable *by_address; /* a set of Named */
  GHashTable *seen;       /* of names in lower case, each followed by an address */
};

static void
named_free (gpointer data)
{
  Named *named = data;

  g_ptr_array_unref (named->names);
  g_ptr_array_unref (named->others);
  g_strfreev (named->other_addresses);
  g_free (named);
}

RoadTargetNames *
road_target_names_new (void)
{
  RoadTargetNames *self = g_new0 (RoadTargetNames, 1);

  self->by_address =
      g_hash_table_new_full (road_address_hash, road_address_equal, NULL, named_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
road_target_names_free (RoadTargetNames *self)
{
  g_hash_table_unref (self->by_address);
  g_hash_table_unref (self->seen);
  g_free (self);
}

/**
 * road_target_names_add:
 * @name: a name; must live as long as @self
 * @address: an address that it has, and that is scanned unless it is excluded
 * @addresses: (element-type RoadAddress): all addresses that it has
 *
 * Appends @name to the names of @address, unless it is among them. As in DNS, case does not matter.
 */
void
road_target_names_add (RoadTargetNames *self,
                       const char *name,
                       const RoadAddress *address,
                       GArray *addresses)
{
  g_autofree char *text = road_address_to_string (address);
  g_autofree char *lower = g_ascii_strdown (name, -1);
  Named *named;

  if (!g_hash_table_add (self->seen, g_strconcat (lower, " ", text, NULL)))
    return;

  named = g_hash_table_lookup (self->by_address, address);
  if (named == NULL)
    {
      named = g_new0 (Named, 1);
      named->address = *address;
      named->names = g_ptr_array_new ();
      named->others = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
      g_hash_table_insert (self->by_address, &named->address, named);
    }
  g_ptr_array_add (named->names, (gpointer) name);
  g_ptr_array_add (named->others, g_array_ref (addresses));
}

static GStrv
list_others (Named *named, RoadTargetScannedFunc is_scanned, gpointer user_data)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (road_address_hash, road_address_equal);

  for (guint i = 0; i < named->others->len; i++)
    {
      GArray *addresses = g_ptr_array_index (named->others, i);

      for (guint j = 0; j < addresses->len; j++)
        {
          RoadAddress *address = &g_array_index (addresses, RoadAddress, j);
          g_autofree char *text = NULL;

          if (!g_hash_table_add (seen, address) || is_scanned (address, user_data) ||
              road_address_equal (address, &named->address))
            continue;
          text = road_address_to_string (address);
          g_strv_builder_add (builder, text);
        }
    }

  return g_strv_builder_end (builder);
}

/**
 * road_target_names_freeze:
 * @is_scanned: tells which addresses are scanned
 * @user_data: for @is_scanned
 *
 * Must be called after the last road_target_names_add() and before road_target_names_get().
 */
void
road_target_names_freeze (RoadTargetNames *self,
                          RoadTargetScannedFunc is_scanned,
                          gpointer user_data)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->by_address);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Named *named = value;

      g_ptr_array_add (named->names, NULL);
      named->other_addresses = list_others (named, is_scanned, user_data);
      g_ptr_array_set_size (named->others, 0);
      if (named->other_addresses[0] == NULL)
        g_clear_pointer (&named->other_addresses, g_strfreev);
    }
}

/**
 * road_target_names_get:
 * @other_addresses: (out) (transfer none) (nullable): %NULL-terminated; the further addresses of these
 *   names, which are not scanned
 *
 * Returns: (transfer none) (nullable): %NULL-terminated; the user's names for @address, in the order in which
 *   they were written
 */
const char *const *
road_target_names_get (RoadTargetNames *self,
                       const RoadAddress *address,
                       const char *const **other_addresses)
{
  const Named *named = g_hash_table_lookup (self->by_address, address);

  *other_addresses = named != NULL ? (const char *const *) named->other_addresses : NULL;

  return named != NULL ? (const char *const *) named->names->pdata : NULL;
}
